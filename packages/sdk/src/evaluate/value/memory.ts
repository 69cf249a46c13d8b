import type { Memory } from '../engine.ts'
import { compareNumbers } from './decimal.ts'
import { compareText, quote } from './quote.ts'

/**
 * The types of values in the memory of OPA's WebAssembly, in OPA's order of values
 * (https://github.com/open-policy-agent/opa/blob/v1.22.0/wasm/src/value.h).
 */
export const Type = { null: 1, boolean: 2, number: 3, string: 4, array: 5, object: 6, set: 7 } as const

/** An element of an object or a set: the addresses of the key and of the value, which is 0 in a set. */
export interface Element {
  readonly key: number
  readonly value: number
}

/** Reads OPA's values where they lie, without a call into WebAssembly. Addresses are unsigned. */
export interface MemoryReader {
  readonly typeOf: (address: number) => number
  readonly boolean: (address: number) => boolean
  readonly number: (address: number) => string
  readonly string: (address: number) => string
  /** The bytes of a string, valid until memory grows. */
  readonly bytes: (address: number) => Uint8Array
  /** The number of elements of an array, an object or a set. */
  readonly size: (address: number) => number
  /** The addresses of an array's items. */
  readonly items: (address: number) => readonly number[]
  /** The elements of an object or a set, in the order of their hashes. */
  readonly elements: (address: number) => readonly Element[]
  /** The elements of an object or a set, in OPA's order. */
  readonly sorted: (address: number) => readonly Element[]
  /** How two values compare in OPA's order: null, booleans, numbers, strings by bytes, arrays, objects, sets. */
  readonly compare: (a: number, b: number) => number
  /** The JSON that OPA's interpreter gives: keys sorted, sets as sorted arrays, all digits. */
  readonly json: (address: number) => string
  /** OPA value text, which `opa_value_parse` reads: as JSON, with sets and with any keys. */
  readonly text: (address: number) => string
}

const decoder = new TextDecoder()

