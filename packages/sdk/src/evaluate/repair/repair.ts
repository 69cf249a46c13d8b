import { collections } from './collections.ts'
import { documents } from './documents.ts'
import { grammars } from './grammars.ts'
import { iterator } from './iterate.ts'
import { natives } from './natives.ts'
import { numbers } from './numbers.ts'
import { ORIGINAL, type Replacement, rewrite, type Rewritten } from './rewrite.ts'
import { strings } from './strings.ts'
import type { Answer, Answers, Runtime } from './runtime.ts'

export { ORIGINAL } from './rewrite.ts'

/** Ids from here on are ours; OPA counts its own from 0. */
export const FIRST_ID = 1_000_000

const ITERATE = 'opa_value_iter'
const COMPARE = 'opa_value_compare_number'

/** What OPA's WebAssembly answers otherwise than its interpreter, by the function that is to be asked instead. */
const answers: Answers = { ...collections, ...documents, ...numbers, ...grammars, ...strings }

/** Go is asked about something else than the argument, where errors are strict as well. */
const AMENDED = 'opa_to_number'

/** Functions that go through sets and objects, and whose answer is the same in any order. */
const UNORDERED: readonly string[] = [
  '__merge',
  'builtin_member',
  'builtin_object_filter',
  'builtin_object_get',
  'builtin_object_keys',
  'builtin_object_remove',
  'builtin_object_union',
  'opa_json_dump',
  'opa_lookup',
  'opa_value_dump',
  'opa_value_shallow_copy',
]

const names: readonly string[] = [...new Set([ITERATE, ...Object.keys(answers), ...Object.keys(natives), ...UNORDERED])]

/** Which repairs a module gets. */
export interface RepairOptions {
  /** Whether all built-in functions of OPA's runtime are answered by the host, because they do not say that they failed. */
  readonly strict?: boolean
  /** Whether sets and objects are gone through in the order of the interpreter. */
  readonly ordered?: boolean
}

/** Returns the module with the repairs that could be placed. */
export const repaired = (wasm: Uint8Array, { strict = false, ordered = true }: RepairOptions = {}): Rewritten =>
  rewrite(wasm, [
    ...names.flatMap((name, at): readonly Replacement[] => {
      const wanted = name === ITERATE ? ordered : strict || name in answers
      const unordered = ordered && UNORDERED.includes(name)
      return wanted ? [{ name, id: FIRST_ID + at, steps: name === ITERATE }] : unordered ? [{ name, unordered }] : []
    }),
    ...(ordered ? [{ name: COMPARE, equal: true } as const] : []),
  ])

/** Returns what answers the calls of a repaired module, by id. */
export const repairsOf = (runtime: Runtime, strict = false) => {
  const walks = iterator(runtime.reader)
  const table = names.map((name): Answer => {
    const builtin = natives[name]
    if (name === ITERATE) {
      return (_, collection = 0, previous = 0) => walks.next(collection, previous)
    }
    if (strict && builtin !== undefined && name !== AMENDED) return ({ ask }, ...args) => ask(builtin, args)
    return answers[name] ?? (() => ORIGINAL)
  })
  return {
    call: (id: number, ...args: number[]): number => table[id - FIRST_ID]?.(runtime, ...args) ?? ORIGINAL,
    /** Answers the step through a collection, without an array of arguments: it is the call that is made most. */
    step: (id: number, a: number, b: number): number => {
      if (id === FIRST_ID) return walks.next(a, b)
      return table[id - FIRST_ID]?.(runtime, a, b) ?? ORIGINAL
    },
    /** Is due whenever memory is used anew: addresses then mean something else. */
    reset: walks.reset,
  }
}
