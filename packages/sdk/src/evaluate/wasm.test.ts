import { readBundle } from '@plangate/bundle'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { bundleOf } from '../../test/bundle.ts'
import type { EvaluateRequest } from './request.ts'
import { compilePolicy, type Policy } from './wasm.ts'

const source = `package p
echo := input
is_null if input == null
absent if not input.x
conflict := 1 if input.conflict
conflict := 2 if input.conflict
hosted := object.subset({"a": 1}, input)
big := count(numbers.range(1, input.size))
data_echo := data.d
matches contains x if { some x in input.words; regex.match("^a+$", x) }
globs contains x if { some x in input.words; glob.match("a*", [], x) }
members := {"b", "a", "c"}
`
const entrypoints = [
  'echo',
  'is_null',
  'absent',
  'conflict',
  'hosted',
  'big',
  'data_echo',
  'matches',
  'globs',
  'members',
]
let policy: Policy
let module: Uint8Array
beforeAll(async () => {
  const { wasm } = await readBundle(
    await bundleOf(
      { 'p.rego': source },
      entrypoints.map((name) => `p/${name}`),
    ),
  )
  module = wasm ?? new Uint8Array()
  policy = await compilePolicy(module)
})

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
const evaluate = (
  input: string,
  names: readonly string[],
  more: Partial<EvaluateRequest> = {},
  evaluated = policy,
): readonly unknown[] =>
  evaluated.evaluate({
    input: encode(input),
    data: { key: 'none', base: encode('{}'), mounts: [] },
    entrypoints: names.map((name) => `p/${name}`),
    builtin: () => undefined,
    memoryBytes: 2 ** 32,
    ...more,
  })
const stop = () => {
  throw new TypeError('stop')
}
const data = (key: string, base: string, value: unknown) => ({
  key,
  base: encode(base),
  mounts: [{ path: '["d","more","deep"]', text: JSON.stringify(value) }],
})
const failure = (act: () => unknown): unknown => {
  try {
    return act()
  } catch (error) {
    const { code, message } = Object(error)
    return { code, message }
  }
}
/** In little memory, because a new instance costs more the more memory it has. */
const small = { memoryBytes: 16 * 1024 * 1024 }
const conflict = {
  code: 'ERR_EVALUATION',
  message: 'the evaluation stopped: p.rego:6:1: rule data.p.conflict produced conflicting values',
}

