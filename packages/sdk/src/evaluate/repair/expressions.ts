import { cursor, functionsOf, namesOf, sectionsOf, signed } from './binary.ts'

/** A module, and whether the regular expressions that it has compiled may be kept from one evaluation to the next. */
export interface Remembering {
  readonly wasm: Uint8Array
  readonly keeps: boolean
}

/** What puts a compiled expression into the cache: https://github.com/open-policy-agent/opa/blob/v1.22.0/wasm/src/regex.cc#L64 */
const REUSE = 'reuse(re2::RE2*)'

// `size() < 100`: the size is loaded from offset 12, compared without a sign, and what is less is inserted at once.
const SIZE = [0x28, 0x02, 0x0c]
const LESS = [0x49, 0x0d]
/** How many regular expressions OPA's WebAssembly keeps. */
export const FEW = 100
/** How many are kept instead: the most that takes as many bytes. */
export const MANY = 8191

/**
 * Returns a module that keeps up to 8,191 regular expressions instead of 100.
 *
 * From the hundredth on OPA's WebAssembly deletes one to make room, which can be the one that it puts back at that moment:
 * an evaluation with so many then stops, does not end, or is wrong. A module without expressions, and one that is not the
 * one that is known, stays as it is, and nothing of it is kept.
 */
export const remembering = (wasm: Uint8Array): Remembering => {
  const none = { wasm, keeps: false }
  const sections = sectionsOf(wasm)
  const index = namesOf(wasm, sections).get(REUSE)
  const code = sections.find(({ id }) => id === 10)
  if (index === undefined || code === undefined) return none
  const read = cursor(wasm, code.start)
  read.u32()
  for (let left = index - functionsOf(wasm, sections).imported.size; left > 0; left -= 1) read.skip(read.u32())
  const size = read.u32()
  const from = read.at()
  const [at, ...others] = placesOf([...SIZE, ...constant(FEW), ...LESS], wasm.subarray(from, from + size))
  if (at === undefined || others.length > 0) return none
  const patched = Uint8Array.from(wasm)
  patched.set(constant(MANY), from + at + SIZE.length)
  return { wasm: patched, keeps: true }
}

const constant = (value: number): readonly number[] => [0x41, ...signed(value)]

/** Where `wanted` begins in bytes. */
const placesOf = (wanted: readonly number[], bytes: Uint8Array): readonly number[] => {
  const [first = 0] = wanted
  const found: number[] = []
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (wanted.every((byte, index) => bytes[at + index] === byte)) found.push(at)
  }
  return found
}
