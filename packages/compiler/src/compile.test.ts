import { readBundle } from '@plangate/bundle'
import { expect, test } from '@jest/globals'
import { sample, sampleCatalogue } from '../test/sample.ts'
import { compileBundle } from './compile.ts'
import { analyseReads } from './reads.ts'
import type { CompileOptions, Diagnostic } from './types.ts'

const entry = '# METADATA\n# entrypoint: true\n'

test('a library becomes a bundle with its catalogue', async () => {
  const { bundle, reads, ...result } = await compileBundle({ sources: sample, revision: '7' })
  expect(result).toEqual({
    diagnostics: [],
    entrypoints: ['plangate/main/deny'],
    catalogue: sampleCatalogue,
    builtins: ['sprintf'],
  })
  const { manifest, data, files } = await readBundle(bundle ?? new Uint8Array())
  expect(manifest).toEqual({
    revision: '7',
    roots: ['plangate/lib', 'plangate/main', 'plangate/policies'],
    rego_version: 1,
    wasm: [
      {
        entrypoint: 'plangate/main/deny',
        module: '/policy.wasm',
        annotations: [{ description: 'Findings that fail the plan.', entrypoint: true, scope: 'document' }],
      },
    ],
    metadata: { plangate: { compiler: '0.1.0', opa: '1.22.0', catalogue: sampleCatalogue, reads } },
  })
  expect(data).toEqual({ plangate: { lib: { sizes: { smallest: 10 } } } })
  expect([...files.keys()].sort()).toEqual([
    '.manifest',
    'data.json',
    'plangate/main/main.rego',
    'plangate/policies/storage/disk/disk.rego',
    'policy.wasm',
  ])
})

test('the bundle says what its entrypoints and policies read', async () => {
  const { bundle, reads } = await compileBundle({ sources: sample })
  expect(reads).toEqual({
    sets: [
      {
        input: [
          ['disks', '*', 'encrypted'],
          ['disks', '*', 'size', '**'],
        ],
        data: [['plangate', 'lib', 'sizes', 'smallest', '**']],
      },
      { input: [], data: [['plangate', 'policies', '*', '*', 'deny', '*', '**']] },
    ],
    entrypoints: { 'plangate/main/deny': [0, 1] },
    policies: { 'storage/disk': [0] },
  })
  expect((await readBundle(bundle ?? new Uint8Array())).manifest.metadata.plangate?.reads).toEqual(reads)
  expect(await analyseReads({ sources: sample })).toEqual({ diagnostics: [], reads })
})

test('what does not compile reads nothing', async () => {
  const { reads, diagnostics } = await analyseReads({
    sources: { 'a.rego': 'package a\np if q' },
    entrypoints: ['a/p'],
  })
  expect([reads, diagnostics.map(({ code }) => code)]).toEqual([undefined, ['rego_unsafe_var_error']])
})

test('the order of the sources does not show', async () => {
  const reversed = Object.fromEntries(Object.entries(sample).toReversed())
  expect((await compileBundle({ sources: reversed })).bundle).toEqual((await compileBundle({ sources: sample })).bundle)
})

const revision = async (options: CompileOptions): Promise<string> =>
  (await readBundle((await compileBundle(options)).bundle ?? new Uint8Array())).manifest.revision

test.each([
  ['a source', { sources: { ...sample, 'data.json': '{"more": 1}' } }],
  ['an entrypoint', { sources: sample, entrypoints: ['plangate/policies/storage/disk/deny'] }],
  ['a root', { sources: sample, roots: ['plangate'] }],
  ['the data', { sources: sample, data: { more: 1 } }],
])('%s changes the revision', async (_, options) => {
  expect(await revision({ sources: sample })).toMatch(/^[0-9a-f]{40}$/)
  expect(await revision(options)).not.toBe(await revision({ sources: sample }))
})

