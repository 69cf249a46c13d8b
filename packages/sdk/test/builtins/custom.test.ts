import { describe, expect, test } from '@jest/globals'
import { loadOpa } from '@plangate/opa'
import { capabilitiesOf } from '../../src/evaluate/builtins/capabilities.ts'
import type { BuiltinSource, CustomBuiltin } from '../../src/evaluate/builtins/custom.ts'
import { loadGate } from '../../src/gate.ts'
import { loadPolicy } from '../../src/policy.ts'
import { outcome, planWith } from '../bundle.ts'

const text = { type: 'string' } as const
const any = { type: 'any' } as const
const lookup: CustomBuiltin = {
  name: 'acme.lookup',
  args: [text],
  result: { type: 'object', dynamic: { key: text, value: any } },
  call: (id: string) => new Map([['a', { ids: new Set([1, 2n ** 64n]), name: 'é' }]]).get(id),
}

const compiled = async (sources: readonly BuiltinSource[], rego: string, entrypoint: string): Promise<Uint8Array> => {
  const { bundle, diagnostics } = (await loadOpa()).build(
    [{ path: 'p.rego', contents: new TextEncoder().encode(rego) }],
    {
      entrypoints: [entrypoint],
      target: 'wasm',
      fallback: 'test',
      regoVersion: 1,
      capabilities: await capabilitiesOf(sources),
    },
  )
  if (bundle === undefined) throw new Error(JSON.stringify(diagnostics))
  return bundle
}

const policyOf = async (builtin: CustomBuiltin, body: string) =>
  loadPolicy(await compiled([builtin], `package p\n\nr := ${body}\n`, 'p/r'), { builtins: [builtin] })

const returning = (call: CustomBuiltin['call']): CustomBuiltin => ({ name: 'acme.f', args: [any], result: text, call })

describe('a custom built-in', () => {
  test('is declared to the compiler, and answers exactly', async () => {
    const { evaluate } = await policyOf(lookup, 'acme.lookup(input)')
    expect(await evaluate({ entrypoint: 'p/r', input: 'a', numbers: 'exact' })).toEqual({
      defined: true,
      value: { ids: [1, 2n ** 64n], name: 'é' },
      text: '{"ids":[1,18446744073709551616],"name":"é"}',
    })
  })

  test('is undefined for what it does not know, and for arguments of another type', async () => {
    const { evaluateSync } = await policyOf(lookup, 'acme.lookup(input)')
    expect([evaluateSync({ entrypoint: 'p/r', input: 'b' }), evaluateSync({ entrypoint: 'p/r', input: 1 })]).toEqual([
      { defined: false },
      { defined: false },
    ])
  })

  test.each<[string, string, unknown]>([
    ['the type', 'eval_type_error: acme.lookup: operand 1 must be string but got number', 1],
    ['no value', 'eval_builtin_error: acme.lookup: no value', 'b'],
  ])('fails where errors are strict, for %s', async (_, message, input) => {
    const { evaluate } = await policyOf(lookup, 'acme.lookup(input)')
    const asked = evaluate({ entrypoint: 'p/r', input, strictBuiltinErrors: true })
    expect(await outcome(asked)).toEqual({ code: 'ERR_EVALUATION', message })
  })

  test('that throws is undefined, and an error where errors are strict', async () => {
    const { evaluate } = await policyOf(
      returning(() => {
        throw new Error('no such owner')
      }),
      'acme.f(1)',
    )
    expect(await evaluate({ entrypoint: 'p/r' })).toEqual({ defined: false })
    expect(await outcome(evaluate({ entrypoint: 'p/r', strictBuiltinErrors: true }))).toEqual({
      code: 'ERR_EVALUATION',
      message: 'eval_builtin_error: acme.f: no such owner',
    })
  })

  test.each<[string, CustomBuiltin['call'], string]>([
    ['a promise', () => Promise.reject(new Error('late')), '`acme.f` returned a promise'],
    ['another type', () => 1, '`acme.f` returned number where it declares string'],
    ['no value of Rego', () => Number.NaN, '`acme.f` returned what is no value of Rego'],
  ])('that returns %s is a coded error', async (_, call, message) => {
    const { evaluate } = await policyOf(returning(call), 'acme.f(1)')
    expect(await outcome(evaluate({ entrypoint: 'p/r' }))).toEqual({ code: 'ERR_BUILTIN_INVALID', message })
  })

  test.each<[string, readonly unknown[], string]>([
    ["OPA's own name", [{ ...lookup, name: 'sprintf' }], "`sprintf` is a function of OPA's own"],
    ['a name that WebAssembly holds', [{ ...lookup, name: 'count' }], "`count` is a function of OPA's own"],
    ['one name twice', [lookup, lookup], '`acme.lookup` is given twice'],
    [
      'a name that cannot be called',
      [{ ...lookup, name: 'a-b' }],
      'a built-in function is declared wrongly: `name`: is no name that Rego can call',
    ],
    ['no function', [{ ...lookup, call: 1 }], 'a built-in function is declared wrongly: `call`: is no function'],
    [
      'a type that is none',
      [{ ...lookup, args: [{ type: 'text' }] }],
      "a built-in function is declared wrongly: `args.0.type`: Invalid discriminator value. Expected 'null' | 'boolean' | 'number' | 'string' | 'any' | 'array' | 'set' | 'object'",
    ],
    [
      'a module that is not there',
      [{ module: 'file:///nowhere.mjs' }],
      'the module `file:///nowhere.mjs` cannot be loaded',
    ],
  ])('is refused with %s', async (_, sources, message) => {
    // `as`: that is what is wrong with them
    expect(await outcome(capabilitiesOf(sources as readonly BuiltinSource[]))).toEqual({
      code: 'ERR_BUILTIN_INVALID',
      message,
    })
  })
})

describe('a gate with custom built-ins', () => {
  const module = new URL('functions.mjs', import.meta.url).href
  const rego = `package main

deny contains msg if {
	some change in input.resource_changes
	msg := sprintf("%s belongs to %s", [change.address, acme.owner(change.address)])
}
`
  const plan = planWith({
    resource_changes: ['aws_s3_bucket.models', 'aws_s3_bucket.x'].map((address) => ({ address })),
  })
  const messages = ['aws_s3_bucket.models belongs to ml']

  test('calls them from a module, here and in threads', async () => {
    const sources = [{ module }]
    await using gate = await loadGate(await compiled(sources, rego, 'main/deny'), { builtins: sources })
    const here = await gate.evaluate(plan)
    const there = await gate.evaluate(plan, { limits: { milliseconds: 60_000 } })
    expect([here, there].map(({ findings }) => findings.map(({ msg }) => msg))).toEqual([messages, messages])
  })

  test('calls functions in this thread only', async () => {
    const owner: CustomBuiltin = { name: 'acme.owner', args: [text], result: text, call: () => 'ml' }
    await using gate = await loadGate(await compiled([owner], rego, 'main/deny'), { builtins: [owner] })
    expect((await gate.evaluate(plan)).findings).toHaveLength(2)
    expect(await outcome(gate.evaluate(plan, { limits: { milliseconds: 60_000 } }))).toEqual({
      code: 'ERR_BUILTIN_INVALID',
      message: '`acme.owner` cannot be called in another thread',
    })
  })

  test('says which functions are missing', async () => {
    expect(await outcome(loadGate(await compiled([{ module }], rego, 'main/deny')))).toEqual({
      code: 'ERR_BUILTIN_MISSING',
      message: 'the bundle needs built-in functions that are not there: `acme.owner`',
    })
  })
})
