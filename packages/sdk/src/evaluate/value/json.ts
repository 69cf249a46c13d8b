import { compareText, quote, quoteHtml } from './quote.ts'
import { textOf } from './text.ts'
import { Type } from './types.ts'

/** Values in memory, as far as their JSON needs them; an element of an object is its key's address and its value's. */
export interface Values {
  readonly octets: () => Uint8Array
  readonly word: (address: number) => number
  readonly kind: (address: number) => number
  readonly boolean: (address: number) => boolean
  readonly number: (address: number) => string
  readonly string: (address: number) => string
  readonly items: (address: number) => readonly number[]
  readonly ordered: (address: number) => readonly number[]
}

/** How JSON is written. */
export interface JsonOptions {
  /** With Go's escapes for HTML, as `json.Marshal` writes them. */
  readonly html?: boolean
}

const encoder = new TextEncoder()

/**
 * Returns what writes the JSON of values as OPA's interpreter does: keys sorted, sets as sorted arrays, all digits. Its
 * bytes are good until it is used again.
 */
export const jsonWriter = ({ octets, word, kind, boolean, number, string, items, ordered }: Values) => {
  let out = new Uint8Array(2 ** 12)
  let at = 0
  const ensure = (length: number): void => {
    if (at + length <= out.length) return
    const larger = new Uint8Array(2 ** Math.ceil(Math.log2((at + length) * 2)))
    larger.set(out.subarray(0, at))
    out = larger
  }
  const put = (text: string): void => {
    ensure(text.length * 3)
    at += encoder.encodeInto(text, out.subarray(at)).written
  }
  const byte = (code: number): void => {
    ensure(1)
    out[at] = code
    at += 1
  }

  const value = (address: number, html: boolean): void => {
    switch (kind(address)) {
      case Type.boolean:
        return put(String(boolean(address)))
      case Type.number:
        return put(number(address))
      case Type.string:
        return text(address, html)
      case Type.array:
        return list(items(address), html)
      case Type.set:
        return list(ordered(address).map(word), html)
      case Type.object:
        return object(ordered(address), html)
      default:
        return put('null')
    }
  }
  /** Copies what needs no escape; the rest, and what is not ASCII, goes by way of a JavaScript string. */
  const text = (address: number, html: boolean): void => {
    const bytes = octets()
    const from = word(address + 8)
    const length = word(address + 4)
    ensure(length + 2)
    const escapes = html ? SPECIAL_HTML : SPECIAL
    const into = out
    const end = from + length
    let to = at
    into[to] = 0x22
    to += 1
    for (let next = from; next < end; next += 1) {
      const code = bytes[next] ?? 0
      if (escapes[code] === 1) return put((html ? quoteHtml : quote)(string(address)))
      into[to] = code
      to += 1
    }
    into[to] = 0x22
    at = to + 1
  }
  const list = (values: readonly number[], html: boolean): void => {
    byte(0x5b)
    values.forEach((item, index) => {
      if (index > 0) byte(0x2c)
      value(item, html)
    })
    byte(0x5d)
  }
  const object = (found: readonly number[], html: boolean): void => {
    if (!found.every((element) => kind(word(element)) === Type.string)) return anyKeyed(found, html)
    byte(0x7b)
    found.forEach((element, index) => {
      if (index > 0) byte(0x2c)
      text(word(element), html)
      byte(0x3a)
      value(word(element + 4), html)
    })
    byte(0x7d)
  }
  /** Keys that are no strings become the JSON of what they are, with escapes for HTML; of equal ones the last stays. */
  const anyKeyed = (found: readonly number[], html: boolean): void => {
    const named = new Map(found.map((element) => [keyOf(word(element)), word(element + 4)]))
    byte(0x7b)
    ;[...named]
      .sort(([a], [b]) => compareText(a, b))
      .forEach(([key, inner], index) => {
        put(`${index > 0 ? ',' : ''}${(html ? quoteHtml : quote)(key)}:`)
        value(inner, html)
      })
    byte(0x7d)
  }
  const keyOf = (key: number): string => {
    if (kind(key) === Type.string) return string(key)
    const start = at
    value(key, true)
    const written = textOf(out.subarray(start, at))
    at = start
    return written
  }

  return (address: number, { html = false }: JsonOptions = {}): Uint8Array => {
    at = 0
    value(address, html)
    return out.subarray(0, at)
  }
}

/** Which bytes a string of JSON has to escape, or are not ASCII; with those that Go escapes for HTML. */
const special = (html: boolean): Uint8Array =>
  Uint8Array.from({ length: 256 }, (_, code) => {
    const plain = code >= 0x20 && code < 0x80 && code !== 0x22 && code !== 0x5c
    return plain && !(html && (code === 0x3c || code === 0x3e || code === 0x26)) ? 0 : 1
  })

const SPECIAL = special(false)
const SPECIAL_HTML = special(true)
