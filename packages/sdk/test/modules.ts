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

/** Returns a module in which bytes in the body of a function, once there, are others of the same number. */
export const withBytes = (wasm: Uint8Array, name: string, before: string, after: string): Uint8Array => {
  const sections = sectionsOf(wasm)
  const index = (namesOf(wasm, sections).get(name) ?? NaN) - functionsOf(wasm, sections).imported.size
  const read = cursor(wasm, sections.find(({ id }) => id === 10)?.start ?? 0)
  read.u32()
  for (let at = 0; at < index; at += 1) read.skip(read.u32())
  const length = read.u32()
  const body = Buffer.from(wasm.subarray(read.at(), read.at() + length)).toString('hex')
  if (body.split(before).length !== 2 || before.length !== after.length) throw new Error(`${name}: ${body}`)
  const changed = Uint8Array.from(wasm)
  changed.set(Buffer.from(body.replace(before, after), 'hex'), read.at())
  return changed
}