test.each([
  ['METADATA', { sources: { 'a.rego': `package a\n\n${entry}p := 1\n\nq := 2\n` } }, ['a/p']],
  ['options', { sources: { 'a.rego': 'package a\n\np := 1\n' }, entrypoints: ['a/p'] }, ['a/p']],
  [
    'both at once',
    { sources: { 'a.rego': `package a\n\n${entry}p := 1\n\nq := 2\n` }, entrypoints: ['a/q', 'a/p'] },
    ['a/p', 'a/q'],
  ],
  [
    'the decisions of a namespace',
    {
      sources: {
        'a.rego':
          'package main\n\ndeny contains 1\n\ndeny_disk contains 1\n\nwarn contains 1\n\nviolation contains 1\n\ndenied := 1\n',
        'b.rego': 'package other.main\n\ndeny contains 1\n',
        'c.rego': 'package third\n\ndeny contains 1\n',
      },
      namespaces: ['main', 'other.main'],
    },
    ['main/deny', 'main/deny_disk', 'main/violation', 'main/warn', 'other/main/deny'],
  ],
])('entrypoints come from %s', async (_, options, expected) => {
  const { entrypoints, diagnostics } = await compileBundle(options)
  expect({ entrypoints, diagnostics }).toEqual({ entrypoints: expected, diagnostics: [] })
})

test('data of the options is merged with data of the sources', async () => {
  const sources = { 'a.rego': `package a\n\n${entry}p := 1\n`, 'x/data.json': '{"y": 1}', 'x/data.yml': 'z: 2' }
  const { bundle } = await compileBundle({ sources, data: { x: { w: 3 } } })
  expect((await readBundle(bundle ?? new Uint8Array())).data).toEqual({ x: { w: 3, y: 1, z: 2 } })
})

type Range = readonly [line: number, column: number, endLine: number, endColumn: number]

const nowhere: Range = [0, 0, 0, 0]

const error = (code: string, message: string, file: string, range: Range, more: Partial<Diagnostic> = {}) => ({
  code,
  severity: 'error',
  message,
  file,
  line: range[0],
  column: range[1],
  endLine: range[2],
  endColumn: range[3],
  ...more,
})

