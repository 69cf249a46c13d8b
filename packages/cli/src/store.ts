import { dirname } from 'node:path'
import { openStore, type Store } from '@plangate/compiler'
import { PlangateError } from '@plangate/sdk'
import { printWarning } from './errors.ts'

/**
 * The store in a folder of the cache for what nobody has asked to keep, or nothing where others may write to it or to the
 * cache. What is wrong is said only with `PLANGATE_DEBUG`.
 */
export async function storeBeside(folder: string, maxBytes: number): Promise<Store | undefined> {
  const report = process.env['PLANGATE_DEBUG'] ? { onError: printWarning } : {}
  try {
    await openStore({ folder: dirname(folder), ...report })
    return await openStore({ folder, maxBytes, ...report })
  } catch (error) {
    if (!(error instanceof PlangateError)) throw error
    report.onError?.(error)
    return undefined
  }
}
