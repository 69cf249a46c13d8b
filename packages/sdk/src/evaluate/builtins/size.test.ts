import { beforeAll, describe, expect, test } from '@jest/globals'
import { bundleOf } from '../../../test/bundle.ts'
import { loadPolicy, type LoadedPolicy } from '../../policy.ts'

/** Calls of functions that answer with far more than `n`, which is what they are given. */
const calls = {
  shift: 'bits.lsh(1, input.n)',
  'shift by a number of another form': 'bits.lsh(1, input.n + 0.5 - 0.5)',
  range: 'numbers.range(1, input.n)',
  'range with steps': 'numbers.range_step(1, input.n, 1)',
  width: 'sprintf(concat("", [x | some i in numbers.range(1, 300); x := sprintf("%%%d[1]d", [input.n])]), [7])',
  'argument named again': 'sprintf(concat("", [x | some i in numbers.range(1, input.n); x := "%[1]s"]), [text])',
  'text between characters': 'replace(text, "", text)',
  'text for characters': 'strings.replace_n({"a": text, "b": ""}, text)',
  pattern: 'regex.replace(text, "a", text)',
  separator: 'concat(text, {sprintf("%d", [i]) | some i in numbers.range(1, input.n)})',
  networks: 'net.cidr_expand(sprintf("::/%d", [128 - input.bits]))',
  indented: 'json.marshal_with_options(numbers.range(1, input.n), {"pretty": true, "indent": text})',
  product: 'x * x if x := bits.lsh(1, input.n)',
}
const names = Object.keys(calls)
const source = `package p

text := concat("", ["a" | some i in numbers.range(1, input.n)])

${Object.values(calls)
  .map((call, at) => `answer_${at} := ${call}`)
  .join('\n\n')}
`
let policy: LoadedPolicy
beforeAll(async () => {
  policy = await loadPolicy(
    await bundleOf(
      { 'p.rego': source },
      names.map((_, at) => `p/answer_${at}`),
    ),
  )
})

const ask = (name: string, input: object, memoryBytes?: number) =>
  policy
    .evaluate({
      entrypoint: `p/answer_${names.indexOf(name)}`,
      input,
      ...(memoryBytes === undefined ? {} : { memoryBytes }),
    })
    .then(
      ({ text }) => text?.length,
      (error: { readonly message: string }) => error.message,
    )

const MiB = 2 ** 20

describe('an answer that is larger than memory is refused before it is made', () => {
  test.each([
    ['shift', { n: 1e9 }, 'bits.lsh', 1_000_000],
    ['shift by a number of another form', { n: 1e9 }, 'bits.lsh', 1_000_000],
    ['range', { n: 3e8 }, 'numbers.range', 2 ** 32],
    ['range with steps', { n: 5e6 }, 'numbers.range_step', 2 ** 24],
    ['networks', { bits: 40 }, 'net.cidr_expand', 2 ** 24],
    ['width', { n: 999_999 }, 'sprintf', 2 ** 28],
    ['argument named again', { n: 20_000 }, 'sprintf', 2 ** 28],
    ['text between characters', { n: 20_000 }, 'replace', 2 ** 28],
    ['text for characters', { n: 20_000 }, 'strings.replace_n', 2 ** 28],
    ['pattern', { n: 20_000 }, 'regex.replace', 2 ** 28],
    ['separator', { n: 20_000 }, 'concat', 2 ** 28],
    ['indented', { n: 20_000 }, 'json.marshal_with_options', 2 ** 28],
    ['product', { n: 2_000_000 }, 'mul', 1_000_000],
  ] as const)('%s', async (name, input, builtin, most) => {
    expect(await ask(name, input)).toBe(`the answer of \`${builtin}\` takes more than ${most} bytes`)
  })

  test.each([
    ['range', { n: 2e6 }],
    ['range with steps', { n: 2e6 }],
    ['width', { n: 999_999 }],
    ['text between characters', { n: 6000 }],
    ['separator', { n: 6000 }],
  ] as const)('%s, of the memory that is given', async (name, input) => {
    expect(await ask(name, input, 16 * MiB)).toMatch(/^the answer of `[a-z_.]+` takes more than 16777216 bytes$/)
  })

  test('others are made', async () => {
    const small = Object.fromEntries(
      await Promise.all(names.map(async (name) => [name, await ask(name, { n: 100, bits: 4 })])),
    )
    expect(small).toEqual({
      shift: 31,
      'shift by a number of another form': 31,
      range: 293,
      'range with steps': 293,
      width: 30_002,
      'argument named again': 10_002,
      'text between characters': 10_202,
      'text for characters': 10_002,
      pattern: 10_002,
      separator: 10_094,
      networks: 96,
      indented: 10_497,
      product: 61,
    })
  })
})
