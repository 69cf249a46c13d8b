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
    throw twice(at)
  }
  const merged = new Map(Object.entries(base))
  for (const [key, value] of Object.entries(extra)) {
    merged.set(key, merged.has(key) ? mergeData(merged.get(key), value, [...at, key]) : value)
  }
  return Object.fromEntries(merged)
}

/** An object into which something was merged. */
class Branch {
  readonly entries: Map<string, unknown>

  constructor(value: Readonly<Record<string, unknown>>) {
    this.entries = new Map(Object.entries(value))
  }
}

/**
 * Returns all values in one tree, each at the path of its folder, and changes none. Takes time by the size of the values,
 * however many they are.
 *
 * @throws PlangateError as {@link mergeData}
 */
export const mergeMounted = (
  parts: Iterable<{ readonly folder: readonly string[]; readonly value: unknown }>,
): unknown => {
  const root = new Branch({})
  for (const { folder, value } of parts) {
    if (!isObject(value)) mergeData({}, value)
    let branch = root
    for (const [depth, name] of folder.entries()) branch = branchAt(branch, name, () => folder.slice(0, depth + 1))
    if (isObject(value)) mergeInto(branch, value, folder)
  }
  return unbranched(root)
}

const branchAt = (branch: Branch, name: string, at: () => readonly string[]): Branch => {
  const known = branch.entries.has(name) ? branch.entries.get(name) : {}
  if (known instanceof Branch) return known
  if (!isObject(known)) throw twice(at())
  const made = new Branch(known)
  branch.entries.set(name, made)
  return made
}

const mergeInto = (branch: Branch, extra: Readonly<Record<string, unknown>>, at: readonly string[]): void => {
  for (const [key, value] of Object.entries(extra)) {
    if (!branch.entries.has(key)) branch.entries.set(key, value)
    else if (isObject(value))
      mergeInto(
        branchAt(branch, key, () => [...at, key]),
        value,
        [...at, key],
      )
    else throw twice([...at, key])
  }
}

const unbranched = (value: unknown): unknown =>
  value instanceof Branch
    ? Object.fromEntries([...value.entries].map(([key, inner]) => [key, unbranched(inner)]))
    : value

const twice = (at: readonly string[]): PlangateError =>
  new PlangateError('ERR_DATA_INVALID', `two values are given for data \`${at.join('.')}\``, {
    hint: 'each path of `data` may come from one place only',
  })

/**
 * Returns the `data` tree of a bundle: each `data.json` at the path of its folder, as OPA mounts them.
 *
 * Numbers are JavaScript numbers here; whoever needs all their digits reads the files.
 *
 * @throws PlangateError `ERR_BUNDLE_INVALID` when a file is not a JSON object, or is data in a form that only OPA reads
 */
export const bundleData = (files: ReadonlyMap<string, Uint8Array>): unknown => {
  try {
    return mergeMounted(mounted(files))
  } catch (cause) {
    if (!(cause instanceof PlangateError) || cause.code !== 'ERR_DATA_INVALID') throw cause
    throw new PlangateError('ERR_BUNDLE_INVALID', `in the bundle, ${cause.message}`, { cause })
  }
}

function* mounted(files: ReadonlyMap<string, Uint8Array>) {
  for (const [path, bytes] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const folder = path.split('/')
    const name = folder.pop()
    if (name === 'data.yaml' || name === 'data.yml' || path === 'patch.json') {
      throw new PlangateError('ERR_BUNDLE_INVALID', `the bundle holds its data as \`${path}\``, {
        hint: 'build it with `plangate build` or `opa build`, which write `data.json`',
      })
    }
    if (name === 'data.json') yield { folder, value: parsed(path, bytes) }
  }
}

const parsed = (path: string, bytes: Uint8Array): unknown => {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch (cause) {
    throw new PlangateError('ERR_BUNDLE_INVALID', `the bundle's \`${path}\` is not JSON`, { cause })
  }
  if (!isObject(value)) throw new PlangateError('ERR_BUNDLE_INVALID', `the bundle's \`${path}\` is not a JSON object`)
  return value
}
