import type { MemoryReader } from '../value/memory.ts'

/** The keys of a collection, and how far an iteration has come. */
interface Walk {
  /** In the order of their hashes, by which the collection is known again. */
  readonly found: readonly number[]
  /** In OPA's order. */
  readonly keys: readonly number[]
  at: number
}

/** Collections of which the order is kept; of more of them some are sorted again. */
const MOST = 256

/**
 * Returns what answers OPA's `opa_value_iter(collection, previous)` in the order of its interpreter: the address of the
 * first key where `previous` is 0, of the next one otherwise, and 0 at the end.
 *
 * A collection is sorted where an iteration begins, unless it holds the keys that it held the last time. What is kept is
 * only a shortcut: an iteration that is not at the place where it was, or is forgotten, is found again by its keys.
 */
export const iterator = (reader: MemoryReader) => {
  const walks = new Map<number, Walk>()
  const begin = (collection: number): Walk => {
    const found = reader.hashed(collection)
    const known = walks.get(collection)
    if (known !== undefined && isEqual(known.found, found)) {
      known.at = 0
      return known
    }
    if (walks.size >= MOST) walks.clear()
    const walk = { found, keys: reader.keys(collection), at: 0 }
    walks.set(collection, walk)
    return walk
  }
  const next = (collection: number, previous: number): number => {
    if (previous === 0) return begin(collection).keys[0] ?? 0
    let walk = walks.get(collection)
    if (walk?.keys[walk.at] !== previous) {
      walk ??= begin(collection)
      const at = walk.keys.indexOf(previous)
      walk.at = at === -1 ? walk.keys.findIndex((key) => reader.compare(key, previous) === 0) : at
      if (walk.at === -1) return 0
    }
    walk.at += 1
    return walk.keys[walk.at] ?? 0
  }
  /** Forgets everything, because addresses mean something else from here on. */
  const reset = (): void => walks.clear()
  return { next, reset }
}

const isEqual = (a: readonly number[], b: readonly number[]): boolean => {
  if (a.length !== b.length) return false
  for (let at = 0; at < a.length; at += 1) if (a[at] !== b[at]) return false
  return true
}
