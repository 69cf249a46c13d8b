import { mergeData, mergeMounted } from '@plangate/bundle'
import type { DataDocument, Mount } from './request.ts'
import { textOfValue } from './value/format.ts'
import { parseValue } from './value/parse.ts'

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value))

/** What stays from one evaluation to the next, so that it is written as text once. */
export interface Lasting {
  readonly base: Uint8Array
  /** Values that nobody changes, each with its text and with a name that no other has. */
  readonly texts: ReadonlyMap<unknown, { readonly name: string; readonly text: string }>
}

/**
 * Returns what lasts of the bundle's own data and of what is given for all evaluations.
 *
 * @throws PlangateError as {@link dataDocument}
 */
export const lastingData = (files: ReadonlyMap<string, Uint8Array>, bundleData: unknown, given: unknown): Lasting => {
  const { base } = dataDocument(files, bundleData, given)
  const parts = partsOf(bundleData, given, []).filter(({ value }) => typeof value === 'object' && value !== null)
  return { base, texts: new Map(parts.map(({ value }, at) => [value, { name: `#${at}`, text: textOfValue(value) }])) }
}

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
  lasting?: Lasting,
): DataDocument => {
  mergeData(bundleData, given)
  const parts = partsOf(bundleData, given, []).map(({ path, value }) => {
    const known = lasting?.texts.get(value)
    const mount: Mount = { path: textOfValue(path), text: known?.text ?? textOfValue(value) }
    return { mount, key: `${mount.path}:${known?.name ?? mount.text}` }
  })
  const key = parts.map((part) => part.key).join('\n')
  return { key, base: lasting?.base ?? baseOf(files), mounts: parts.map(({ mount }) => mount) }
}

const baseOf = (files: ReadonlyMap<string, Uint8Array>): Uint8Array => {
  const paths = [...files.keys()].filter((path) => path === 'data.json' || path.endsWith('/data.json'))
  const own = paths.length === 1 ? files.get('data.json') : undefined
  return own ?? merged(files, paths)
}

const merged = (files: ReadonlyMap<string, Uint8Array>, paths: readonly string[]): Uint8Array => {
  const whole = mergeMounted(
    paths.toSorted().map((path) => ({
      folder: path.split('/').slice(0, -1),
      value: parseValue(new TextDecoder().decode(files.get(path))),
    })),
  )
  return new TextEncoder().encode(textOfValue(whole))
}

/** The largest parts of `given` that stand where `base` has nothing. */
const partsOf = (
  base: unknown,
  given: unknown,
  at: readonly string[],
): readonly { readonly path: readonly string[]; readonly value: unknown }[] => {
  if (!isObject(given) || !isObject(base)) return []
  return Object.entries(given).flatMap(([key, value]) => {
    const path = [...at, key]
    if (Object.hasOwn(base, key)) return partsOf(base[key], value, path)
    return value === undefined ? [] : [{ path, value }]
  })
}
