import type { Memory } from '../engine.ts'
import { compareNumbers } from './decimal.ts'
import { type JsonOptions, jsonWriter } from './json.ts'
import { quote } from './quote.ts'
import { exactText, textOf } from './text.ts'
import { Type } from './types.ts'

/** An element of an object or a set: the addresses of the key and of the value, which is 0 in a set. */
export interface Element {
  readonly key: number
  readonly value: number
}

/** Reads OPA's values where they lie, without a call into WebAssembly. Addresses are unsigned. */
export interface MemoryReader {
  readonly typeOf: (address: number) => number
  /** Whether a value is a string of the module, which stays as it is. */
  readonly isConstant: (address: number) => boolean
  readonly boolean: (address: number) => boolean
  readonly number: (address: number) => string
  readonly string: (address: number) => string
  /** The number of elements of an array, an object or a set, and of bytes of a string. */
  readonly size: (address: number) => number
  /** The addresses of an array's items. */
  readonly items: (address: number) => readonly number[]
  /** The elements of an object or a set, in the order of their hashes. */
  readonly elements: (address: number) => readonly Element[]
  /** The keys of an object or the members of a set, in OPA's order. */
  readonly keys: (address: number) => readonly number[]
  /** The same in the order of their hashes. */
  readonly hashed: (address: number) => readonly number[]
  /** Puts values into OPA's order. */
  readonly sort: (values: number[]) => number[]
  /** The integer in a number of up to 53 bits that is kept as one, and undefined for any other value. */
  readonly integer: (address: number) => number | undefined
  /** How two values compare in OPA's order: null, booleans, numbers, strings by bytes, arrays, objects, sets. */
  readonly compare: (a: number, b: number) => number
  /** Whether two numbers that were compared since the last call are equal, and not written alike. */
  readonly tells: () => boolean
  /** The JSON that OPA's interpreter gives: keys sorted, sets as sorted arrays, all digits. */
  readonly json: (address: number) => string
  /** The same in UTF-8, good until the next call. */
  readonly jsonBytes: (address: number, options?: JsonOptions) => Uint8Array
  /** OPA value text, which `opa_value_parse` reads: as JSON, with sets and with any keys. */
  readonly text: (address: number) => string
}

/** Values that are sorted by insertion. */
const FEW = 24
/** How a number begins that is kept in 64 bits. */
const SMALL = Type.number | (1 << 8)

