import { assemble } from './assemble.ts'
import { cursor, functionsOf, namesOf, sectionsOf, type Section, unsigned } from './binary.ts'
import { countOf, extended, joined, sectionOf } from './section.ts'

/** Names for locals, which a body has besides its parameters. */
const locals = { first: 0, second: 1, a: 2, b: 3, c: 4, d: 5 }

// A block is its size, two pointers, and behind these 12 bytes what it holds. The table has a list of free blocks for each
// size in steps of 16 up to 512, then for four steps to each power of two.

/** Leaves the place in the table of the list for the size in `a`, or of the next one below. */
const place = `
  get a  const 512  at-most  if-value
    get a  const 4  right
  else
    const 29  get a  clz  subtract  tee b  const 2  left
    get a  get b  right  add
  end
  const 2  left`

const end = `const 0  load heapEnd`
const room = `memory-size  const 16  left  ${end}  subtract`

const malloc = `
  get first  const 0  less-signed  if  get first  call old  return  end

  ; The size, rounded up to that of a list.
  get first  const 512  at-most  if
    const 16  set b
  else
    const 1  const 29  get first  clz  subtract  left  set b
  end
  get first  get b  add  const 1  subtract  const 0  get b  subtract  and  tee a
  const 16  get first  select  set a

  ; The table, which an evaluation makes when it first needs it.
  global table  is-zero  if
    const 512  ${room}  less  if
      ${end}  tee c  set-global table
      get c  const 0  const 512  fill
      const 0  get c  const 512  add  store heapEnd
    end
  end

  ; The first block of the list, if there is one.
  global table  if
    global table  ${place}  add  tee c  load 0  tee d  if
      get c  get d  load 8  store 0
      get d  const 0  store 8
      get d  const 12  add  return
    end
  end

  ; A new block, or the old function, which takes more memory or says that there is none.
  get a  const 12  add  ${room}  less  if
    ${end}  tee d  get a  store 0
    get d  const 0  store 4
    get d  const 0  store 8
    const 0  get d  const 12  add  tee c  get a  add  store heapEnd
    get c  return
  end
  get a  call old`

const free = `
  global table  is-zero  if  return  end
  get first  const 12  subtract  tee c  load 0  tee a  const 16  less  if  return  end
  get c  global table  ${place}  add  tee d  load 0  store 8
  get d  get c  store 0`

const realloc = `
  get second  call malloc  tee a
  get first
  get first  const 12  subtract  load 0  tee b  get second  get b  get second  less  select
  copy
  get first  call free
  get a`

/** What lies above the pointer is gone, and with it what the lists hold. */
const heapPointerSet = `const 0  set-global table  get first  call old`

interface Body {
  readonly parameters: number
  readonly results: number
  readonly code: string
}

const bodies: Readonly<Record<string, Body>> = {
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
 * comes first, and blocks are not joined. Blocks look as OPA's do, so that code of it which holds a copy of the old
 * functions loses memory at most, as it does between evaluations.
 */
export const allocating = (wasm: Uint8Array): Uint8Array => {
  const sections = sectionsOf(wasm)
  const names = namesOf(wasm, sections)
  const { functions, imported } = functionsOf(wasm, sections)
  const shapes = Object.entries(bodies).flatMap(([name, body]) => {
    const index = names.get(name)
    return index === undefined ? [] : [{ ...body, index, shape: functions[index] }]
  })
  const known = shapes.every(({ parameters, results, shape }) => {
    return shape?.plain === true && shape.parameters === parameters && shape.results === results
  })
  const [allocate, release, ends, pointer] = ['opa_malloc', 'opa_free', 'opa_heap_ptr_set', 'opa_heap_ptr_get'].map(
    (name) => names.get(name),
  )
  const bodySection = sections.find(({ id }) => id === 10)
  const globals = sections.find(({ id }) => id === 6)
  if (!known || bodySection === undefined || globals === undefined) return wasm
  if (allocate === undefined || release === undefined || ends === undefined || pointer === undefined) return wasm
  const found = bodiesOf(wasm, bodySection, new Set([pointer, ...shapes.map(({ index }) => index)]), imported.size)
  const heapEnd = addressRead(found.get(pointer))
  if (heapEnd === undefined) return wasm

  const places = { ...locals, malloc: allocate, free: release, heapEnd, table: countOf(wasm, globals) }
  const kept: Uint8Array[] = []
  const types: number[] = []
  const parts: Uint8Array[] = []
  let at = cursorAfterCount(wasm, bodySection)
  for (const { index, shape, code } of shapes.sort((one, other) => one.index - other.index)) {
    const own = found.get(index)
    if (own === undefined || shape === undefined) return wasm
    const from = own.byteOffset - wasm.byteOffset
    const old = functions.length + kept.length
    const replaced = sized([1, 6, 0x7f, ...assemble(`${code} end`, { ...places, old })])
    parts.push(wasm.subarray(at, from), replaced)
    at = from + own.length
    kept.push(own)
    types.push(...unsigned(shape.type))
  }
  parts.push(wasm.subarray(at, bodySection.end))
  const bodyCount = Uint8Array.from(unsigned(countOf(wasm, bodySection) + kept.length))
  const zero = [0x7f, 1, 0x41, 0, 0x0b]
  const changed: Readonly<Record<number, (section: Section) => Uint8Array>> = {
    3: (section) => extended(wasm, section, kept.length, types),
    6: (section) => extended(wasm, section, 1, zero),
    10: () => sectionOf(10, [bodyCount, ...parts, ...kept]),
  }
  return joined([
    wasm.subarray(0, 8),
    ...sections.map((section) => changed[section.id]?.(section) ?? wasm.subarray(section.from, section.end)),
  ])
}

const cursorAfterCount = (wasm: Uint8Array, { start }: Section): number => {
  const read = cursor(wasm, start)
  read.u32()
  return read.at()
}

/** The bodies of some functions by their indices, each with its size before it. */
const bodiesOf = (
  wasm: Uint8Array,
  { start }: Section,
  wanted: ReadonlySet<number>,
  first: number,
): ReadonlyMap<number, Uint8Array> => {
  const read = cursor(wasm, start)
  const found = new Map<number, Uint8Array>()
  for (let index = first, left = read.u32(); left > 0; index += 1, left -= 1) {
    const from = read.at()
    read.skip(read.u32())
    if (wanted.has(index)) found.set(index, wasm.subarray(from, read.at()))
  }
  return found
}

/** The address that a function reads if that is all that it does. */
const addressRead = (body: Uint8Array | undefined): number | undefined => {
  if (body === undefined || ![0, 0x41, 0, 0x28, 2].every((byte, at) => body[at + 1] === byte)) return undefined
  const read = cursor(body, 6)
  const address = read.u32()
  return read.byte() === 0x0b && read.at() === body.length ? address : undefined
}

const sized = (contents: readonly number[]): Uint8Array => Uint8Array.of(...unsigned(contents.length), ...contents)
