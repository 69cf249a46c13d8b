import { compareNumbers } from '../value/decimal.ts'
import { compareText } from '../value/quote.ts'
import { isArray, isNumber, isObject, isSet, type Value } from './value.ts'

/**
 * Returns a negative number, 0 or a positive one, as OPA's `ast.Compare` orders values: by type, strings by code points,
 * sets and objects by their sorted members.
 */
export const compare = (a: Value, b: Value): number => {
  const types = rank(a) - rank(b)
  if (types !== 0) return types
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b)
  if (typeof a === 'boolean') return Number(a) - Number(b)
  if (a === null || b === null || typeof b !== 'object' || typeof a !== 'object') return 0
  if (isArray(a) && isArray(b)) return compareAll(a, b)
  if (isNumber(a) && isNumber(b)) return compareNumbers(a.number, b.number)
  if (isSet(a) && isSet(b)) return compareAll(sorted(a.set), sorted(b.set))
  return isObject(a) && isObject(b) ? compareEntries(sortedEntries(a.object), sortedEntries(b.object)) : 0
}

/** Returns whether two values are the same to OPA. */
export const equal = (a: Value, b: Value): boolean => compare(a, b) === 0

/** Returns the members in OPA's order, each once. */
export const sorted = (values: readonly Value[]): readonly Value[] => {
  const ordered = [...values].sort(compare)
  return ordered.filter((value, at) => at === 0 || compare(ordered[at - 1] ?? null, value) !== 0)
}

/** Returns the entries of an object in OPA's order of keys. */
export const sortedEntries = (entries: readonly (readonly [Value, Value])[]): readonly (readonly [Value, Value])[] =>
  [...entries].sort(([a], [b]) => compare(a, b))

const rank = (value: Value): number => {
  if (value === null) return 0
  if (typeof value === 'boolean') return 1
  if (typeof value === 'string') return 3
  if (isArray(value)) return 4
  if (isNumber(value)) return 2
  return isObject(value) ? 5 : 6
}

const compareAll = (a: readonly Value[], b: readonly Value[]): number => {
  for (const [at, value] of a.entries()) {
    const other = b[at]
    if (other === undefined) return 1
    const order = compare(value, other)
    if (order !== 0) return order
  }
  return a.length - b.length
}

const compareEntries = (a: readonly (readonly [Value, Value])[], b: readonly (readonly [Value, Value])[]): number => {
  for (const [at, [key, value]] of a.entries()) {
    const [otherKey, otherValue] = b[at] ?? []
    if (otherKey === undefined || otherValue === undefined) return 1
    const order = compare(key, otherKey) || compare(value, otherValue)
    if (order !== 0) return order
  }
  return a.length - b.length
}