/** Returns a reader of a memory, which may grow meanwhile. */
export const readerOf = (memory: Memory): MemoryReader => {
  let view = new DataView(memory.buffer)
  let octets = new Uint8Array(memory.buffer)
  const refresh = (): void => {
    // Memory that has grown leaves an empty view behind, which is faster to ask for than the buffer.
    if (octets.length !== 0) return
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
  const isConstant = (address: number): boolean => {
    refresh()
    return view.getUint8(address) === 8
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
  const ascii = (from: number, length: number, decode = textOf): string => {
    if (length > 32) return decode(octets.subarray(from, from + length))
    let text = ''
    for (let at = from; at < from + length; at += 1) {
      const byte = octets[at] ?? 0
      if (byte >= 0x80) return decode(octets.subarray(from, from + length))
      text += String.fromCharCode(byte)
    }
    return text
  }
  const string = (address: number): string => {
    refresh()
    return ascii(word(address + 8), word(address + 4))
  }
  const size = (address: number): number => {
    refresh()
    const type = kind(address)
    return word(address + (type === Type.string ? 4 : type === Type.array ? 8 : 12))
  }
  const items = (address: number): readonly number[] => {
    refresh()
    const from = word(address + 4)
    const found: number[] = []
    for (let at = 0, count = word(address + 8); at < count; at += 1) found.push(word(from + at * 8 + 4))
    return found
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
  /** The addresses of the elements of an object or a set, in OPA's order of their keys, which they begin with. */
  const ordered = (address: number): readonly number[] => {
    const found = chained(address)
    if (found.length > FEW) return byInteger(found) ?? found.sort((a, b) => order(word(a), word(b)))
    // By insertion, by the first bytes of strings as far as they differ.
    const firsts: number[] = []
    for (let from = 0; from < found.length; from += 1) {
      const element = found[from] ?? 0
      const key = word(element)
      const mine = first(key)
      let to = from
      for (; to > 0; to -= 1) {
        const before = firsts[to - 1] ?? 0
        if (before < mine || (before === mine && order(word(found[to - 1] ?? 0), key) < 0)) break
        found[to] = found[to - 1] ?? 0
        firsts[to] = before
      }
      found[to] = element
      firsts[to] = mine
    }
    return found
  }
  /** The same for keys that all are small integers, such as places in an array; undefined for others. */
  const byInteger = (unsorted: readonly number[]): readonly number[] | undefined => {
    const ranks = new Float64Array(unsorted.length)
    for (const [at, element] of unsorted.entries()) {
      const key = word(element)
      const isSmall = view.getUint16(key, true) === SMALL && word(key + 12) === 0 && word(key + 8) < 2 ** 20
      if (!isSmall) return undefined
      ranks[at] = word(key + 8) * 2 ** 32 + element
    }
    return Array.from(ranks.sort(), (rank) => rank - Math.floor(rank / 2 ** 32) * 2 ** 32)
  }
  const chained = (address: number): number[] => {
    const next = kind(address) === Type.set ? 4 : 8
    const buckets = word(address + 4)
    const found: number[] = []
    for (let at = 0, count = word(address + 8); at < count; at += 1) {
      for (let element = word(buckets + at * 4); element !== 0; element = word(element + next)) found.push(element)
    }
    return found
  }
  const keys = (address: number): readonly number[] => {
    refresh()
    return ordered(address).map(word)
  }
  const hashed = (address: number): readonly number[] => {
    refresh()
    return chained(address).map(word)
  }
  const sort = (values: number[]): number[] => {
    refresh()
    return values.sort(order)
  }
  /** A number that orders values as far as it differs: their type, and the first four bytes of a string. */
  const first = (address: number): number => {
    const type = kind(address)
    if (type !== Type.string) return type * 2 ** 32
    const from = word(address + 8)
    const length = word(address + 4)
    if (length >= 4) return Type.string * 2 ** 32 + view.getUint32(from)
    const byte = (at: number): number => (at < length ? (octets[from + at] ?? 0) * 2 ** (24 - at * 8) : 0)
    return Type.string * 2 ** 32 + byte(0) + byte(1) + byte(2)
  }
  const integer = (address: number): number | undefined => {
    refresh()
    if (view.getUint8(address) !== Type.number) return undefined
    if (view.getUint8(address + 1) !== 1) return shortInteger(word(address + 8), word(address + 12))
    const high = view.getInt32(address + 12, true)
    return high >= -(2 ** 20) && high < 2 ** 20 ? high * 2 ** 32 + word(address + 8) : undefined
  }
  /** Of digits only, as most numbers of an input are written. */
  const shortInteger = (from: number, length: number): number | undefined => {
    const negative = octets[from] === 0x2d
    if (length > 15 || length === 0) return undefined
    let value = 0
    for (let at = negative ? from + 1 : from; at < from + length; at += 1) {
      const digit = (octets[at] ?? 0) - 0x30
      if (digit < 0 || digit > 9) return undefined
      value = value * 10 + digit
    }
    return negative ? (value === 0 ? undefined : -value) : value
  }

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
        return orderObjects(ordered(a), ordered(b))
      case Type.set:
        return orderLists(ordered(a).map(word), ordered(b).map(word))
      default:
        return 0
    }
  }
  let seen = false
  const tells = (): boolean => {
    const before = seen
    seen = false
    return before
  }
  const orderNumbers = (a: number, b: number): number => {
    const integers = view.getUint8(a + 1) === 1 && view.getUint8(b + 1) === 1
    if (!integers) {
      const [left, right] = [number(a), number(b)]
      const difference = compareNumbers(left, right)
      seen ||= difference === 0 && left !== right
      return difference
    }
    return view.getInt32(a + 12, true) - view.getInt32(b + 12, true) || word(a + 8) - word(b + 8)
  }
  const orderStrings = (a: number, b: number): number => {
    const left = word(a + 8)
    const right = word(b + 8)
    const atOnce = (octets[left] ?? 0) - (octets[right] ?? 0)
    const leftLength = word(a + 4)
    const rightLength = word(b + 4)
    if (atOnce !== 0 && leftLength > 0 && rightLength > 0) return atOnce
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
  const orderObjects = (a: readonly number[], b: readonly number[]): number => {
    const length = Math.min(a.length, b.length)
    for (let at = 0; at < length; at += 1) {
      const [left = 0, right = 0] = [a[at], b[at]]
      const difference = order(word(left), word(right)) || order(word(left + 4), word(right + 4))
      if (difference !== 0) return difference
    }
    return a.length - b.length
  }

  const write = jsonWriter({ octets: () => octets, word, kind, boolean, number, string, items, ordered })
  const jsonBytes = (address: number, options?: JsonOptions): Uint8Array => {
    refresh()
    return write(address, options)
  }
  const json = (address: number): string => textOf(jsonBytes(address))
  const text = (address: number): string => {
    switch (typeOf(address)) {
      case Type.array:
        return `[${items(address).map(text).join(', ')}]`
      case Type.set: {
        const found = ordered(address)
        return found.length === 0 ? 'set()' : `{${found.map((element) => text(word(element))).join(', ')}}`
      }
      case Type.object:
        return `{${ordered(address)
          .map((element) => `${text(word(element))}: ${text(word(element + 4))}`)
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
        return quote(ascii(word(address + 8), word(address + 4), exactText))
      default:
        return 'null'
    }
  }
  return {
    typeOf,
    isConstant,
    boolean,
    number,
    string,
    size,
    items,
    elements,
    keys,
    hashed,
    sort,
    integer,
    compare,
    tells,
    json,
    jsonBytes,
    text,
  }
}
