import { mergeData } from '@plangate/bundle'
import type { DataDocument, Mount } from './wasm.ts'

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Returns the `data` of an evaluation: the bundle's own, and what the caller adds to it.
 *
 * The bundle's `data.json` goes in as the bytes it is when it is the only one, so that its numbers keep all their digits.
 *
 * @throws PlangateError `ERR_DATA_INVALID` when both give a value at one path
 */
export const dataDocument = (
  files: ReadonlyMap<string, Uint8Array>,
  bundleData: unknown,
  given: unknown,
): DataDocument => {
  mergeData(bundleData, given)
  const only = [...files.keys()].filter((path) => path === 'data.json' || path.endsWith('/data.json'))
  const own = only.length === 1 ? files.get('data.json') : undefined
  const base = own ?? new TextEncoder().encode(JSON.stringify(bundleData))
  const mounts = mountsOf(bundleData, given, [])
  return { key: JSON.stringify(mounts), base, mounts }
}

/** The largest parts of `given` that stand where `base` has nothing. */
const mountsOf = (base: unknown, given: unknown, at: readonly string[]): readonly Mount[] => {
  if (!isObject(given) || !isObject(base)) return []
  return Object.entries(given).flatMap(([key, value]) => {
    const path = [...at, key]
    return Object.hasOwn(base, key) ? mountsOf(base[key], value, path) : [{ path, value }]
  })
}
