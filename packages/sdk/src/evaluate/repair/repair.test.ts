import { readBundle } from '@plangate/bundle'
import { describe, expect, test } from '@jest/globals'
import { bundleOf } from '../../../test/bundle.ts'
import { because, guarded, interpreted } from '../../../test/oracle.ts'
import { hostBuiltins } from '../builtins/host.ts'
import { engine } from '../engine.ts'
import { compilePolicy, openPolicy, type Policy } from '../wasm.ts'
import { namesOf, sectionsOf } from './binary.ts'
import { repaired } from './repair.ts'

/** What the WebAssembly says by itself: its JSON, `undefined`, or `stops`. */
type Unrepaired = string | undefined

/** An expression, an input as OPA value text, and what OPA's interpreter and the WebAssembly alone make of it. */
const differences: readonly (readonly [
  expression: string,
  input: string,
  interpreter: string | undefined,
  alone: Unrepaired,
])[] = [
  ['[x | some x in input]', '{3, 1, 2, 10}', '[1,2,3,10]', '[10,1,2,3]'],
  ['[k | some k, _ in input]', '{"b": 1, "a": 2}', '["a","b"]', '["b","a"]'],
  [
    '[p | walk(input, [p, _])]',
    '{"b": 1, "a": {3, 1}}',
    '[[],["a"],["a",1],["a",3],["b"]]',
    '[[],["b"],["a"],["a",1],["a",3]]',
  ],
  ['max(input)', '[2.50, 1, 2.5]', '2.5', '2.50'],
  ['min(input)', '[2.5, 3, 2.50]', '2.50', '2.5'],
  ['concat(",", input)', '{"c", "a", "b", "B"}', '"B,a,b,c"', '"c,B,b,a"'],
  [
    'json.marshal(input)',
    '{"b": {2, 10}, "a": "<&>"}',
    '"{\\"a\\":\\"\\\\u003c\\\\u0026\\\\u003e\\",\\"b\\":[2,10]}"',
    '"{\\"b\\":[10,2],\\"a\\":\\"<&>\\"}"',
  ],
  ['json.unmarshal(input)', '"{} x"', undefined, '{}'],
  ['json.unmarshal(input)', '"01"', undefined, '0'],
  ['json.unmarshal(input)', '"1e40000"', undefined, '1e40000'],
  ['json.unmarshal(input)', '"\\"\\\\ud800\\""', '"\ufffd"', 'stops'],
  ['json.unmarshal(input)', '"[1e40000, \\"3e123456\\"]"', undefined, '[1e40000,"3e123456"]'],
  ['json.is_valid(input)', '"10.1.2.3"', 'false', 'true'],
  ['json.is_valid(input)', '"\\"\\\\ud800\\""', 'true', 'stops'],
  ['base64.is_valid(input)', '"aGk"', 'false', 'true'],
  ['base64.decode(input)', '""', '""', undefined],
  ['base64url.decode(input)', '"aG k="', undefined, '"hi"'],
  ['format_int(input, 16)', '18446744073709551616', '"10000000000000000"', 'stops'],
  ['indexof(input, "")', '"abc"', undefined, '0'],
  ['substring("abc", 1, input)', '9223372036854775807', '"bc"', undefined],
  ['to_number(input)', '"1e40000"', undefined, '1e40000'],
  ['input / input', '0', undefined, 'stops'],
  ['input / 3', '1', '0.33333333333333333334', '0.333333333333333333'],
  ['input * 10', '1e-7', '1e-06', '0.0000010'],
  ['abs(input)', '123456789012345678901234567890', '123456789012345678900000000000', '123456789012345678901234567890'],
  ['json.remove(input, [""])', '{"a": 1}', '{"a":1}', 'stops'],
  ['json.filter(input, [[], "b"])', '{"a": 1}', '{}', 'stops'],
  ['object.union_n(input)', '[]', '{}', undefined],
  ['regex.match("a\\u0000b", input)', '"a"', 'false', 'true'],
  ['regex.match("\\\\C", input)', '"a"', undefined, 'true'],
  ['regex.match("^\\\\p{L}$", input)', '"𞓐"', 'true', 'false'],
  ['regex.match("(?<x>a)", input)', '"a"', 'true', undefined],
  ['regex.is_valid(input)', '"(?<x>a)"', 'true', 'false'],
  ['regex.is_valid(input)', '"\\\\C"', 'false', 'true'],
  ['count(regex.find_all_string_submatch_n("\\\\B+?", input, -1))', '".abfooa😀"', '7', '10'],
  ['glob.match(input, [], "a")', '"{a"', undefined, 'true'],
  ['net.cidr_contains(input, "::ffff:10.0.0.1")', '"10.0.0.0/8"', 'true', 'false'],
  ['format_int(input, 2)', '1048577', '"100000000000000000001"', '"10000000000000000000"'],
  ['to_number(input) == 7', '"007"', 'true', 'true'],
  ['to_number(input) + 0', '"+0_1.50e+0"', '1.5', undefined],
  ['to_number(input) + 0', '"-.5"', '-0.5', '-0.5'],
  ['to_number(input) + 0', '"5."', '5', '5'],
  ['to_number(input) + 0', '"_1"', undefined, undefined],
  ['object.union_n(input)', '{{"a": 1}}', undefined, '{"a":1}'],
  ['bits.and(input, 1)', '3.0', '1', undefined],
]

