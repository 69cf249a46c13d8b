import { arrays, type Body, INDICES, NUMBERS, TABLE_SIZE } from './arrays.ts'
import { assemble } from './assemble.ts'
import { cursor, functionsOf, namesOf, sectionsOf, type Section, unsigned } from './binary.ts'
import { bodiesOf, countOf, extended, joined, sectionOf, sized, ZERO } from './section.ts'
import { added, called } from './sharing.ts'

/** Names for locals, which a body has besides its parameters. */
const locals = { first: 0, second: 1, a: 2, b: 3, c: 4, d: 5, e: 6, f: 7, g: 8, h: 9, i: 10, j: 11 }
/** Words for globals that are added. */
const variables = ['table', 'share', 'textBegin', 'textEnd', 'at', 'top']

// A block is its size in 4 bytes, and what it holds; a free one begins with the address of the next free one. Where the
// size is 0, nothing is given back. The table has a list of free blocks for each size in steps of 4 up to 128, then for
// eight steps to each power of two; then what `arrays.ts` keeps in it.

/** Leaves the place in the table of the list for the size in `a`, or of the next one below. */
const place = `
  get a  const 128  at-most  if-value
    get a  const 2  right
  else
    const 28  get a  clz  subtract  tee b  const 3  left
    get a  get b  right  add  const 8  subtract
  end
  const 2  left`

const end = `const 0  load heapEnd`
const room = `memory-size  const 16  left  ${end}  subtract`

const malloc = `
  get first  const 0  less-signed  if  get first  call old  return  end

  ; The size, rounded up to that of a list.
  get first  const 128  at-most  if
    const 4  set b
  else
    const 1  const 28  get first  clz  subtract  left  set b
  end
  get first  get b  add  const 1  subtract  const 0  get b  subtract  and  tee a
  const 4  get first  select  set a

  ; The table, which an evaluation makes when it first needs it.
  global table  is-zero  if
    const tableSize  ${room}  less  if
      ${end}  tee c  set-global table
      get c  const 0  const tableSize  fill
      const 0  get c  const tableSize  add  store heapEnd
    end
  end

  ; The first block of the list, if there is one.
  global table  if
    global table  ${place}  add  tee c  load 0  tee d  if
      get c  get d  load 0  store 0
      get d  return
    end
  end

  ; The text of an input lies above, and what does not fit before it goes behind it.
  global textBegin  if
    global textBegin  ${end}  subtract  get a  const 4  add  less  if
      const 0  global textEnd  store heapEnd
      const 0  set-global textBegin
    end
  end

  ; A new block, or the old function, which takes more memory or says that there is none.
  get a  const 4  add  ${room}  less  if
    ${end}  tee d  get a  store 0
    const 0  get d  const 4  add  tee c  get a  add  store heapEnd
    get c  return
  end
  get a  call old  tee c  const 4  subtract  get a  store 0
  get c`

const free = `
  global table  is-zero  if  return  end
  get first  const 4  subtract  load 0  tee a  is-zero  if  return  end
  get first  global table  ${place}  add  tee d  load 0  store 0
  get d  get first  store 0`

const realloc = `
  get second  call malloc  tee a
  get first
  ; What a copy of the old function gave has no size here; more than it holds may be copied.
  get first  const 4  subtract  load 0  tee b  get second  get b  const 1  subtract  get second  less  select
  copy
  get first  call free
  get a`

/** What lies above the pointer is gone, and with it what the lists hold. */
const heapPointerSet = `const 0  set-global table  get first  call old`

const bodies: Readonly<Record<string, Body>> = {
  ...arrays,
  opa_malloc: { parameters: 1, results: 1, code: malloc },
  opa_free: { parameters: 1, results: 0, code: free },
  opa_free_bulk: { parameters: 1, results: 0, code: free },
  opa_realloc: { parameters: 2, results: 1, code: realloc },
  opa_heap_ptr_set: { parameters: 1, results: 0, code: heapPointerSet },
}

/**
 * Returns a module whose allocator finds a free block at once, and the module itself where it is not the one that is known.
 *
 * OPA's allocator looks through all free blocks of more than 64 bytes, one after the other, both for a block and for the
 * place of one that is given back: half of the time of a large plan. Here each size has a list, the last block given back
 * comes first, blocks are not joined, and the size is all that stands before them. A block of code that holds a copy of the
 * old functions seems to have no size and is never given back. Arrays take less (`arrays.ts`), and so do inputs
 * (`sharing.ts`).
 */
