import { assemble } from './assemble.ts'
import { functionsOf, namesOf, sectionsOf, type Section, unsigned } from './binary.ts'
import { bodiesOf, countOf, extended, joined, sectionOf, sized, ZERO } from './section.ts'

/** What a function does instead, in the words of {@link assemble}. */
export interface Body {
  readonly parameters: number
  readonly results: number
  /**
   * Besides parameters, which are `first`, `second` and so on, there are locals: from `a` to `f`, and from `w` to `z` wide ones.
   * `old` is the function as it was.
   */
  readonly code: string
}

/** Functions that are replaced together, or not at all, as far as a module has them. */
export interface Part {
  readonly bodies: Readonly<Record<string, Body>>
  /** What bodies call, by the words for it: a name, and how many values it takes and gives. */
  readonly calls: Readonly<Record<string, readonly [name: string, parameters: number, results: number]>>
  /** Words for globals. They are 0 to begin with, and whenever the heap is: they say where something lies in it. */
  readonly globals?: readonly string[]
}

const parameterNames = ['first', 'second', 'third', 'fourth']
const localNames = ['a', 'b', 'c', 'd', 'e', 'f', 'w', 'x', 'y', 'z']
/** Six locals that are i32, and four that are i64. */
const LOCALS = [2, 6, 0x7f, 4, 0x7e]

/**
 * Returns a module with other bodies for functions, part by part as far as it has all that a part names. No index of a
 * function changes; what a body calls as `old` is added behind all others.
 */
export const install = (wasm: Uint8Array, parts: readonly Part[]): Uint8Array => {
  const sections = sectionsOf(wasm)
  const [code, globals] = [10, 6].map((id) => sections.find((section) => section.id === id))
  if (code === undefined || globals === undefined) return wasm
  const names = namesOf(wasm, sections)
  const { functions, imported } = functionsOf(wasm, sections)
  const bodies = bodiesOf(wasm, code)
  const kept: Uint8Array[] = []
  const types: number[] = []
  const globalsBefore = countOf(wasm, globals)
  let globalsAdded = 0

  const indexOf = (name: string): number => names.get(name) ?? -1
  const isShaped = (name: string, parameters: number, results: number): boolean => {
    const shape = functions[indexOf(name)]
    return shape?.plain === true && shape.parameters === parameters && shape.results === results
  }
  // OPA leaves out what a module does not call.
  const present = ({ bodies: wanted }: Part) => Object.entries(wanted).filter(([name]) => names.has(name))
  const isKnown = (part: Part): boolean =>
    present(part).every(
      ([name, body]) =>
        isShaped(name, body.parameters, body.results) &&
        Object.entries(part.calls).every(([word, called]) => isShaped(...called) || !calls(body.code, word)),
    )
  const place = (name: string, { parameters, code: text }: Body, words: Readonly<Record<string, number>>): void => {
    const index = indexOf(name)
    const own = bodies[index - imported.size]
    if (own === undefined) return
    const locals = [...parameterNames.slice(0, parameters), ...localNames].map((word, at) => [word, at])
    const all = { ...words, ...Object.fromEntries(locals), old: functions.length + kept.length }
    bodies[index - imported.size] = sized([...LOCALS, ...assemble(`${text} end`, all)])
    if (!calls(text, 'old')) return
    kept.push(own)
    types.push(...unsigned(functions[index]?.type ?? 0))
  }

  const forgets = isShaped(HEAP_IS_SET, 1, 0)
  for (const part of parts) {
    if (!isKnown(part) || (part.globals !== undefined && !forgets)) continue
    const added = present(part).length === 0 ? [] : (part.globals ?? [])
    const words = Object.fromEntries([
      ...Object.entries(part.calls).map(([word, [name]]) => [word, indexOf(name)]),
      ...added.map((word, at) => [word, globalsBefore + globalsAdded + at]),
    ])
    for (const [name, body] of present(part)) place(name, body, words)
    globalsAdded += added.length
  }
  if (globalsAdded > 0) place(HEAP_IS_SET, forgetting(globalsBefore, globalsAdded), {})
  const changed: Readonly<Record<number, (section: Section) => Uint8Array>> = {
    3: (section) => extended(wasm, section, kept.length, types),
    6: (section) => extended(wasm, section, globalsAdded, Array.from({ length: globalsAdded }, () => ZERO).flat()),
    10: () => sectionOf(10, [Uint8Array.from(unsigned(bodies.length + kept.length)), ...bodies, ...kept]),
  }
  return joined([
    wasm.subarray(0, 8),
    ...sections.map((section) => changed[section.id]?.(section) ?? wasm.subarray(section.from, section.end)),
  ])
}

const HEAP_IS_SET = 'opa_heap_ptr_set'

const forgetting = (first: number, count: number): Body => {
  const globals = Array.from({ length: count }, (_, at) => `const 0  set-global ${first + at}`)
  return { parameters: 1, results: 0, code: `${globals.join('  ')}  get first  call old` }
}

const calls = (code: string, word: string): boolean => new RegExp(`\\bcall ${word}\\b`).test(code)
