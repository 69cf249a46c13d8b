import { cursor, type Section, unsigned } from './binary.ts'

/** Returns a section as it is written. */
export const sectionOf = (id: number, parts: readonly Uint8Array[]): Uint8Array => {
  const contents = joined(parts)
  return joined([Uint8Array.of(id, ...unsigned(contents.length)), contents])
}

/** Returns a section with `count` more entries at its end. */
export const extended = (
  wasm: Uint8Array,
  { id, start, end }: Section,
  count: number,
  entries: readonly number[],
): Uint8Array => {
  const read = cursor(wasm, start)
  const all = read.u32() + count
  return sectionOf(id, [Uint8Array.from(unsigned(all)), wasm.subarray(read.at(), end), Uint8Array.from(entries)])
}

/** Returns how many entries a section has. */
export const countOf = (wasm: Uint8Array, { start }: Section): number => cursor(wasm, start).u32()

/** Returns the bytes of all parts, one after the other. */
export const joined = (parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** The bodies of a module's own functions, each with its size before it. */
export const bodiesOf = (wasm: Uint8Array, { start }: Section): Uint8Array[] => {
  const read = cursor(wasm, start)
  return Array.from({ length: read.u32() }, () => {
    const from = read.at()
    read.skip(read.u32())
    return wasm.subarray(from, read.at())
  })
}

/** Returns a body with its size before it. */
export const sized = (contents: readonly number[]): Uint8Array =>
  Uint8Array.of(...unsigned(contents.length), ...contents)

/** A global that can be changed, and is 0 to begin with. */
export const ZERO = [0x7f, 1, 0x41, 0, 0x0b]
