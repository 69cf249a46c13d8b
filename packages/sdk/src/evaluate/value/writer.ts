import type { Exports, Memory } from '../engine.ts'
import { exactBytes, withoutBytes } from './text.ts'
import { Type } from './types.ts'

/** Writes OPA's values into the memory of its WebAssembly, and returns their addresses. */
export interface MemoryWriter {
  readonly string: (text: string) => number
  /** A string of UTF-8. */
  readonly bytes: (text: Uint8Array) => number
  /** A number with the digits that it has. */
  readonly number: (text: string) => number
  readonly array: (items: readonly number[]) => number
  /** A boolean, null, or whatever else OPA value text says. */
  readonly text: (text: string) => number
  /** The value of a JSON document, 0 where OPA's reader does not take it for one. */
  readonly json: (text: string) => number
}

const encoder = new TextEncoder()
const INTEGER = 1
const REFERENCE = 2
/** Bytes of UTF-8 for which there is room already. */
const DESK = 1024

/** Returns a writer for the memory of a module. Layout: wasm/src/value.h of OPA. */
export const writerOf = (abi: Exports, memory: Memory): MemoryWriter => {
  const place = (length: number): number => abi.opa_malloc(length) >>> 0
  let octets = new Uint8Array(memory.buffer)
  let words = new DataView(memory.buffer)
  const refresh = (): void => {
    // Memory that has grown leaves an empty view behind, which is faster to ask for than the buffer.
    if (octets.length !== 0) return
    octets = new Uint8Array(memory.buffer)
    words = new DataView(memory.buffer)
  }
  const put = (bytes: Uint8Array): number => {
    const address = place(bytes.length)
    refresh()
    octets.set(bytes, address)
    return address
  }
  const view = (): DataView => {
    refresh()
    return words
  }
  const desk = new Uint8Array(DESK)
  const string = (text: string): number => {
    if (text.length * 3 > DESK) return utf8(encoder.encode(text))
    return utf8(desk.subarray(0, encoder.encodeInto(text, desk).written))
  }
  const utf8 = (text: Uint8Array): number => {
    const from = put(text)
    const address = place(12)
    const at = view()
    at.setUint16(address, Type.string, true)
    at.setUint32(address + 4, text.length, true)
    at.setUint32(address + 8, from, true)
    return address
  }
  const integer = (value: bigint): number => {
    const address = place(24)
    const at = view()
    at.setUint16(address, Type.number | (INTEGER << 8), true)
    at.setBigInt64(address + 8, value, true)
    return address
  }
  const number = (text: string): number => {
    if (text.length < 18 && /^(?:0|-?[1-9]\d*)$/.test(text)) return integer(BigInt(text))
    const bytes = encoder.encode(text)
    const from = put(bytes)
    const address = place(24)
    const at = view()
    at.setUint16(address, Type.number | (REFERENCE << 8), true)
    at.setUint32(address + 8, from, true)
    at.setUint32(address + 12, bytes.length, true)
    at.setUint8(address + 16, 0)
    return address
  }
  const array = (items: readonly number[]): number => {
    const indices = items.map((_, at) => integer(BigInt(at)))
    const elements = place(Math.max(1, items.length) * 8)
    const address = place(16)
    const at = view()
    items.forEach((item, index) => {
      at.setUint32(elements + index * 8, indices[index] ?? 0, true)
      at.setUint32(elements + index * 8 + 4, item, true)
    })
    at.setUint8(address, Type.array)
    at.setUint32(address + 4, elements, true)
    at.setUint32(address + 8, items.length, true)
    at.setUint32(address + 12, items.length, true)
    return address
  }
  const parsed = (text: string, parse: (from: number, length: number) => number): number => {
    const bytes = encoder.encode(text)
    return parse(put(bytes), bytes.length) >>> 0
  }
  return {
    string,
    bytes: utf8,
    number,
    array,
    text: (text) => {
      // OPA's reader takes no half of a pair, and a text within a list has nobody who would miss its bytes.
      if (text.startsWith('"') && text.includes('\\udc')) return utf8(exactBytes(String(JSON.parse(text))))
      return parsed(withoutBytes(text), abi.opa_value_parse)
    },
    json: (text) => parsed(text, abi.opa_json_parse),
  }
}
