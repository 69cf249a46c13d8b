import { expect, test } from '@jest/globals'
import { loadOpa, readModule } from './load.ts'
import type { Files } from './opa.ts'

const files = (sources: Readonly<Record<string, string>>): Files =>
  Object.entries(sources).map(([path, text]) => ({ path, contents: new TextEncoder().encode(text) }))

const policy = files({
  'a.rego': '# METADATA\n# title: A\npackage a\n\n# METADATA\n# entrypoint: true\np := data.b.x\n',
  'b/data.yaml': 'x: 1\n',
})
const request = { target: 'wasm', entrypoints: [], fallback: 'r', regoVersion: 1 } as const
const evaluation = { evaluation: '1', nowNs: '1700000000000000000' }
// The parser goes down one level for each bracket, on the stack of the host.
const deep = `${'['.repeat(60_000)}${']'.repeat(60_000)}`

test('OPA is loaded once for the process', async () => {
  expect(await loadOpa()).toBe(await loadOpa())
})

test('OPA says its version and which functions its WebAssembly lacks', async () => {
  const { version, builtins } = await loadOpa()
  expect(version).toBe('1.22.0')
  expect(builtins.filter(({ native }) => !native)).toHaveLength(108)
  expect(builtins.find(({ name }) => name === 'sprintf')).toEqual({ name: 'sprintf', native: false, callable: true })
  expect(builtins.find(({ name }) => name === 'http.send')).toEqual({
    name: 'http.send',
    native: false,
    callable: false,
  })
})

test('two builds on one instance give the same bytes', async () => {
  const opa = await loadOpa()
  const { bundle, ...rest } = opa.build(policy, request)
  expect(rest).toEqual({ diagnostics: [], entrypoints: ['a/p'], roots: ['a', 'b'] })
  expect(bundle?.subarray(0, 2)).toEqual(Uint8Array.from([0x1f, 0x8b]))
  expect(opa.build(policy.toReversed(), request).bundle).toEqual(bundle)
})

test('what is wrong with the sources is data', async () => {
  const opa = await loadOpa()
  expect(opa.build(files({ 'a.rego': 'package a\np := nope(1)' }), { ...request, entrypoints: ['a/p'] })).toEqual({
    diagnostics: [
      {
        code: 'rego_type_error',
        message: 'undefined function nope',
        file: 'a.rego',
        line: 2,
        column: 6,
        endLine: 2,
        endColumn: 13,
      },
    ],
    entrypoints: [],
    roots: [],
  })
})

test('annotations come with their path, file and line', async () => {
  expect((await loadOpa()).annotations(policy)).toEqual({
    diagnostics: [],
    modules: [{ file: 'a.rego', line: 3, package: ['a'], rules: ['p'] }],
    annotations: [
      { path: ['a'], scope: 'package', file: 'a.rego', line: 1, annotation: { scope: 'package', title: 'A' } },
      {
        path: ['a', 'p'],
        scope: 'document',
        file: 'a.rego',
        line: 5,
        annotation: { scope: 'document', entrypoint: true },
      },
    ],
  })
})

test.each([
  ['a number keeps its digits', 'sprintf', ['"%v"', '[12345678901234567890]'], { value: '"12345678901234567890"' }],
  ['a set stays a set', 'union', ['{{"a"}, {1}}'], { value: '{1,"a"}' }],
  [
    'an error has the code and the text of OPA',
    'semver.compare',
    ['"x"', '"1.0.0"'],
    {
      error: {
        code: 'eval_builtin_error',
        message: 'semver.compare: operand 1: string "x" is not a valid SemVer',
      },
    },
  ],
  ['the clock is the evaluation’s', 'time.now_ns', [], { value: '1700000000000000000' }],
  [
    'the network is not there',
    'http.send',
    ['{}'],
    { error: { code: 'builtin_missing', message: '`http.send` cannot be called here' } },
  ],
])('built-in: %s', async (_, name, args, expected) => {
  expect((await loadOpa()).builtin({ name, args, ...evaluation })).toEqual(expected)
})

test('a source that nests too deeply is a coded error', async () => {
  const opa = await loadOpa()
  expect(() => opa.annotations(files({ 'a.rego': `package a\np := ${deep}` }))).toThrow(
    expect.objectContaining({
      code: 'ERR_OPA_FAILED',
      message: 'a source has more than 1000 brackets open at once',
      hint: 'a source or a value nests too deeply',
    }),
  )
})

test('an argument that nests too deeply is a coded error, and a fresh instance answers afterwards', async () => {
  const opa = await loadOpa()
  // An instance keeps this value for as long as the evaluation is the same, so another value is another instance.
  const uuid = () => opa.builtin({ name: 'uuid.rfc4122', args: ['"k"'], ...evaluation }).value
  const before = uuid()
  expect(uuid()).toBe(before)
  const args = [`[{1},${deep}]`, '{}']
  expect(() => opa.builtin({ name: 'json.marshal_with_options', args, ...evaluation })).toThrow(
    expect.objectContaining({
      code: 'ERR_OPA_FAILED',
      message: 'OPA ran out of stack',
      hint: 'a source or a value nests too deeply',
    }),
  )
  expect(opa.build(policy, request).diagnostics).toEqual([])
  expect(uuid()).not.toBe(before)
})

test('a missing WebAssembly says what to do', async () => {
  await expect(readModule(new URL('nowhere/opa.wasm', import.meta.url))).rejects.toMatchObject({
    code: 'ERR_OPA_MISSING',
    message: '`opa.wasm` cannot be loaded',
    hint: 'in a clone of the repository, `npm start` builds it; an installed package has it',
  })
})