const entrypoints = differences.map((_, at) => `p/r${at}`)
const source = `package p\n${differences.map(([expression], at) => `r${at} := ${expression}`).join('\n')}\n`

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

const valueOf = async (
  policy: Policy,
  entrypoint: string,
  input: string,
  memoryBytes = 2 ** 25,
): Promise<Unrepaired> => {
  const builtins = await hostBuiltins(policy.builtins)
  try {
    const [value] = policy.evaluateTexts({
      input: encode(input),
      inputIsText: true,
      data: { key: '', base: encode('{}'), mounts: [] },
      entrypoints: [entrypoint],
      builtin: builtins.begin(new Date(0)),
      memoryBytes,
    })
    return value
  } catch {
    return 'stops'
  }
}

describe('what OPA does otherwise in WebAssembly', () => {
  const wasm = bundleOf({ 'p.rego': source }, entrypoints).then(readBundle)
  const mended = wasm.then(async (bundle) => compilePolicy(bundle.wasm ?? new Uint8Array()))
  const alone = wasm.then(async (bundle) =>
    openPolicy({
      module: await engine.compile(bundle.wasm ?? new Uint8Array()),
      unrepaired: [],
      functions: new Set(),
      free: false,
      strict: false,
      keeps: false,
    }),
  )

  test.each(
    differences.map(
      ([expression, input, interpreter, unrepaired], at) => [expression, input, interpreter, unrepaired, at] as const,
    ),
  )('%s of %s is mended', async (_, input, interpreter, unrepaired, at) => {
    const entrypoint = `p/r${at}`
    expect({ alone: await valueOf(await alone, entrypoint, input) }).toEqual({ alone: unrepaired })
    expect({ mended: await valueOf(await mended, entrypoint, input) }).toEqual({ mended: interpreter })
  })

  guarded(`is what the interpreter says otherwise${because}`, () => {
    const asked = differences.map(([, input], at) => ({ document: `data.p.r${at}`, input }))
    expect(interpreted(source, asked)).toEqual(differences.map(([, , interpreter]) => interpreter))
  })

  test('is all mended in a module with its names', async () => {
    expect((await mended).unrepaired).toEqual([])
  })
})

