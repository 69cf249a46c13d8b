import { assemble } from './assemble.ts'
import { cursor, functionsOf, namesOf, sectionsOf, type Section, type Shape, signed, unsigned } from './binary.ts'
import { freed, type Steps } from './free.ts'
import { countOf, extended, joined, sectionOf } from './section.ts'

/** What the host returns for a call that the replaced function itself is to answer. */
export const ORIGINAL = -1

/** A function of OPA's runtime that is replaced. */
export type Replacement = {
  readonly name: string
} & (
  | {
      /** The host is asked, by this number. */
      readonly id: number
      /** It goes through collections: arrays, what has fewer than two elements, and {@link Unordered} callers, stay with it. */
      readonly steps?: boolean
    }
  | Unordered
  | Equal
)

/** It goes through collections in any order, since its answer does not show one. */
interface Unordered {
  readonly unordered: true
}

/** It says that two numbers are equal and not written alike, and {@link SEEN} is set where it does. */
interface Equal {
  readonly equal: true
}

/** The global that asks for OPA's order everywhere, exported where a module has loops that need none. */
export const ORDERED = 'plangate_ordered'

/** The global that tells that two numbers were equal without being written alike. */
export const SEEN = 'plangate_seen'

/** A module whose functions are replaced, as far as they were found. */
export interface Rewritten {
  readonly wasm: Uint8Array
  /** Names of functions that are there and could not be replaced; all of them where the module has lost its names. */
  readonly unrepaired: readonly string[]
  /** Names of the functions that policies define: they take more than input and data. */
  readonly functions: ReadonlySet<string>
  /** Whether loops that need no order have none, unless {@link ORDERED} is set. */
  readonly free: boolean
}

/**
 * Returns a module in which functions ask the host instead: the body of each becomes a call of the import `opa_builtinN`,
 * and a call of the old body, now a function behind all others, where the host answers {@link ORIGINAL}.
 *
 * No index of a function changes, so nothing else does. A function that a module with names does not name is not used by
 * it: OPA leaves it out of what it compiles.
 */
export const rewrite = (wasm: Uint8Array, replacements: readonly Replacement[]): Rewritten => {
  const sections = sectionsOf(wasm)
  const names = namesOf(wasm, sections)
  const { functions, imported } = functionsOf(wasm, sections)
  if (!names.has(ALWAYS)) {
    return { wasm, unrepaired: replacements.map(({ name }) => name), functions: new Set(), free: false }
  }
  const defined = [...names].filter(([name, index]) => DOCUMENT.test(name) && (functions[index]?.parameters ?? 0) > 2)
  const unrepaired: string[] = []
  const placed = new Map<number, { readonly shape: Shape; readonly call: number; readonly from: Replacement }>()
  const flag = globalsOf(wasm, sections)
  const seen = (flag ?? 0) + 1
  const needsOrder = (flag ?? 0) + 2
  for (const from of replacements) {
    const index = names.get(from.name)
    if (index === undefined) continue
    const shape = functions[index]
    const call = imported.get(`opa_builtin${shape?.parameters}`)
    const isOurs = shape?.plain === true && index >= imported.size
    if (!isOurs || call === undefined || flag === undefined) unrepaired.push(from.name)
    else placed.set(index, { shape, call, from })
  }
  const added: number[] = []
  const bodies: Uint8Array[] = []
  const calls = stepsOf(names, placed, functions.length)
  const planned = new Set(
    calls === undefined ? [] : [...names].flatMap(([name, at]) => (DOCUMENT.test(name) ? [at] : [])),
  )
  if (calls !== undefined) {
    added.push(functions[calls.step]?.type ?? 0)
    bodies.push(new Uint8Array())
  }
  const codeOf = ({ start, end }: Section): readonly Uint8Array[] => {
    const read = cursor(wasm, start)
    const count = read.u32()
    const code: Uint8Array[] = []
    for (let at = 0; at < count; at += 1) {
      const from = read.at()
      read.skip(read.u32())
      const index = imported.size + at
      const body = wasm.subarray(from, read.at())
      const found = placed.get(index)
      if (found === undefined) code.push(calls && planned.has(index) ? freed(body, calls) : body)
      else {
        const old = functions.length + added.length
        added.push(found.shape.type)
        bodies.push(body)
        if (index === calls?.step) bodies[0] = freeBody(index, old, needsOrder)
        const { shape, call, from: replacement } = found
        if ('equal' in replacement) code.push(equalBody(old, seen))
        else if ('unordered' in replacement) code.push(unorderedBody(shape, old, flag ?? 0))
        else code.push(askingBody(shape, call, replacement, old, flag ?? 0))
      }
    }
    if (read.at() !== end) throw new RangeError('the code does not end where it should')
    return [...code, ...bodies]
  }
  // The code says how many functions are added, which the section before it has to know.
  const code = sections.filter(({ id }) => id === 10).flatMap(codeOf)
  const parts = sections.map((section) => {
    if (section.id === 10) return sectionOf(10, [Uint8Array.from(unsigned(code.length)), ...code])
    if (section.id === 6) return extended(wasm, section, 3, [zero, zero, zero].flat())
    if (section.id === 7) return extended(wasm, section, 2, [...exported(SEEN, seen), ...exported(ORDERED, needsOrder)])
    if (section.id === 3) return extended(wasm, section, added.length, added.flatMap(unsigned))
    return wasm.subarray(section.from, section.end)
  })
  return {
    wasm: joined([wasm.subarray(0, 8), ...parts]),
    unrepaired,
    functions: new Set(defined.map(([name]) => name)),
    free: calls !== undefined,
  }
}

