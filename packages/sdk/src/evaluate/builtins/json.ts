import { type Answer, ASK, FAILED, type Paths } from './answer.ts'
import { equal } from './order.ts'
import { isArray, isObject, isSet, type ObjectValue, type Value } from './value.ts'

// OPA: v1/topdown/subset.go

const includes = (values: readonly Value[], wanted: Value): boolean => {
  // Strings are compared as they stand, and most members are strings.
  if (typeof wanted === 'string') return values.includes(wanted)
  return values.some((value) => equal(value, wanted))
}

const setSubset = (all: readonly Value[], some: readonly Value[]): boolean => {
  const texts = new Set<Value>(all.filter((value) => typeof value === 'string'))
  return some.every((value) => (typeof value === 'string' ? texts.has(value) : includes(all, value)))
}

/** Whether `some` stands in `all`, one after the other. */
const arraySubset = (all: readonly Value[], some: readonly Value[]): boolean => {
  for (let start = 0; start + some.length <= all.length; start += 1) {
    if (some.every((value, at) => equal(value, all[start + at] ?? null))) return true
  }
  return false
}

/** As OPA counts: a member that is in the array twice counts twice. */
const arraySetSubset = (all: readonly Value[], some: readonly Value[]): boolean => {
  let missing = some.length
  for (const value of all) {
    if (includes(some, value)) missing -= 1
    if (missing === 0) return true
  }
  return false
}

const objectSubset = (all: ObjectValue, some: ObjectValue): boolean => {
  const texts = new Map<Value, Value>(all.object)
  return some.object.every(([key, value]) => {
    const found = typeof key === 'string' ? texts.get(key) : all.object.find(([other]) => equal(other, key))?.[1]
    if (found === undefined) return false
    if (isObject(found) && isObject(value)) return equal(found, value) || objectSubset(found, value)
    if (isSet(found) && isSet(value)) return setSubset(found.set, value.set)
    if (isList(found) && isList(value)) return arraySubset(found, value)
    return equal(found, value)
  })
}

const isList = (value: Value): value is readonly Value[] =>
  value !== null && typeof value === 'object' && isArray(value)

const subset = (...[all, some]: readonly Value[]): Answer => {
  if (all === undefined || some === undefined) return FAILED
  if (isObject(all) && isObject(some)) return objectSubset(all, some)
  if (isSet(all) && isSet(some)) return setSubset(all.set, some.set)
  if (isList(all) && isList(some)) return arraySubset(all, some)
  return isList(all) && isSet(some) ? arraySetSubset(all, some.set) : FAILED
}

// OPA: builtinJSONPatch in v1/topdown/json.go, for the plain case: keys of objects. Arrays and sets on the way, and whatever
// fails, are for Go, whose trees of edits have ways of their own.
const patch = (...[value, operations]: readonly Value[]): Answer => {
  if (value === undefined || operations === undefined || !isList(operations)) return FAILED
  let patched = value
  for (const operation of operations) {
    const next = isObject(operation) ? patchOnce(patched, new Map<Value, Value>(operation.object)) : undefined
    if (next === undefined) return ASK
    patched = next
  }
  return patched
}

const patchOnce = (value: Value, operation: ReadonlyMap<Value, Value>): Value | undefined => {
  const path = pathOf(operation.get('path'))
  const given = operation.get('value')
  const op = operation.get('op')
  if (path === undefined) return undefined
  if (op === 'remove') return edited(value, path, undefined, true)
  if (given === undefined) return undefined
  return op === 'add' || op === 'replace' ? edited(value, path, given, op === 'replace') : undefined
}

const pathOf = (path: Value | undefined): readonly string[] | undefined => {
  if (typeof path !== 'string' || path === '') return undefined
  return path
    .replace(/^\/+/, '')
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

const edited = (
  value: Value,
  [key, ...rest]: readonly string[],
  given: Value | undefined,
  mustBeThere: boolean,
): Value | undefined => {
  if (!isObject(value) || key === undefined) return undefined
  const at = value.object.findIndex(([other]) => other === key)
  const object = [...value.object]
  if (rest.length > 0) {
    const inner = object[at]?.[1]
    const changed = inner === undefined ? undefined : edited(inner, rest, given, mustBeThere)
    if (changed === undefined) return undefined
    object[at] = [key, changed]
    return { object }
  }
  if (mustBeThere && at < 0) return undefined
  if (given === undefined) object.splice(at, 1)
  else if (at < 0) object.push([key, given])
  else object[at] = [key, given]
  return { object }
}

export const json: Paths = { 'object.subset': subset, 'json.patch': patch }