test('json.unmarshal takes digits with an `e` for what they are, within strings too', async () => {
  const rego = 'package p\nr := json.unmarshal(input)\n'
  const bundle = await readBundle(await bundleOf({ 'p.rego': rego }, ['p/r']))
  const policy = await compilePolicy(bundle.wasm ?? new Uint8Array())
  const texts = ['{"hash": "3e123456"}', '["\\\\", "\\"1e99999"]', '[1e+00001]', '1e10000']
  for (const text of texts) {
    expect(await valueOf(policy, 'p/r', JSON.stringify(text))).toBe(text.replaceAll(/(?<=:|,) /g, ''))
  }
})

test.each([
  ['base64.is_valid(input)', 'true'],
  ['base64url.decode(input) == ""', 'false'],
])('%s takes megabytes', async (expression, value) => {
  const rego = `package p\nr := ${expression}\n`
  const bundle = await readBundle(await bundleOf({ 'p.rego': rego }, ['p/r']))
  const policy = await compilePolicy(bundle.wasm ?? new Uint8Array())
  expect(await valueOf(policy, 'p/r', `"${'A'.repeat(12_000_000)}"`, 2 ** 31)).toBe(value)
})

test('replace of an empty string ends', async () => {
  const bundle = await readBundle(await bundleOf({ 'p.rego': 'package p\nr := replace(input, "", "-")\n' }, ['p/r']))
  expect(await valueOf(await compilePolicy(bundle.wasm ?? new Uint8Array()), 'p/r', '"ab"')).toBe('"-a-b-"')
})

test('a module that has lost its names is evaluated, and says what is not mended', async () => {
  const bundle = await readBundle(await bundleOf({ 'p.rego': 'package p\nr := input + 1\n' }, ['p/r']))
  const wasm = bundle.wasm ?? new Uint8Array()
  const named = sectionsOf(wasm).find(
    ({ id, start }) => id === 0 && new TextDecoder().decode(wasm.subarray(start + 1, start + 5)) === 'name',
  )
  const stripped = Uint8Array.from([...wasm.subarray(0, named?.from), ...wasm.subarray(named?.end)])
  expect(namesOf(stripped, sectionsOf(stripped)).size).toBe(0)
  // A section with the name of one function only.
  const one = Uint8Array.from([...stripped, 0, 12, 4, ...encode('name'), 1, 5, 1, 0, 2, ...encode('g0')])
  expect([...namesOf(one, sectionsOf(one))]).toEqual([['g0', 0]])
  for (const lost of [stripped, one]) {
    const policy = await compilePolicy(lost)
    expect(policy.unrepaired).toContain('opa_value_iter')
    expect(policy.unrepaired).toContain('opa_arith_plus')
    expect(await valueOf(policy, 'p/r', '1')).toBe('2')
  }
})

test('nested iterations of one set each have their own place', async () => {
  const rego = 'package p\nr := [[x, y] | some x in input; some y in input; some z in input; z == y]\n'
  const bundle = await readBundle(await bundleOf({ 'p.rego': rego }, ['p/r']))
  expect(await valueOf(await compilePolicy(bundle.wasm ?? new Uint8Array()), 'p/r', '{"c", "a", "b"}')).toBe(
    JSON.stringify(['a', 'b', 'c'].flatMap((x) => ['a', 'b', 'c'].map((y) => [x, y]))),
  )
})

const ids = (bytes: Uint8Array) => sectionsOf(bytes).map(({ id }) => id)

test('only what the module uses is replaced, and nothing else of it changes', async () => {
  const bundle = await readBundle(await bundleOf({ 'p.rego': 'package p\nr := input.x\n' }, ['p/r']))
  const wasm = bundle.wasm ?? new Uint8Array()
  const { wasm: mended, unrepaired } = repaired(wasm)
  expect({ ids: ids(mended), unrepaired }).toEqual({ ids: ids(wasm), unrepaired: [] })
  expect([...namesOf(mended, sectionsOf(mended))]).toEqual([...namesOf(wasm, sectionsOf(wasm))])
})
