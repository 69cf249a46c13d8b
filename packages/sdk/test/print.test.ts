import { readBundle } from '@plangate/bundle'
import { loadOpa } from '@plangate/opa'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { type GateOptions, gateOf, loadGate } from '../src/gate.ts'
import { loadPolicy } from '../src/policy.ts'
import { outcome, planWith } from './bundle.ts'

const source = `package main

long := "${'a'.repeat(1000)}"

deny contains "printed" if {
	input.variables.print
	print("value", input.variables.print.value, {1, "a"}, input.nope, [x | some x in [1, null]])
}

deny contains "many" if {
	input.variables.many
	some n in numbers.range(1, 3000)
	print(n, long)
	n < 0
}

deny contains "failed" if {
	input.variables.fail
	to_number(input.variables.fail.value) == 1
}
`
let bundle: Uint8Array
beforeAll(async () => {
  const files = [{ path: 'main.rego', contents: new TextEncoder().encode(source) }]
  const settings = { entrypoints: ['main/deny'], target: 'wasm', fallback: 'test', regoVersion: 1 } as const
  const built = (await loadOpa()).build(files, { ...settings, includePrint: true })
  bundle = built.bundle ?? new Uint8Array()
})

const secret = 'a-secret-that-is-long'
const about = (name: string, value: unknown) =>
  planWith({
    variables: { [name]: { value } },
    configuration: { root_module: { variables: { [name]: { sensitive: value === secret } } } },
  })

describe.each([
  ['in the thread of the caller', {}],
  ['in another thread', { workers: 1 }],
] satisfies [string, GateOptions][])('%s', (_, options) => {
  test('what policies print comes to the caller as OPA prints it, masked', async () => {
    await using gate = await loadGate(bundle, options)
    const lines: unknown[] = []
    const onPrint = (...args: unknown[]) => lines.push(args)
    const plans = [about('print', 'x y'), about('print', secret), about('other', 1)]
    for (const plan of plans) await gate.evaluate(plan, { onPrint })
    expect(lines).toEqual([
      ['value x y {1, "a"} <undefined> [1, null]', plans[0]],
      ['value (redacted) {1, "a"} <undefined> [1, null]', plans[1]],
    ])
  })

  test('all of a plan is evaluated where somebody takes what policies print, and else what is read', async () => {
    const { manifest, ...read } = await readBundle(bundle)
    // A bundle that says that it reads nothing, so that it shows what it is given.
    const reads = { sets: [{ input: [], data: [] }], entrypoints: { 'main/deny': [0] }, policies: {} }
    // `as`: the rest of what plangate's compiler says of a bundle is not looked at here
    const metadata = { plangate: { reads, catalogue: [] } } as unknown as typeof manifest.metadata
    await using gate = await gateOf({ ...read, manifest: { ...manifest, metadata } }, options)
    const plan = about('print', 1)
    const pipe = () => ReadableStream.from([new TextEncoder().encode(JSON.stringify(plan))])
    const messages = async (asked: object, given: Parameters<typeof gate.evaluate>[0]) =>
      (await gate.evaluate(given, asked)).findings.map(({ msg }) => msg)
    for (const make of [() => plan, pipe]) {
      expect(await messages({}, make())).toEqual([])
      expect(await messages({ onPrint: () => {} }, make())).toEqual(['printed'])
    }
  })

  test('what is printed is bounded', async () => {
    await using gate = await loadGate(bundle, options)
    const lines: string[] = []
    await gate.evaluate(about('many', 1), { onPrint: (line) => lines.push(line) })
    expect([lines[0], lines.at(-1)]).toEqual([`1 ${'a'.repeat(1000)}`, '…'])
    expect(lines.join('').length).toBeLessThan(1024 * 1024 + 10)
  })

  test('a built-in function that fails is an error where errors are strict, without its values', async () => {
    await using strict = await loadGate(bundle, { ...options, strictBuiltinErrors: true })
    await using lax = await loadGate(bundle, options)
    expect((await lax.evaluate(about('fail', secret))).verdict).toBe('pass')
    expect(await outcome(strict.evaluate(about('fail', secret)))).toEqual({
      code: 'ERR_EVALUATION',
      message: '`to_number` failed: eval_builtin_error',
    })
    expect((await strict.evaluate(about('fail', '1'))).findings.map(({ msg }) => msg)).toEqual(['failed'])
  })
})

test('an evaluator of any input hands on what is printed as well', async () => {
  const policy = await loadPolicy(bundle)
  const lines: string[] = []
  const input = { variables: { print: { value: new Set([2, 1]) } } }
  await policy.evaluate({ entrypoint: 'main/deny', input, onPrint: (line) => lines.push(line) })
  expect(lines).toEqual(['value {1, 2} {1, "a"} <undefined> [1, null]'])
})
