import { PlangateError } from './errors.ts'

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value))

/**
 * Returns `base` with `extra` merged in: objects key by key, all else once only. Neither is changed.
 *
 * @param at the path where the two stand, for the message
 * @throws PlangateError `ERR_DATA_INVALID` when both hold a value at one path, as OPA refuses it, or one of them is no object
 */
export const mergeData = (base: unknown, extra: unknown, at: readonly string[] = []): unknown => {
  if (!isObject(base) || !isObject(extra)) {
    if (at.length === 0)
      throw new PlangateError('ERR_DATA_INVALID', 'the data is no object', { hint: 'give an object' })
    throw new PlangateError('ERR_DATA_INVALID', `two values are given for data \`${at.join('.')}\``, {
      hint: 'each path of `data` may come from one place only',
    })
  }
  const merged = new Map(Object.entries(base))
  for (const [key, value] of Object.entries(extra)) {
    merged.set(key, merged.has(key) ? mergeData(merged.get(key), value, [...at, key]) : value)
  }
  return Object.fromEntries(merged)
}

/**
 * Returns the `data` tree of a bundle: each `data.json` at the path of its folder, as OPA mounts them.
 *
 * Numbers are JavaScript numbers here; whoever needs all their digits reads the files.
 *
 * @throws PlangateError `ERR_BUNDLE_INVALID` when a file is not a JSON object, or is data in a form that only OPA reads
 */
export const bundleData = (files: ReadonlyMap<string, Uint8Array>): unknown => {
  let data: unknown = {}
  for (const [path, bytes] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const segments = path.split('/')
    const name = segments.pop()
    if (name === 'data.yaml' || name === 'data.yml' || path === 'patch.json') {
      throw new PlangateError('ERR_BUNDLE_INVALID', `the bundle holds its data as \`${path}\``, {
        hint: 'build it with `plangate build` or `opa build`, which write `data.json`',
      })
    }
    if (name === 'data.json') data = mergeFile(data, segments, path, bytes)
  }
  return data
}

const mergeFile = (data: unknown, segments: readonly string[], path: string, bytes: Uint8Array): unknown => {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch (cause) {
    throw new PlangateError('ERR_BUNDLE_INVALID', `the bundle's \`${path}\` is not JSON`, { cause })
  }
  if (!isObject(value)) throw new PlangateError('ERR_BUNDLE_INVALID', `the bundle's \`${path}\` is not a JSON object`)
  const mounted = segments.reduceRight<unknown>((inner, segment) => Object.fromEntries([[segment, inner]]), value)
  try {
    return mergeData(data, mounted)
  } catch (cause) {
    if (!(cause instanceof PlangateError)) throw cause
    throw new PlangateError('ERR_BUNDLE_INVALID', `in the bundle, ${cause.message}`, { cause })
  }
}
