import { beforeAll, describe, expect, test } from '@jest/globals'
import { bundleOf, outcome } from '../test/bundle.ts'
import { Decimal, loadPolicy, type LoadedPolicy, type Question } from './index.ts'

const source = `package p
echo := input
allow if input.role == "admin"
none if not input
settings := data.settings
conflict := x if some x in input
outside := net.lookup_ip_addr("example.com")
bytes := [crypto.sha256(base64.decode(input)), hex.encode(base64.decode(input)), base64.encode(hex.decode("00ff")),
  concat("", [base64.decode(input)]), sprintf("%s", ["\\ufeffa"])]
now := time.now_ns()
range := count(numbers.range(1, input))
step := count(numbers.range_step(1, input, 1))
sum := 9007199254740993 + 1
`
const entrypoints = [
  'echo',
  'allow',
  'none',
  'settings',
  'conflict',
  'outside',
  'bytes',
  'now',
  'range',
  'step',
  'sum',
].map((name) => `p/${name}`)
let policy: LoadedPolicy
beforeAll(async () => {
  policy = await loadPolicy(await bundleOf({ 'p.rego': source }, entrypoints), { data: { settings: { a: 1 } } })
})
const ask = (entrypoint: string, question: Omit<Question, 'entrypoint'> = {}) =>
  outcome(policy.evaluate({ entrypoint: `p/${entrypoint}`, ...question }))

const settings = async (data?: Readonly<Record<string, unknown>>) =>
  Object(await ask('settings', data === undefined ? {} : { data })).text

describe('a loaded policy', () => {
  test.each([null, false, 0, '', [], {}])('sees the input %j', async (input) => {
    expect(await ask('echo', { input })).toEqual({ defined: true, value: input, text: JSON.stringify(input) })
  })

  test('tells undefined from false and from no input', async () => {
    expect(await ask('allow', { input: {} })).toEqual({ defined: false })
    expect(await ask('none')).toEqual({ defined: true, value: true, text: 'true' })
    expect(await ask('none', { input: 0 })).toEqual({ defined: false })
  })

  test('keeps digits and gives sets as sorted arrays', async () => {
    const input = { n: 2n ** 64n, s: new Set(['b', 'a', 10, 9]), d: new Decimal('0.1000000000000000000001') }
    const text = '{"d":0.1000000000000000000001,"n":18446744073709551616,"s":[9,10,"a","b"]}'
    expect(await ask('echo', { input })).toEqual({ defined: true, value: JSON.parse(text), text })
    expect(await ask('echo', { input, numbers: 'exact' })).toEqual({
      defined: true,
      value: { d: new Decimal('0.1000000000000000000001'), n: 2n ** 64n, s: [9, 10, 'a', 'b'] },
      text,
    })
    expect(await ask('sum', { numbers: 'exact' })).toMatchObject({ value: 9007199254740994n })
  })

  test('keeps bytes that are no text, and marks at the start of one', async () => {
    const sha256 = 'a8100ae6aa1940d0b663bb31cd466142ebbdbd5187131b92d93818987832eb89'
    const value = [sha256, 'ff', 'AP8=', '\ufffd', '\ufeffa']
    expect(await ask('bytes', { input: '/w==' })).toMatchObject({ value })
  })

  test('takes OPA value text and bytes of JSON', async () => {
    expect(await ask('echo', { inputText: '{"a": {2, 1}, 3: set()}' })).toMatchObject({ text: '{"3":[],"a":[1,2]}' })
    const bytes = new TextEncoder().encode('{"a": 1.50}')
    expect(await ask('echo', { input: bytes })).toMatchObject({ text: '{"a":1.50}' })
    expect(await ask('echo', { input: bytes.buffer })).toMatchObject({ text: '{"a":1.50}' })
  })

  test.each<[string, Omit<Question, 'entrypoint'>, string]>([
    ['cut off', { input: new TextEncoder().encode('{"role":"admin"') }, 'ERR_INPUT_NOT_JSON'],
    ['followed by more', { input: new TextEncoder().encode('{} {}') }, 'ERR_INPUT_NOT_JSON'],
    ['a set as JSON', { input: new TextEncoder().encode('{1}') }, 'ERR_INPUT_NOT_JSON'],
    ['not UTF-8', { input: Uint8Array.of(0x22, 0xff, 0x22) }, 'ERR_INPUT_ENCODING'],
    ['broken text', { inputText: '{1, "a": 2}' }, 'ERR_INPUT_NOT_JSON'],
    ['too deep', { input: new TextEncoder().encode('['.repeat(600) + ']'.repeat(600)) }, 'ERR_INPUT_TOO_DEEP'],
  ])('refuses an input that is %s', async (_, question, code) => {
    expect(await ask('none', question)).toMatchObject({ code })
  })

  test('merges data for one evaluation and replaces it as a whole or not at all', async () => {
    expect(await settings({ settings: { b: new Set([1]) } })).toBe('{"a":1,"b":[1]}')
    policy.setData({ settings: { a: 2 } })
    expect(await settings()).toBe('{"a":2}')
    expect(() => policy.setData({ settings: Number.NaN })).toThrow(
      expect.objectContaining({ code: 'ERR_INPUT_NOT_JSON' }),
    )
    expect(await settings()).toBe('{"a":2}')
    policy.setData({ settings: { a: 1 } })
  })

  test('leaves the old data when the new one does not fit', async () => {
    const small = await loadPolicy(await bundleOf({ 'p.rego': source }, ['p/settings']), {
      data: { settings: 1 },
      memoryBytes: 4 * 1024 * 1024,
    })
    const large = { settings: Array.from({ length: 200_000 }, (_, at) => at) }
    expect(() => small.setData(large)).toThrow(expect.objectContaining({ code: 'ERR_MEMORY_LIMIT' }))
    expect(await small.evaluate({ entrypoint: 'p/settings' })).toMatchObject({ value: 1 })
  })

  test('is right after an evaluation that stopped', async () => {
    expect(await ask('conflict', { input: [1, 2] })).toMatchObject({ code: 'ERR_EVALUATION' })
    expect(await ask('conflict', { input: [1, 1] })).toMatchObject({ value: 1 })
  })

  test('names what is not there', async () => {
    expect(await ask('nothing')).toMatchObject({ code: 'ERR_ENTRYPOINT_UNKNOWN' })
    expect(await ask('outside')).toMatchObject({ code: 'ERR_BUILTIN_MISSING' })
  })

  test.each(['range', 'step'])('makes no %s that fits nowhere', async (entrypoint) => {
    expect(await ask(entrypoint, { input: 1e6 })).toMatchObject({ value: 1e6 })
    for (const input of [3e8, 3e9, -9e15]) {
      expect(await ask(entrypoint, { input })).toMatchObject({ code: 'ERR_MEMORY_LIMIT' })
    }
  })

  test('asks the clock it is given', async () => {
    expect(await ask('now', { clock: () => new Date(1) })).toMatchObject({ value: 1_000_000 })
  })
})