/** The functions that tell which loops need no order, if all are there; the first that is added is to be the free one. */
const stepsOf = (
  names: ReadonlyMap<string, number>,
  placed: ReadonlyMap<number, { readonly from: Replacement }>,
  free: number,
): Steps | undefined => {
  const found = [...placed]
  const [step] = found.find(([, { from }]) => 'id' in from && from.steps === true) ?? []
  if (step === undefined || !found.some(([, { from }]) => 'equal' in from)) return undefined
  return { step, make: names.get('opa_array_with_cap') ?? -1, append: names.get('opa_array_append') ?? -1, free }
}

/** A function that every module has: without it at least the names of OPA's runtime are gone. */
const ALWAYS = 'opa_value_iter'

const exported = (name: string, global: number): readonly number[] => [
  name.length,
  ...new TextEncoder().encode(name),
  0x03,
  ...unsigned(global),
]

/** What OPA's planner calls a rule or a function: a generation, and its path. */
const DOCUMENT = /^g\d+\.data\./

/** How many globals a module has, which is the index of one that is added; undefined where it has no section for them. */
const globalsOf = (wasm: Uint8Array, sections: readonly Section[]): number | undefined => {
  const found = sections.find(({ id }) => id === 6)
  return found === undefined ? undefined : countOf(wasm, found)
}

// https://webassembly.github.io/spec/core/binary/instructions.html
const op = {
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  return: 0x0f,
  call: 0x10,
  get: 0x20,
  set: 0x21,
  tee: 0x22,
  getGlobal: 0x23,
  setGlobal: 0x24,
  load: 0x28,
  loadByte: 0x2d,
  const: 0x41,
  equalsZero: 0x45,
  equals: 0x46,
  lessThan: 0x49,
  atLeast: 0x4f,
  subtract: 0x6b,
  i32: 0x7f,
  nothing: 0x40,
} as const

/** A global that is changed, and 0 at first. */
const zero = [op.i32, 1, op.const, 0, op.end]

const body = (locals: number, code: readonly number[]): Uint8Array => {
  const all = [1, locals, op.i32, ...code, op.end]
  return Uint8Array.of(...unsigned(all.length), ...all)
}

const parametersOf = ({ parameters }: Shape): readonly number[] =>
  Array.from({ length: parameters }, (_, at) => [op.get, at]).flat()