describe('a policy', () => {
  test('says its entrypoints and what it asks of its host', () => {
    expect({ entrypoints: [...policy.entrypoints].sort(), builtins: policy.builtins }).toEqual({
      entrypoints: entrypoints.map((name) => `p/${name}`).sort(),
      builtins: ['object.subset'],
    })
  })

  test.each(['null', 'false', '0', '""', '[]', '{}'])('sees the input %s as it is', (input) => {
    expect(evaluate(input, ['echo', 'is_null'])).toEqual([JSON.parse(input), input === 'null' ? true : undefined])
  })

  test('evaluates several entrypoints on one input, each with memory of its own', () => {
    const words = { words: ['aa', 'b', 'ab'] }
    const [matches, globs, echo] = evaluate(JSON.stringify(words), ['matches', 'globs', 'echo'])
    expect({ matches, globs: [...Object(globs)].sort(), echo }).toEqual({
      matches: ['aa'],
      globs: ['aa', 'ab'],
      echo: words,
    })
  })

  test('gives the members of a set', () => {
    expect([...Object(evaluate('{}', ['members'])[0])].sort()).toEqual(['a', 'b', 'c'])
  })

  test('round-trips NUL, control characters, astral characters and `__proto__`', () => {
    const input = '{"__proto__":{"x":1},"nul":"\\u0000\\u0001","astral":"😀","separator":"\u2028"}'
    expect(evaluate(input, ['echo'])).toEqual([JSON.parse(input)])
  })

  test('is right after 600 evaluations that stopped', () => {
    for (let at = 0; at < 600; at += 1)
      expect(failure(() => evaluate('{"conflict":true}', ['conflict'], small))).toEqual(conflict)
    expect(evaluate('{"x":1}', ['absent', 'echo', 'conflict'], small)).toEqual([undefined, { x: 1 }, undefined])
  })

  test('reads half a surrogate pair as OPA does', () => {
    expect(evaluate('{"a":"\\ud800","b":"\\\\ud800"}', ['echo'])).toEqual([{ a: '\ufffd', b: '\\ud800' }])
  })

  test('gives the exact JSON of values: sorted sets, all digits, keys that are no strings', () => {
    const request = {
      inputIsText: true,
      input: encode(
        '{"b": {"b", "a", "B", 10, 9}, "a": 9007199254740993, "n": 1.50, "o": {1: 2, [1]: {3, 1}, "0": 1}}',
      ),
      data: { key: 'none', base: encode('{}'), mounts: [] },
      entrypoints: ['p/echo', 'p/absent'],
      builtin: () => undefined,
      memoryBytes: 2 ** 32,
    }
    expect(policy.evaluateTexts(request)).toEqual([
      '{"a":9007199254740993,"b":[9,10,"B","a","b"],"n":1.50,"o":{"0":1,"1":2,"[1]":[1,3]}}',
      'true',
    ])
  })

  test('is not evaluated inside itself', () => {
    const builtin = () => String(evaluate('1', ['echo'])[0])
    expect(failure(() => evaluate('1', ['hosted'], { builtin }))).toMatchObject({ code: 'ERR_REENTRANT' })
    expect(evaluate('1', ['echo'])).toEqual([1])
  })

  test('ends in its memory limit, and the next evaluation has a fresh one', () => {
    const memoryBytes = 32 * 1024 * 1024
    expect(failure(() => evaluate('{"size":1500000}', ['big'], { memoryBytes }))).toEqual({
      code: 'ERR_MEMORY_LIMIT',
      message: 'the evaluation needs more than 33554432 bytes of memory',
    })
    expect(evaluate('{"size":1000}', ['big'], { memoryBytes })).toEqual([1000])
  })

  test('has all the memory that is allowed, though it begins in little, and a limit that holds then', async () => {
    const fresh = await compilePolicy(module)
    const size = (input: string, memoryBytes: number) => failure(() => evaluate(input, ['big'], { memoryBytes }, fresh))
    expect([size('{"size":5}', 2 ** 27), size('{"size":600000}', 2 ** 27), size('{"size":6}', 2 ** 27)]).toEqual([
      [5],
      [600_000],
      [6],
    ])
    expect(size('{"size":3000000}', 2 ** 26)).toEqual({
      code: 'ERR_MEMORY_LIMIT',
      message: 'the evaluation needs more than 67108864 bytes of memory',
    })
  })

  test('gives back memory above 256 MiB and is right before and after', () => {
    expect(evaluate('{"size":8000000}', ['big'])).toEqual([8_000_000])
    expect(evaluate('{"size":3}', ['big'])).toEqual([3])
  })

  test('hands built-ins exact values, takes undefined for an answer, and passes their errors on', () => {
    const calls: unknown[] = []
    const builtin: EvaluateRequest['builtin'] = (name, args) => {
      calls.push([name, ...args])
      return '{9007199254740993, "x"}'
    }
    const [members] = evaluate('9007199254740993', ['hosted'], { builtin })
    expect({ calls, members: [...Object(members)].map(String).sort() }).toEqual({
      calls: [['object.subset', '{"a": 1}', '9007199254740993']],
      members: ['9007199254740992', 'x'],
    })
    expect(evaluate('1', ['hosted'])).toEqual([undefined])
    expect(() => evaluate('1', ['hosted'], { builtin: stop })).toThrow('the evaluation stopped: unexpected `TypeError`')
    expect(evaluate('1', ['echo'])).toEqual([1])
  })

  test('sees the data of each evaluation, with all digits of the base document', () => {
    const [first] = evaluate('1', ['data_echo'], { data: data('1', '{"d":{"n":1}}', [1]) })
    const [second] = evaluate('1', ['data_echo'], { data: data('2', '{"d":{"n":2}}', [2]) })
    const [again] = evaluate('1', ['data_echo'], { data: data('2', 'not read again', [2]) })
    expect([first, second, again]).toEqual([
      { n: 1, more: { deep: [1] } },
      { n: 2, more: { deep: [2] } },
      { n: 2, more: { deep: [2] } },
    ])
  })

  test('calls an entrypoint that is not there a mistake of the caller', () => {
    expect(() => evaluate('1', ['nothing'])).toThrow('no entrypoint `p/nothing`')
  })
})

test.each([
  ['no WASM', Uint8Array.of(1, 2, 3)],
  ['WASM of something else', Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)],
])('%s is no policy', async (_, wasm) => {
  await expect(compilePolicy(wasm)).rejects.toMatchObject({
    code: 'ERR_BUNDLE_INVALID',
    message: "the bundle's WASM is not a policy that OPA compiled",
  })
})
