import { readBundle } from '@plangate/bundle'
import { describe, expect } from '@jest/globals'
import { compilePolicy, openPolicy, type Policy } from '../src/evaluate/wasm.ts'
import { hostBuiltins } from '../src/evaluate/builtins/host.ts'
import { bundleOf } from './bundle.ts'
import { because, guarded, interpreted } from './oracle.ts'

/** Policies and inputs for which an order matters, or numbers that are equal and not written alike, and sets. */
const generator = (seed: number) => {
  let state = seed
  const random = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const pick = <T>(of: readonly [T, ...(readonly T[])]): T => of[random(of.length)] ?? of[0]
  const scalar = (): string =>
    pick([
      ...([
        'null',
        'true',
        'false',
        '0',
        '1',
        '1.0',
        '1e0',
        '-1',
        '2.5',
        '2.50',
        '10',
        '1e3',
        '1000',
        '1000.0',
      ] as const),
      ...(['9007199254740993', '0.1', '"a"', '"b"', '"B"', '"é"', '"aa"', '""', '"z9"', '"10"'] as const),
    ])
  const some = (most: number, make: () => string): readonly string[] => Array.from({ length: random(most + 1) }, make)
  const value = (depth: number): string => {
    const kind = random(depth > 0 ? 8 : 4)
    if (kind < 4) return scalar()
    if (kind === 4) return array(depth)
    return kind === 5 ? set(depth) : object(depth, kind === 6)
  }
  const array = (depth: number): string => `[${some(4, () => value(depth - 1)).join(', ')}]`
  const set = (depth: number): string => {
    const items = [...new Set(some(5, () => value(depth - 1)))]
    return items.length === 0 ? 'set()' : `{${items.join(', ')}}`
  }
  const key = (): string => pick(['"a"', '"b"', '"c"', '"B"', '"é"', '"aa"', '"k1"', '"k2"'])
  const object = (depth: number, texts = true): string => {
    const keys = [...new Set(some(5, texts ? key : () => pick(['0', '7', '"a"', 'true', '"b"', 'null'])))]
    return `{${keys.map((each) => `${each}: ${value(depth - 1)}`).join(', ')}}`
  }
  const from = (): string => pick(['input.s', 'input.o', 'input.a', 'input.t'])
  const rule = (name: string): string =>
    pick([
      () => `${name} := [x | some x in ${from()}]`,
      () => `${name} := [[k, v] | some k, v in ${from()}]`,
      () => `${name} := [[x, y] | some x in ${from()}; some y in ${from()}; x != y]`,
      () => `${name} := [x | some x in ${from()}; every y in ${from()} { x != y }]`,
      () => `${name} := [x | x := [y | some y in ${from()}][_]; is_number(x)]`,
      () => `${name} := {[x, l] | some x in ${from()}; l := [y | some y in ${from()}; y != x]}`,
      () => `${name} := {x: l | some x in ${from()}; l := [[y, z] | some y in ${from()}; some z in ${from()}; z != x]}`,
      () => `${name} := {x: n | some x in ${from()}; n := count([1 | some y in ${from()}; x == y])}`,
      () => `${name} := {x | some x in ${from()}}`,
      () => `${name} := {"set": {x | some x in ${from()}}, "list": [x | some x in ${from()}]}`,
      () => `${name} := [x | some x in {y | some y in ${from()}}]`,
      () => `${name} := sprintf("%v", [{x | some x in ${from()}}])`,
      () => `${name} := json.marshal({sprintf("%v", [x]): 1 | some x in ${from()}})`,
      () => `${name} := concat("-", [sprintf("%v", [x]) | some x in ${from()}])`,
      () => `${name} := concat("-", {sprintf("%v", [x]) | some x in ${from()}})`,
      () => `${name} := [p | walk(${from()}, [p, _])]`,
      () => `${name} := {v | walk(${from()}, [_, v]); is_string(v)}`,
      () => `${name} := sum({x | some x in ${from()}; is_number(x)})`,
      () => `${name} := input.s | input.t`,
      () => `${name} := {x | some x in input.s} - {x | some x in input.t}`,
      () => `${name} := through(${from()})`,
      () => `${name} := {y | some x in ${from()}; y := through([x, ${from()}])}`,
      () => `${name} contains sprintf("%v has %v", [k, v]) if some k, v in ${from()}`,
      () => `${name} contains [x, through(x)] if some x in ${from()}`,
      () => `${name}[type_name(x)] contains y if {\n\tsome x in ${from()}\n\tsome y in ${from()}\n}`,
      () =>
        `${name}[type_name(x)] := l if {\n\tsome x in ${from()}\n\tl := [y | some y in ${from()}; type_name(y) == type_name(x)]\n}`,
      () => `${name} if {\n\tsome x in ${from()}\n\tnot x in ${from()}\n}`,
      () => `${name} := n if {\n\tn := count([x | some x in ${from()}; x in ${from()}])\n} else := 0`,
      () => `${name} := max([x | some x in ${from()}; is_number(x)])`,
      () => `${name} := [x | some x in ${from()} with input.s as {3, 1, "b", "a"} with input.o as {"b": 1, "a": 2}]`,
      () => `${name} := [x | some x in shared]`,
      () => `${name} := [x | some x in {y | some y in numbers.range(0, ${20 + random(20)}); y != count(${from()})}]`,
      () => `${name} := [x | some x in {y | some y in numbers.range(-9, 30)} | {x | some x in ${from()}}]`,
    ])()
  const input = (): string => `{"s": ${set(2)}, "t": ${set(1)}, "o": ${object(2)}, "a": [${value(2)}, ${value(2)}]}`
  const source = (rules: number): string =>
    [
      'package p',
      'through(xs) := [x | some x in xs]',
      'shared contains x if some x in input.s',
      'shared contains k if some k, _ in input.o',
      ...Array.from({ length: rules }, (_, at) => rule(`r${at}`)),
    ].join('\n\n')
  return { source, input }
}