/** Asks the host, and calls the function itself where the host answers so. */
const askingBody = (
  shape: Shape,
  call: number,
  { id, steps = false }: { readonly id: number; readonly steps?: boolean },
  old: number,
  flag: number,
): Uint8Array => {
  const answer = shape.parameters
  const original = [...parametersOf(shape), op.call, ...unsigned(old)]
  const ask = [op.const, ...signed(id), op.const, 0, ...parametersOf(shape), op.call, ...unsigned(call)]
  const isOriginal = [op.const, ...signed(ORIGINAL), op.equals]
  return body(1, [
    ...(steps ? passing([...original, op.return], flag) : []),
    ...ask,
    ...(shape.results === 1
      ? [op.tee, answer, ...isOriginal, op.if, op.i32, ...original, op.else, op.get, answer, op.end]
      : [...isOriginal, op.if, op.nothing, ...original, op.end]),
  ])
}

/** Goes on in the order of hashes, unless order is asked for everywhere. */
const freeBody = (step: number, old: number, needsOrder: number): Uint8Array =>
  body(
    0,
    assemble('global order  if  get 0  get 1  call step  return  end  get 0  get 1  call old', {
      order: needsOrder,
      step,
      old,
    }),
  )

/** Compares two numbers, and notes where they are equal and written in two ways: as 1 and 1.0, but not as 64 bits and as text. */
const equalBody = (old: number, seen: number): Uint8Array =>
  body(4, assemble(equal, { first: 0, second: 1, a: 2, b: 3, c: 4, d: 5, old, seen }))

// A number is 64 bits (1 in its second byte) or text (2), of which the address and the length follow.
const equal = `
  get first  get second  call old  tee a  if  get a  return  end
  block
    get first  get second  equal  br-if 0
    get first  load-byte 1  tee b  get second  load-byte 1  equal  if
      get b  const 1  equal  br-if 1
      get first  load 12  tee c  get second  load 12  equal  if
        loop
          get c  is-zero  br-if 3
          get c  const 1  subtract  set c
          get first  load 8  get c  add  load-byte 0
          get second  load 8  get c  add  load-byte 0
          equal  br-if 0
        end
      end
    else
      get first  get second  get b  const 2  equal  select  tee d
      load 12  set c
      get d  load 8  tee b
      ; -0 is no integer's text, and others have only digits behind their sign.
      load-byte 0  const 45  equal  get b  load-byte 1  const 48  equal  and  is-zero  if
        loop
          get c  is-zero  br-if 3
          get c  const 1  subtract  set c
          get b  get c  add  load-byte 0  tee a
          const 48  subtract  const 10  less
          get a  const 45  equal  or  br-if 0
        end
      end
    end
    const 1  set-global seen
  end
  const 0`

/** Says while the function runs that nobody minds the order of what it goes through. */
const unorderedBody = (shape: Shape, old: number, flag: number): Uint8Array => {
  const before = shape.parameters
  const answer = before + 1
  const at = unsigned(flag)
  const call = [...parametersOf(shape), op.call, ...unsigned(old)]
  const [keep, give] =
    shape.results === 1
      ? [
          [op.set, answer],
          [op.get, answer],
        ]
      : [[], []]
  const raise = [op.getGlobal, ...at, op.set, before, op.const, 1, op.setGlobal, ...at]
  return body(2, [...raise, ...call, ...keep, op.get, before, op.setGlobal, ...at, ...give])
}

/**
 * Leaves to `original` what nobody minds the order of, a null pointer, what is neither an object (6) nor a set (7), and what
 * has fewer than two elements.
 */
const passing = (original: readonly number[], flag: number): readonly number[] => {
  const is = (...condition: readonly number[]) => [...condition, op.if, op.nothing, ...original, op.end]
  return [
    ...is(op.getGlobal, ...unsigned(flag)),
    ...is(op.get, 0, op.equalsZero),
    ...is(op.get, 0, op.loadByte, 0, 0, op.const, 6, op.subtract, op.const, 2, op.atLeast),
    ...is(op.get, 0, op.load, 2, 12, op.const, 2, op.lessThan),
  ]
}
