import type { CacheOptions } from '@plangate/compiler'
import { printWarning } from './errors.ts'

/** `--cache <folder>` or `--no-cache`; undefined when neither is given. */
export type CacheFlag = string | boolean | undefined

/**
 * What the flag says. A cache that cannot be used is worth a warning where it was named; the one that nobody asked for
 * is done without, and `PLANGATE_DEBUG` says so.
 */
export function cacheOf(flag: CacheFlag): false | CacheOptions {
  if (flag === false || flag === 'off') return false
  if (typeof flag === 'string' && flag !== '') return { folder: flag, onError: printWarning }
  return process.env['PLANGATE_DEBUG'] ? { onError: printWarning } : {}
}