test.each<[string, CompileOptions, readonly object[]]>([
  [
    'a syntax error in each of two files',
    { sources: { 'b.rego': 'package b\n\np if {', 'a.rego': 'package a\n\n\nq if {' } },
    [
      error('rego_parse_error', 'unexpected eof token', 'a.rego', [4, 6, 4, 6], { details: ['q if {', '     ^'] }),
      error('rego_parse_error', 'unexpected eof token', 'b.rego', [3, 6, 3, 6], { details: ['p if {', '     ^'] }),
    ],
  ],
  [
    'Rego v0',
    { sources: { 'a.rego': 'package a\n\np { true }' } },
    [
      error('rego_parse_error', '`if` keyword is required before rule body', 'a.rego', [3, 1, 3, 11], {
        hint: 'these look like policies in Rego v0: write `deny contains msg if { … }`',
      }),
    ],
  ],
  [
    'a type error',
    { sources: { 'a.rego': `package a\n\n${entry}p if startswith(1, "a")` } },
    [
      error('rego_type_error', 'startswith: invalid argument(s)', 'a.rego', [5, 6, 5, 24], {
        details: ['have: (number, string)', 'want: (search: string, base: string, result: boolean)'],
      }),
    ],
  ],
  [
    'an unknown function',
    { sources: { 'a.rego': `package a\n\n${entry}p := nope(1)` } },
    [error('rego_type_error', 'undefined function nope', 'a.rego', [5, 6, 5, 13])],
  ],
  [
    'recursion',
    { sources: { 'a.rego': `package a\n\n${entry}p if q\n\nq if p` } },
    [
      error(
        'rego_recursion_error',
        'rule data.a.p is recursive: data.a.p -> data.a.q -> data.a.p',
        'a.rego',
        [5, 1, 5, 7],
        { hint: 'Rego has no recursion: use `walk`, `graph.reachable` or a comprehension' },
      ),
      error(
        'rego_recursion_error',
        'rule data.a.q is recursive: data.a.q -> data.a.p -> data.a.q',
        'a.rego',
        [7, 1, 7, 7],
        { hint: 'Rego has no recursion: use `walk`, `graph.reachable` or a comprehension' },
      ),
    ],
  ],
  [
    'an unsafe variable',
    { sources: { 'a.rego': `package a\n\n${entry}p if x == 1` } },
    [
      error('rego_unsafe_var_error', 'var x is unsafe', 'a.rego', [5, 6, 5, 12], {
        hint: 'give the variable a value in the same body, with `:=` or `some … in …`',
      }),
    ],
  ],
  [
    'METADATA that is no YAML',
    { sources: { 'a.rego': '# METADATA\n# title: [\npackage a\n\np := 1' } },
    [
      error('rego_parse_error', 'yaml: line 1: did not find expected node content', 'a.rego', [2, 1, 2, 11], {
        hint: 'METADATA is YAML: quote a value that holds `: ` or `#`, and indent with spaces',
        details: ['# title: [', '^'],
      }),
    ],
  ],
  [
    'no entrypoint',
    { sources: { 'a.rego': 'package a\n\np := 1' } },
    [
      error('entrypoint_error', 'wasm compilation requires at least one entrypoint', '', nowhere, {
        hint: 'put `# METADATA` and `# entrypoint: true` above a rule, or name it: `--entrypoint main/deny`, or `--namespace main` for all of a package',
      }),
    ],
  ],
  [
    'an entrypoint that is not there',
    { sources: { 'a.rego': 'package a\n\np := 1' }, entrypoints: ['a/q'] },
    [
      error('entrypoint_error', 'entrypoint "a/q" does not refer to a rule or policy decision', '', nowhere, {
        hint: 'an entrypoint is a rule such as `main/deny`, with `/` between the parts of its path',
      }),
    ],
  ],
  [
    'a rule in the place of data',
    { sources: { 'a.rego': `package a\n\n${entry}p := 1`, 'data.yaml': 'a: {p: 2}' } },
    [
      error('rego_compile_error', 'conflicting rule for data path a/p found', 'a.rego', [5, 1, 5, 7], {
        hint: 'rename the rule, or move the data to another folder',
      }),
    ],
  ],
  [
    'two values for one place in the data',
    { sources: { 'a.rego': `package a\n\n${entry}p := 1`, 'data.json': '{"x": {"y": 1}}', 'x/data.json': '{"y": 2}' } },
    [
      error('data_error', 'failed to insert data file from path x', 'x/data.json', nowhere, {
        hint: 'other data has a value there already that is no object: keep one of them, or give it another key',
      }),
    ],
  ],
  [
    'a package that the caller owns',
    { sources: { 'a.rego': `package plangate.config\n\n${entry}p := 1` } },
    [
      error(
        'roots_error',
        '`data.plangate.config` belongs to the caller, and no bundle may own it',
        'a.rego',
        [1, 1, 1, 8],
        { hint: 'use another package, or another path for the data' },
      ),
    ],
  ],
  [
    'a source that nests too deeply',
    { sources: { 'b.rego': 'package b', 'a.rego': `package a\n\np := ${'['.repeat(20_000)}` } },
    [
      error('opa_failed', 'a source has more than 1000 brackets open at once', 'a.rego', nowhere, {
        hint: 'a source or a value nests too deeply',
      }),
    ],
  ],
  [
    'no sources',
    { sources: {} },
    [
      error('entrypoint_error', 'wasm compilation requires at least one entrypoint', '', nowhere, {
        hint: 'put `# METADATA` and `# entrypoint: true` above a rule, or name it: `--entrypoint main/deny`, or `--namespace main` for all of a package',
      }),
    ],
  ],
])('%s is a diagnostic', async (_, options, expected) => {
  const { bundle, entrypoints, diagnostics } = await compileBundle(options)
  expect({ bundle, entrypoints, diagnostics }).toEqual({ bundle: undefined, entrypoints: [], diagnostics: expected })
})

test('a function that plangate cannot answer is a warning', async () => {
  const sources = { 'a.rego': `package a\n\n${entry}p := http.send({"url": "x", "method": "get"}).status_code` }
  const { bundle, builtins, diagnostics } = await compileBundle({ sources })
  expect(bundle).toBeInstanceOf(Uint8Array)
  expect({ builtins, diagnostics }).toEqual({
    builtins: ['http.send'],
    diagnostics: [
      {
        code: 'builtin_unavailable',
        severity: 'warning',
        message: '`http.send` is not there when plangate evaluates',
        file: '',
        line: 0,
        column: 0,
        endLine: 0,
        endColumn: 0,
        hint: 'bring what it would fetch as data',
      },
    ],
  })
})

test('each step is announced', async () => {
  const steps: string[] = []
  await compileBundle({ sources: sample, onProgress: (step) => steps.push(step) })
  expect(steps).toEqual(['read', 'load', 'check', 'build'])
})
