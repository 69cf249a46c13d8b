import { PlangateError } from '@plangate/bundle'
import { pagesOf } from './memory.ts'
import { cursor, type Section, sectionsOf } from './repair/binary.ts'
import { FIRST_BYTES } from './run.ts'

/** Elements that a table may begin with: OPA's has one for each function of a policy, and some 160 of its own. */
const MOST_ELEMENTS = 100_000
/** Calls of OPA's start function, with the constants that they take; OPA writes six instructions. */
const MOST_INSTRUCTIONS = 32

/**
 * Proves what a module takes before anything is evaluated: memory of the host, of a size that it is given, one table of a
 * size that policies need, and a start function that does nothing but call others, as OPA's does. What these do only a limit
 * of time can end.
 *
 * @throws PlangateError `ERR_BUNDLE_INVALID`
 */
export const checkDeclarations = (wasm: Uint8Array): void => {
  const sections = sectionsOf(wasm)
  const of = (wanted: number): Section | undefined => sections.find(({ id }) => id === wanted)
  const imports = of(2)
  if (imports !== undefined) checkImports(wasm, imports)
  if (of(5) !== undefined) throw refused('has a memory of its own')
  const tables = of(4)
  if (tables !== undefined) checkTables(wasm, tables)
  const start = of(8)
  if (start !== undefined) checkStart(wasm, start, imports, of(10))
}

const [FUNCTION, MEMORY] = [0, 2]

const checkImports = (wasm: Uint8Array, { start }: Section): void => {
  const read = cursor(wasm, start)
  for (let count = read.u32(); count > 0; count -= 1) {
    read.name()
    const name = read.name()
    const kind = read.byte()
    if (kind === FUNCTION) read.u32()
    else if (kind === MEMORY) {
      const flags = read.byte()
      const pages = read.u32()
      if (flags > 1) throw refused('wants a memory that is shared, or of 64 bits')
      if (flags === 1) read.u32()
      if (pages > pagesOf(FIRST_BYTES))
        throw refused(`wants ${pages} pages of memory to start in, of ${pagesOf(FIRST_BYTES)}`)
    } else throw refused(`imports \`${name}\`, which is no function`)
  }
}

const checkTables = (wasm: Uint8Array, { start }: Section): void => {
  const read = cursor(wasm, start)
  if (read.u32() > 1) throw refused('has more than one table')
  read.skip(2)
  const elements = read.u32()
  if (elements > MOST_ELEMENTS) throw refused(`wants a table of ${elements} elements, of ${MOST_ELEMENTS} at most`)
}

const [END, CALL, CONST] = [0x0b, 0x10, 0x41]

const checkStart = (
  wasm: Uint8Array,
  { start }: Section,
  imports: Section | undefined,
  code: Section | undefined,
): void => {
  const index = cursor(wasm, start).u32() - functionsIn(wasm, imports)
  if (code === undefined || index < 0) throw refused('starts with a function of the host')
  const read = cursor(wasm, code.start)
  const count = read.u32()
  if (index >= count) throw refused('starts with a function that it does not have')
  for (let at = 0; at < index; at += 1) read.skip(read.u32())
  read.u32()
  if (read.u32() !== 0) throw startRefused()
  for (let at = 0; at < MOST_INSTRUCTIONS; at += 1) {
    const instruction = read.byte()
    if (instruction === END) return
    if (instruction !== CALL && instruction !== CONST) throw startRefused()
    read.u32()
  }
  throw startRefused()
}

const functionsIn = (wasm: Uint8Array, imports: Section | undefined): number => {
  if (imports === undefined) return 0
  const read = cursor(wasm, imports.start)
  let functions = 0
  for (let count = read.u32(); count > 0; count -= 1) {
    read.name()
    read.name()
    if (read.byte() === FUNCTION) functions += 1
    else if (read.byte() === 1) read.u32()
    read.u32()
  }
  return functions
}

const startRefused = (): PlangateError => refused('has a start function that does more than call others')

const refused = (what: string): PlangateError =>
  new PlangateError('ERR_BUNDLE_INVALID', `the bundle's WASM ${what}`, {
    hint: 'build it with `plangate build`, or `opa build -t wasm`',
  })
