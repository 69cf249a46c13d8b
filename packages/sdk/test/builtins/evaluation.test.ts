import { describe, expect, test } from '@jest/globals'
import { loadOpa } from '@plangate/opa'
import { loadPolicy } from '../../src/policy.ts'

const policyOf = async (body: string) => {
  const rego = `# METADATA\n# title: a title\npackage p\n\nr := ${body}\n`
  const { bundle, diagnostics } = (await loadOpa()).build(
    [{ path: 'p.rego', contents: new TextEncoder().encode(rego) }],
    { entrypoints: ['p/r'], target: 'wasm', fallback: 'test', regoVersion: 1, includePrint: true },
  )
  if (bundle === undefined) throw new Error(JSON.stringify(diagnostics))
  return loadPolicy(bundle)
}

describe('what an evaluation has of its own', () => {
  test.each<[string, string, unknown]>([
    ['one time', '[time.now_ns() == time.now_ns(), time.now_ns()]', [true, 1_000_000]],
    [
      'one uuid for a key',
      '[uuid.rfc4122("a") == uuid.rfc4122("a"), uuid.rfc4122("a") == uuid.rfc4122("b")]',
      [true, false],
    ],
    ['one uuid for a key that is no string', 'uuid.rfc4122(input.list) == uuid.rfc4122(input.list)', true],
    [
      'one random number for a key',
      'n == rand.intn("a", -1000) if { n := rand.intn("a", 1000); n >= 0; n < 1000 }',
      true,
    ],
    ['notes that go nowhere', 'trace("a")', true],
    ['prints that go nowhere', '1 if print("a", input.b, {1})', 1],
    ['nothing of the machine', 'opa.runtime()', {}],
    ['METADATA in place of a call', 'rego.metadata.chain()[1].annotations.title', 'a title'],
    ['modules that are parsed', 'rego.parse_module("a.rego", "package a.b")["package"].path[2].value', 'b'],
  ])('is %s', async (_, body, expected) => {
    const { evaluateSync } = await policyOf(body)
    expect(evaluateSync({ entrypoint: 'p/r', input: { list: [1] }, clock: () => new Date(1) }).value).toEqual(expected)
  })

  test('is another uuid in the next', async () => {
    const { evaluateSync } = await policyOf('uuid.rfc4122("a")')
    const [first, second] = [evaluateSync({ entrypoint: 'p/r' }).value, evaluateSync({ entrypoint: 'p/r' }).value]
    expect(first).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
    expect(second).not.toBe(first)
  })
})