/** Returns a reader of a memory, which may grow meanwhile. */
export const readerOf = (memory: Memory): MemoryReader => {
  let view = new DataView(memory.buffer)
  let octets = new Uint8Array(memory.buffer)
  const refresh = (): void => {
    if (view.buffer === memory.buffer) return
    view = new DataView(memory.buffer)
    octets = new Uint8Array(memory.buffer)
  }
  const word = (address: number): number => view.getUint32(address, true)

  const typeOf = (address: number): number => {
    refresh()
    return kind(address)
  }
  const kind = (address: number): number => {
    const type = view.getUint8(address)
    // Interned strings and booleans have types of their own.
    return type === 8 ? Type.string : type === 9 ? Type.boolean : type
  }
  const boolean = (address: number): boolean => view.getUint8(address + 1) !== 0

  const number = (address: number): string => {
    refresh()
    if (view.getUint8(address + 1) === 2) return ascii(word(address + 8), word(address + 12))
    const low = word(address + 8)
    const high = view.getInt32(address + 12, true)
    return high >= -(2 ** 20) && high < 2 ** 20
      ? String(high * 2 ** 32 + low)
      : String(view.getBigInt64(address + 8, true))
  }
  const ascii = (from: number, length: number): string => {
    let text = ''
    for (let at = from; at < from + length; at += 1) {
      const byte = octets[at] ?? 0
      if (byte >= 0x80 || at - from > 64) return decoder.decode(octets.subarray(from, from + length))
      text += String.fromCharCode(byte)
    }
    return text
  }
  const string = (address: number): string => {
    refresh()
    return ascii(word(address + 8), word(address + 4))
  }
  const bytes = (address: number): Uint8Array => {
    refresh()
    const from = word(address + 8)
    return octets.subarray(from, from + word(address + 4))
  }

  const size = (address: number): number => {
    refresh()
    return word(address + (kind(address) === Type.array ? 8 : 12))
  }
  const items = (address: number): readonly number[] => {
    refresh()
    const from = word(address + 4)
    return Array.from({ length: word(address + 8) }, (_, at) => word(from + at * 8 + 4))
  }
  const elements = (address: number): readonly Element[] => {
    refresh()
    const isSet = kind(address) === Type.set
    const next = isSet ? 4 : 8
    const buckets = word(address + 4)
    const found: Element[] = []
    for (let at = 0, count = word(address + 8); at < count; at += 1) {
      for (let element = word(buckets + at * 4); element !== 0; element = word(element + next)) {
        found.push({ key: word(element), value: isSet ? 0 : word(element + 4) })
      }
    }
    return found
  }
  const sorted = (address: number): readonly Element[] => [...elements(address)].sort((a, b) => order(a.key, b.key))

  const compare = (a: number, b: number): number => {
    refresh()
    return order(a, b)
  }
  const order = (a: number, b: number): number => {
    if (a === b) return 0
    const type = kind(a)
    const other = kind(b)
    if (type !== other) return type - other
    switch (type) {
      case Type.boolean:
        return Number(boolean(a)) - Number(boolean(b))
      case Type.number:
        return orderNumbers(a, b)
      case Type.string:
        return orderStrings(a, b)
      case Type.array:
        return orderLists(items(a), items(b))
      case Type.object:
        return orderObjects(sorted(a), sorted(b))
      case Type.set:
        return orderLists(
          sorted(a).map(({ key }) => key),
          sorted(b).map(({ key }) => key),
        )
      default:
        return 0
    }
  }
  const orderNumbers = (a: number, b: number): number => {
    const integers = view.getUint8(a + 1) === 1 && view.getUint8(b + 1) === 1
    if (!integers) return compareNumbers(number(a), number(b))
    return view.getInt32(a + 12, true) - view.getInt32(b + 12, true) || word(a + 8) - word(b + 8)
  }
  const orderStrings = (a: number, b: number): number => {
    const left = word(a + 8)
    const right = word(b + 8)
    const leftLength = word(a + 4)
    const rightLength = word(b + 4)
    const length = Math.min(leftLength, rightLength)
    for (let at = 0; at < length; at += 1) {
      const difference = (octets[left + at] ?? 0) - (octets[right + at] ?? 0)
      if (difference !== 0) return difference
    }
    return leftLength - rightLength
  }
  const orderLists = (a: readonly number[], b: readonly number[]): number => {
    const length = Math.min(a.length, b.length)
    for (let at = 0; at < length; at += 1) {
      const difference = order(a[at] ?? 0, b[at] ?? 0)
      if (difference !== 0) return difference
    }
    return a.length - b.length
  }
  const orderObjects = (a: readonly Element[], b: readonly Element[]): number => {
    for (const [at, left] of a.entries()) {
      const right = b[at]
      if (right === undefined) break
      const difference = order(left.key, right.key) || order(left.value, right.value)
      if (difference !== 0) return difference
    }
    return a.length - b.length
  }

  const json = (address: number): string => {
    switch (typeOf(address)) {
      case Type.array:
        return `[${items(address).map(json).join(',')}]`
      case Type.set:
        return `[${sorted(address)
          .map(({ key }) => json(key))
          .join(',')}]`
      case Type.object:
        return `{${members(sorted(address))
          .map(([key, value]) => `${quote(key)}:${json(value)}`)
          .join(',')}}`
      default:
        return scalar(address)
    }
  }
  /** Keys that are no strings become the JSON of what they are, and of equal ones the last stays. */
  const members = (found: readonly Element[]): readonly (readonly [string, number])[] => {
    if (found.every(({ key }) => kind(key) === Type.string)) return found.map(({ key, value }) => [string(key), value])
    const named = new Map(found.map(({ key, value }) => [kind(key) === Type.string ? string(key) : json(key), value]))
    return [...named].sort(([a], [b]) => compareText(a, b))
  }
  const text = (address: number): string => {
    switch (typeOf(address)) {
      case Type.array:
        return `[${items(address).map(text).join(', ')}]`
      case Type.set: {
        const found = sorted(address)
        return found.length === 0 ? 'set()' : `{${found.map(({ key }) => text(key)).join(', ')}}`
      }
      case Type.object:
        return `{${sorted(address)
          .map(({ key, value }) => `${text(key)}: ${text(value)}`)
          .join(', ')}}`
      default:
        return scalar(address)
    }
  }
  const scalar = (address: number): string => {
    switch (typeOf(address)) {
      case Type.boolean:
        return String(boolean(address))
      case Type.number:
        return number(address)
      case Type.string:
        return quote(string(address))
      default:
        return 'null'
    }
  }
  return { typeOf, boolean, number, string, bytes, size, items, elements, sorted, compare, json, text }
}
