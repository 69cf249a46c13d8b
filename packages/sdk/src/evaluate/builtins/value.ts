/** A number with the digits it was written with. */
export interface NumberValue {
  readonly number: string
}

export interface SetValue {
  readonly set: readonly Value[]
}

export interface ObjectValue {
  readonly object: readonly (readonly [Value, Value])[]
}

/** A value of Rego. Sets and objects come in the order in which they were written. */
export type Value = null | boolean | string | NumberValue | readonly Value[] | SetValue | ObjectValue

/** Says that a value is an array, which `Array.isArray` does not of a readonly one. */
export const isArray = (value: Value): value is readonly Value[] => Array.isArray(value)

export const isNumber = (value: Value): value is NumberValue =>
  typeof value === 'object' && value !== null && 'number' in value

export const isSet = (value: Value): value is SetValue => typeof value === 'object' && value !== null && 'set' in value

export const isObject = (value: Value): value is ObjectValue =>
  typeof value === 'object' && value !== null && 'object' in value

/**
 * Returns the value in OPA value text: JSON, sets as `{1, 2}` and `set()`, and any value as a key.
 *
 * @throws SyntaxError
 */
export const parseValue = (text: string): Value => {
  // Most arguments are strings.
  if (text.charCodeAt(0) === quote) return stringIn(text)
  const reader = { text, at: 0 }
  const value = read(reader)
  space(reader)
  if (reader.at < text.length) throw unexpected(reader)
  return value
}

/**
 * Returns the value that a text begins with, and where it ends.
 *
 * @throws SyntaxError
 */
export const parseFirst = (text: string): readonly [value: Value, end: number] => {
  const reader = { text, at: 0 }
  return [read(reader), reader.at]
}

const quote = 0x22
const backslash = 0x5c
const numbers = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const spaces = /[ \t\r\n]*/y
interface Reader {
  readonly text: string
  at: number
}

const unexpected = ({ at }: Reader): SyntaxError => new SyntaxError(`not a value at ${at}`)

const space = (reader: Reader): void => {
  const code = reader.text.charCodeAt(reader.at)
  if (code > 0x20) return
  spaces.lastIndex = reader.at
  spaces.test(reader.text)
  reader.at = spaces.lastIndex
}

const next = (reader: Reader): string => {
  space(reader)
  return reader.text[reader.at] ?? ''
}

const read = (reader: Reader): Value => {
  switch (next(reader)) {
    case '"':
      return readString(reader)
    case '[':
      return readItems(reader, ']')
    case '{':
      return readBraces(reader)
    case 't':
      return readWord(reader, 'true', true)
    case 'f':
      return readWord(reader, 'false', false)
    case 'n':
      return readWord(reader, 'null', null)
    case 's':
      return readWord(reader, 'set()', { set: [] })
    default:
      return readNumber(reader)
  }
}

const readWord = (reader: Reader, word: string, value: Value): Value => {
  if (!reader.text.startsWith(word, reader.at)) throw unexpected(reader)
  reader.at += word.length
  return value
}

const readNumber = (reader: Reader): Value => {
  numbers.lastIndex = reader.at
  const [number] = numbers.exec(reader.text) ?? []
  if (number === undefined) throw unexpected(reader)
  reader.at += number.length
  return { number }
}

const readString = (reader: Reader): string => {
  const { text, at } = reader
  let end = text.indexOf('"', at + 1)
  while (end > 0) {
    let slashes = 0
    while (text.charCodeAt(end - 1 - slashes) === backslash) slashes += 1
    if (slashes % 2 === 0) break
    end = text.indexOf('"', end + 1)
  }
  if (end < 0) throw unexpected(reader)
  reader.at = end + 1
  const inside = text.slice(at + 1, end)
  return inside.includes('\\') ? stringIn(text.slice(at, end + 1)) : inside
}

const stringIn = (text: string): string => {
  const value: string = JSON.parse(text)
  return value
}

const readItems = (reader: Reader, close: ']' | '}', items: Value[] = []): readonly Value[] => {
  reader.at += 1
  if (items.length === 0 && next(reader) === close) {
    reader.at += 1
    return items
  }
  for (;;) {
    items.push(read(reader))
    const separator = next(reader)
    reader.at += 1
    if (separator === close) return items
    if (separator !== ',') throw unexpected(reader)
  }
}

const readBraces = (reader: Reader): Value => {
  reader.at += 1
  if (next(reader) === '}') {
    reader.at += 1
    return { object: [] }
  }
  const first = read(reader)
  const separator = next(reader)
  if (separator === '}') {
    reader.at += 1
    return { set: [first] }
  }
  if (separator === ',') return { set: readItems(reader, '}', [first]) }
  const object: (readonly [Value, Value])[] = []
  let key = first
  for (;;) {
    if (next(reader) !== ':') throw unexpected(reader)
    reader.at += 1
    object.push([key, read(reader)])
    const end = next(reader)
    reader.at += 1
    if (end === '}') return { object }
    if (end !== ',') throw unexpected(reader)
    key = read(reader)
  }
}

/** Returns the value as OPA value text. */
export const writeValue = (value: Value): string => {
  if (typeof value === 'string') return JSON.stringify(value)
  if (value === null || typeof value === 'boolean') return `${value}`
  if (isArray(value)) return `[${value.map(writeValue).join(',')}]`
  if (isNumber(value)) return value.number
  if (isSet(value)) return value.set.length === 0 ? 'set()' : `{${value.set.map(writeValue).join(',')}}`
  return `{${value.object.map(([key, item]) => `${writeValue(key)}:${writeValue(item)}`).join(',')}}`
}

/** Returns the number as a value. */
export const numberOf = (value: number | bigint): NumberValue => ({ number: `${value}` })
