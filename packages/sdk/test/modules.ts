import { cursor, functionsOf, namesOf, sectionsOf, unsigned } from '../src/evaluate/repair/binary.ts'
import { joined, sectionOf } from '../src/evaluate/repair/section.ts'

/** Returns a module in which the body of a function, which has no locals besides its parameters, is another one. */
export const withBody = (wasm: Uint8Array, name: string, code: readonly number[]): Uint8Array => {
  const sections = sectionsOf(wasm)
  const index = (namesOf(wasm, sections).get(name) ?? NaN) - functionsOf(wasm, sections).imported.size
  const body = Uint8Array.of(0, ...code, 0x0b)
  return withSection(wasm, 10, ({ start }) => {
    const read = cursor(wasm, start)
    const count = read.u32()
    const bodies = Array.from({ length: count }, (_, at) => {
      const from = read.at()
      read.skip(read.u32())
      return at === index ? joined([Uint8Array.from(unsigned(body.length)), body]) : wasm.subarray(from, read.at())
    })
    return joined([Uint8Array.from(unsigned(count)), ...bodies])
  })
}

/** Returns a module in which what a section holds is something else. */
export const withSection = (
  wasm: Uint8Array,
  id: number,
  contents: (section: { readonly start: number; readonly end: number }) => Uint8Array,
): Uint8Array =>
  joined([
    wasm.subarray(0, 8),
    ...sectionsOf(wasm).map((section) =>
      section.id === id ? sectionOf(id, [contents(section)]) : wasm.subarray(section.from, section.end),
    ),
  ])