/** The JSON of each rule for an input as OPA value text. */
const answers = async (policy: Policy, rules: number, input: string): Promise<readonly (string | undefined)[]> => {
  const { begin } = await hostBuiltins(policy.builtins)
  return policy.evaluateTexts({
    input: new TextEncoder().encode(input),
    inputIsText: true,
    data: { key: 'none', base: new TextEncoder().encode('{}'), mounts: [] },
    entrypoints: Array.from({ length: rules }, (_, at) => `p/r${at}`),
    builtin: begin(new Date(0)),
    memoryBytes: 2 ** 25,
  })
}

const open = async (source: string, rules: number): Promise<Policy> => {
  const entrypoints = Array.from({ length: rules }, (_, at) => `p/r${at}`)
  const { wasm = new Uint8Array() } = await readBundle(await bundleOf({ 'p.rego': source }, entrypoints))
  return compilePolicy(wasm)
}

const [rounds, rules, inputs] = process.env['PLANGATE_TEST_FULL'] === undefined ? [2, 30, 8] : [40, 50, 12]

describe('order, numbers and sets', () => {
  const seeds = Array.from({ length: rounds }, (_, at) => [at + 1] as const)
  guarded.each(seeds)(`of generated policies are those of opa${because} (%i)`, async (seed) => {
    const { source, input } = generator(seed)
    const text = source(rules)
    const policy = await open(text, rules)
    const inOrder = openPolicy({ ...policy.compiled, free: false })
    const given = Array.from({ length: inputs }, input)
    const asked = given.flatMap((each) =>
      Array.from({ length: rules }, (_, at) => ({ document: `data.p.r${at}`, input: each })),
    )
    const expected = interpreted(text, asked)
    for (const [at, each] of given.entries()) {
      const wanted = expected.slice(at * rules, (at + 1) * rules)
      const about = { rules: text, input: each }
      expect({ ...about, answers: await answers(policy, rules, each) }).toEqual({ ...about, answers: wanted })
      expect({ ...about, answers: await answers(inOrder, rules, each) }).toEqual({ ...about, answers: wanted })
    }
  })
})
