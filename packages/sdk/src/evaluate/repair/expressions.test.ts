import { readBundle } from '@plangate/bundle'
import { beforeAll, expect, test } from '@jest/globals'
import { bundleOf } from '../../../test/bundle.ts'
import type { EvaluateRequest } from '../request.ts'
import { compilePolicy, type Policy } from '../wasm.ts'
import { remembering } from './expressions.ts'

const source = `package p

wrong contains [i, j] if {
	some i in numbers.range(1, 3)
	some j in numbers.range(1, input.patterns)
	some k in numbers.range(1, 4)
	pattern := concat("", ["^", input.first, format_int(j, 10), "y+$"])
	not regex.match(pattern, concat("", [input.first, format_int(j, 10), substring("yyyyy", 0, k)]))
}

big := count(numbers.range(1, input.size))
`
let wasm: Uint8Array
let policy: Policy
beforeAll(async () => {
  wasm = (await readBundle(await bundleOf({ 'p.rego': source }, ['p/wrong', 'p/big']))).wasm ?? new Uint8Array()
  policy = await compilePolicy(wasm)
})

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
const evaluate = (input: object, name = 'wrong', memoryBytes = 2 ** 32, evaluated = policy): readonly unknown[] => {
  const request: EvaluateRequest = {
    input: encode(JSON.stringify(input)),
    data: { key: 'none', base: encode('{}'), mounts: [] },
    entrypoints: [`p/${name}`],
    builtin: () => undefined,
    memoryBytes,
  }
  return evaluated.evaluate(request)
}

test('more than a hundred expressions are right, in one evaluation and over several', () => {
  expect(evaluate({ first: 'x', patterns: 150 })).toEqual([[]])
  for (const first of 'abcdefghijkl') expect(evaluate({ first, patterns: 40 })).toEqual([[]])
})

test('only the module that is known is changed, in two bytes', async () => {
  const { wasm: patched, keeps } = remembering(wasm)
  const differing = [...wasm.keys()].filter((at) => wasm[at] !== patched[at])
  expect([keeps, differing.length, wasm.length === patched.length]).toEqual([true, 2, true])
  expect(remembering(patched)).toEqual({ wasm: patched, keeps: false })
  const plain = (await readBundle(await bundleOf({ 'p.rego': 'package p\nx := input.x' }, ['p/x']))).wasm
  expect(remembering(plain ?? wasm).keeps).toBe(false)
})

test('an evaluation has all of its limit, whatever those before have left', async () => {
  const limit = 32 * 1024 * 1024
  const used = await compilePolicy(wasm)
  const sizes = [90_000, 100_000, 120_000, 9, 90_000, 100_000, 120_000, 9]
  expect(sizes.map((size) => evaluate({ size }, 'big', limit, used))).toEqual(sizes.map((size) => [size]))
})
