import { mergeData } from '@plangate/bundle'
import { formatValue } from './value/format.ts'
import { parseValue } from './value/parse.ts'
import type { DataDocument, Mount } from './wasm.ts'

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value))

/**
 * Returns the `data` of an evaluation: the bundle's own, and what the caller adds to it.
 *
 * Numbers keep all their digits: the bundle's `data.json` goes in as the bytes it is when it is the only one, and several
 * are merged with exact numbers.
 *
 * @throws PlangateError `ERR_DATA_INVALID` when both give a value at one path, `ERR_INPUT_NOT_JSON` for what is no value
 */
export const dataDocument = (
  files: ReadonlyMap<string, Uint8Array>,
  bundleData: unknown,
  given: unknown,
): DataDocument => {
  mergeData(bundleData, given)
  const only = [...files.keys()].filter((path) => path === 'data.json' || path.endsWith('/data.json'))
  const own = only.length === 1 ? files.get('data.json') : undefined
  const mounts = mountsOf(bundleData, given, [])
  const key = mounts.map(({ path, text }) => `${path}:${text}`).join('\n')
  return { key, base: own ?? merged(files, only), mounts }
}

const merged = (files: ReadonlyMap<string, Uint8Array>, paths: readonly string[]): Uint8Array => {
  const whole = paths.toSorted().reduce<unknown>((data, path) => {
    const value: unknown = parseValue(new TextDecoder().decode(files.get(path)))
    const folders = path.split('/').slice(0, -1)
    return mergeData(
      data,
      folders.reduceRight<unknown>((inner, folder) => Object.fromEntries([[folder, inner]]), value),
    )
  }, {})
  return new TextEncoder().encode(formatValue(whole))
}

/** The largest parts of `given` that stand where `base` has nothing. */
const mountsOf = (base: unknown, given: unknown, at: readonly string[]): readonly Mount[] => {
  if (!isObject(given) || !isObject(base)) return []
  return Object.entries(given).flatMap(([key, value]) => {
    const path = [...at, key]
    if (Object.hasOwn(base, key)) return mountsOf(base[key], value, path)
    return value === undefined ? [] : [{ path: formatValue(path), text: formatValue(value) }]
  })
}