export const allocating = (wasm: Uint8Array): Uint8Array => {
  const sections = sectionsOf(wasm)
  const names = namesOf(wasm, sections)
  const { functions, imported } = functionsOf(wasm, sections)
  const shapes = Object.entries(bodies).flatMap(([name, body]) => {
    const index = names.get(name)
    return index === undefined ? [] : [{ ...body, name, index, shape: functions[index] }]
  })
  const [allocate, release, ends, pointer] = ['opa_malloc', 'opa_free', 'opa_heap_ptr_set', 'opa_heap_ptr_get'].map(
    (name) => names.get(name),
  )
  const isOf = (name: string, parameters: number, results: number): boolean => {
    const shape = functions[names.get(name) ?? -1]
    return shape?.plain === true && shape.parameters === parameters && shape.results === results
  }
  const known = shapes.every(({ name, parameters, results }) => isOf(name, parameters, results))
  const shares =
    Object.values(called).every((each) => isOf(...each)) &&
    Object.values(added).every(({ like, parameters, results }) => isOf(like, parameters, results))
  const additions = shares ? Object.entries(added) : []
  const bodySection = sections.find(({ id }) => id === 10)
  const globals = sections.find(({ id }) => id === 6)
  if (!known || bodySection === undefined || globals === undefined) return wasm
  if (allocate === undefined || release === undefined || ends === undefined || pointer === undefined) return wasm
  const found = bodiesOf(wasm, bodySection)
  const heapEnd = addressRead(found[pointer - imported.size])
  if (heapEnd === undefined) return wasm

  const places = {
    ...locals,
    malloc: allocate,
    free: release,
    heapEnd,
    ...constantsOf(wasm, sections),
    ...Object.fromEntries(Object.entries(called).map(([word, [name]]) => [word, names.get(name) ?? 0])),
    ...Object.fromEntries(variables.map((word, at) => [word, countOf(wasm, globals) + at])),
    ...Object.fromEntries(additions.map(([word], at) => [word, functions.length + shapes.length + at])),
    tableSize: TABLE_SIZE,
    indices: INDICES,
    numbers: NUMBERS,
    values: NUMBERS + 4,
  }
  const kept: Uint8Array[] = []
  const types: number[] = []
  for (const { index, shape, code } of shapes.sort((one, other) => one.index - other.index)) {
    const own = found[index - imported.size]
    if (own === undefined || shape === undefined) return wasm
    found[index - imported.size] = bodyOf(code, { ...places, old: functions.length + kept.length })
    kept.push(own)
    types.push(...unsigned(shape.type))
  }
  const exported: number[] = []
  for (const [, { like, code, exported: name }] of additions) {
    if (name !== undefined) exported.push(...exportOf(name, functions.length + kept.length))
    kept.push(bodyOf(code, places))
    types.push(...unsigned(functions[names.get(like) ?? -1]?.type ?? 0))
  }
  const changed: Readonly<Record<number, (section: Section) => Uint8Array>> = {
    3: (section) => extended(wasm, section, kept.length, types),
    6: (section) =>
      extended(
        wasm,
        section,
        variables.length,
        variables.flatMap(() => ZERO),
      ),
    7: (section) => extended(wasm, section, exported.length === 0 ? 0 : 1, exported),
    10: () => sectionOf(10, [Uint8Array.from(unsigned(found.length + kept.length)), ...found, ...kept]),
  }
  return joined([
    wasm.subarray(0, 8),
    ...sections.map((section) => changed[section.id]?.(section) ?? wasm.subarray(section.from, section.end)),
  ])
}

/** Where the constants of a module end, which nothing changes, and where its strings begin; 0 where that is not known. */
const constantsOf = (wasm: Uint8Array, sections: readonly Section[]) => {
  const unknown = { stringsBegin: 0, dataEnd: 0 }
  const found = sections.find(({ id }) => id === 11)
  if (found === undefined) return unknown
  const read = cursor(wasm, found.start)
  const begins: number[] = []
  let dataEnd = 0
  for (let left = read.u32(); left > 0; left -= 1) {
    // A segment of memory 0 that begins at a constant: all that OPA writes.
    if (read.u32() !== 0 || read.byte() !== 0x41) return unknown
    const from = read.u32()
    if (read.byte() !== 0x0b) return unknown
    const length = read.u32()
    read.skip(length)
    begins.push(from)
    dataEnd = Math.max(dataEnd, from + length)
  }
  // OPA writes strings, then the tree of entrypoints.
  return { stringsBegin: begins.at(-2) ?? 0, dataEnd }
}

/** The address that a function reads if that is all that it does. */
const addressRead = (body: Uint8Array | undefined): number | undefined => {
  if (body === undefined || ![0, 0x41, 0, 0x28, 2].every((byte, at) => body[at + 1] === byte)) return undefined
  const read = cursor(body, 6)
  const address = read.u32()
  return read.byte() === 0x0b && read.at() === body.length ? address : undefined
}

const exportOf = (name: string, index: number): readonly number[] => {
  const text = new TextEncoder().encode(name)
  return [...unsigned(text.length), ...text, 0, ...unsigned(index)]
}

const bodyOf = (code: string, words: Readonly<Record<string, number>>): Uint8Array =>
  sized([1, 12, 0x7f, ...assemble(`${code} end`, words)])
