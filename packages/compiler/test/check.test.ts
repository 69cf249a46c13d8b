import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from '@jest/globals'
import { type CheckOptions, checkPolicies } from '../src/index.ts'

const opa = process.env['PLANGATE_OPA'] ?? fileURLToPath(new URL('../../../.cache/oracle/opa', import.meta.url))
const reason = existsSync(opa) ? undefined : 'there is no `opa`: `npm test` builds one, PLANGATE_OPA names another'
const guarded = reason === undefined ? test : test.skip
const because = reason === undefined ? '' : ` (${reason})`

const root = mkdtempSync(join(tmpdir(), 'check-'))
afterAll(() => rmSync(root, { recursive: true }))

type Files = Readonly<Record<string, string>>
type Options = Omit<CheckOptions, 'sources'>

let folders = 0
const written = (files: Files): string => {
  const folder = join(root, `${folders++}`)
  for (const [path, text] of Object.entries({ '.keep': '', ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

const flagsOf = ({ strict, bundle, maxErrors, ignore = [], capabilities, schemas = [], regoVersion }: Options) => [
  ...(strict ? ['--strict'] : []),
  ...(bundle ? ['--bundle'] : []),
  ...(maxErrors === undefined ? [] : ['--max-errors', `${maxErrors}`]),
  ...ignore.flatMap((glob) => ['--ignore', glob]),
  ...(capabilities === undefined ? [] : ['--capabilities', `${capabilities}`]),
  ...schemas.flatMap((schema) => ['--schema', schema]),
  ...(regoVersion === 0 ? ['--v0-compatible'] : regoVersion === 'both' ? ['--v0-v1'] : []),
]

interface Found {
  readonly code: string
  readonly message: string
  readonly place: string
}

/** Codes of ours for what OPA says without one. */
const uncoded: ReadonlySet<string> = new Set(['roots_error', 'data_error', 'build_error'])

/** What the real command says. */
const theirs = (folder: string, sources: readonly string[], options: Options): readonly Found[] => {
  const args = ['check', '--format', 'json', ...flagsOf(options), ...sources]
  const { stdout, stderr } = spawnSync(opa, args, { cwd: folder, encoding: 'utf8' })
  const { errors = [] } = JSON.parse(stderr || stdout || '{}')
  return sorted(
    errors.map(({ code = '', message, location: at }: { code?: string; message: string; location?: Location }) => ({
      code,
      message,
      place: at === undefined || at.row === 0 ? '' : `${at.file}:${at.row}:${at.col}`,
    })),
  )
}

interface Location {
  readonly file: string
  readonly row: number
  readonly col: number
}

const sorted = (found: readonly Found[]): readonly Found[] =>
  found.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))

const ours = async (folder: string, sources: readonly string[], options: Options): Promise<readonly Found[]> => {
  const before = process.cwd()
  process.chdir(folder)
  try {
    const { diagnostics } = await checkPolicies({ ...options, sources })
    return sorted(
      diagnostics
        .filter(({ severity }) => severity === 'error')
        .map(({ code, message, file, line, column }) => ({
          code: uncoded.has(code) ? '' : code,
          message,
          place: line === 0 ? '' : `${file}:${line}:${column}`,
        })),
    )
  } finally {
    process.chdir(before)
  }
}

const schema = JSON.stringify({
  type: 'object',
  properties: { user: { type: 'object', properties: { name: { type: 'string' }, age: { type: 'number' } } } },
})

const cases: readonly (readonly [string, Files, Options?, (readonly string[])?])[] = [
  ['nothing wrong', { 'a.rego': 'package a\n\np := 1\n' }],
  ['no files at all', {}],
  ['two files that do not parse', { 'b.rego': 'package b\np if {', 'a/a.rego': 'package a\n\np if {' }],
  ['an empty file', { 'a.rego': '' }],
  ['no package', { 'a.rego': 'p := 1\n' }],
  ['a keyword that is missing', { 'a.rego': 'package a\n\np { true }\n' }],
  ['many errors in one file', { 'a.rego': `package a\n\n${'p { true }\n'.repeat(12)}` }],
  ['METADATA that is no YAML', { 'a.rego': '# METADATA\n# title: [\npackage a\n' }],
  ['METADATA with a wrong scope', { 'a.rego': '# METADATA\n# scope: nope\npackage a\n' }],
  ['METADATA that stands alone', { 'a.rego': 'package a\n\n# METADATA\n# title: x\n' }],
  [
    'METADATA twice for one package',
    { 'a.rego': '# METADATA\n# title: x\npackage a\n', 'b.rego': '# METADATA\n# title: y\npackage a\n' },
  ],
  ['an unknown function', { 'a.rego': 'package a\n\np := nope(1)\n' }],
  ['an unknown function of another package', { 'a.rego': 'package a\n\np := data.b.f(1)\n', 'b.rego': 'package b\n' }],
  ['recursion', { 'a.rego': 'package a\n\np if q\n\nq if p\n' }],
  ['variables without a value', { 'a.rego': 'package a\n\np if x == y\n\nq contains z if not z\n' }],
  ['rules that contradict', { 'a.rego': 'package a\n\np := 1\n\np contains 2\n\nf(x) := x\n\nf := 1\n' }],
  ['default rules twice', { 'a.rego': 'package a\n\ndefault p := 1\n\ndefault p := 2\n' }],
  ['functions of two arities', { 'a.rego': 'package a\n\nf(x) := x\n\nf(x, y) := y\n\np := f(1)\n' }],
  ['types that never match', { 'a.rego': 'package a\n\np if 1 == "x"\n\nq := 1 + "x"\n\nr := [1][0].x\n' }],
  ['a wrong number of arguments', { 'a.rego': 'package a\n\np := count(1, 2, 3)\n\nq := startswith("a")\n' }],
  ['a reference into a scalar', { 'a.rego': 'package a\n\nx := 1\n\np := x.y.z\n\nq := {"a": 1}.b\n' }],
  ['a variable assigned twice', { 'a.rego': 'package a\n\np if {\n\tx := 1\n\tx := 2\n}\n' }],
  ['a name that hides input', { 'a.rego': 'package a\n\ninput := 1\n\np if {\n\tdata := 2\n\tdata == 2\n}\n' }],
  ['an import of what is not there', { 'a.rego': 'package a\n\nimport future.keywords.nope\n' }],
  ['an import of a wrong root', { 'a.rego': 'package a\n\nimport foo.bar\n' }],
  ['more errors than the limit', { 'a.rego': `package a\n\n${'p := nope(1)\n'.repeat(15)}` }],
  ['no limit', { 'a.rego': `package a\n\n${'p := nope(1)\n'.repeat(15)}` }, { maxErrors: 0 }],
  ['a limit of 2', { 'a.rego': `package a\n\n${'p := nope(1)\n'.repeat(15)}` }, { maxErrors: 2 }],
  ['tests are checked too', { 'a.rego': 'package a\n', 'a_test.rego': 'package a_test\n\ntest_p if nope(1)\n' }],
  ['columns after characters of several bytes', { 'a.rego': 'package a\n\np if {"ü€😀": 1} == nope("ü")\n' }],
  [
    'what only strict mode minds',
    {
      'a.rego':
        'package a\n\nimport data.b\nimport data.b.c\nimport data.d.c\n\nf(x) := 1\n\np if {\n\ty := 1\n\tany([true])\n}\n',
    },
  ],
  [
    'strict mode',
    {
      'a.rego':
        'package a\n\nimport data.b\nimport data.b.c\nimport data.d.c\n\nf(x) := 1\n\np if {\n\ty := 1\n\tany([true])\n}\n',
    },
    { strict: true },
  ],
  [
    'files that are ignored',
    { 'a.rego': 'nope', 'sub/b.rego': 'nope', 'c.rego': 'package c\n' },
    { ignore: ['a.*', 'sub'] },
  ],
  ['Rego v0 as v0', { 'a.rego': 'package a\n\np[x] { x = 1 }\n' }, { regoVersion: 0 }],
  ['Rego v1 as v0', { 'a.rego': 'package a\n\np contains 1 if true\n' }, { regoVersion: 0 }],
  ['Rego v0 as both', { 'a.rego': 'package a\n\np[x] { x = 1 }\n' }, { regoVersion: 'both' }],
  ['Rego v1 as both', { 'a.rego': 'package a\n\np contains 1 if true\n' }, { regoVersion: 'both' }],
  ['Rego for both', { 'a.rego': 'package a\n\nimport rego.v1\n\np contains 1 if true\n' }, { regoVersion: 'both' }],
  [
    'a function that an old OPA lacks',
    { 'a.rego': 'package a\n\np := strings.count("a", "a")\n' },
    { capabilities: 'v0.60.0' },
  ],
  ['a keyword that an old OPA lacks', { 'a.rego': 'package a\n\np if true\n' }, { capabilities: 'v0.30.0' }],
  [
    'capabilities of a file',
    { 'a.rego': 'package a\n\np := count([1])\n', 'c.json': '{"builtins": []}' },
    { capabilities: 'c.json' },
    ['a.rego'],
  ],
  [
    'input with a schema',
    { 'a.rego': 'package a\n\np := input.usr.name\n\nq if input.user.age == "x"\n', 'input.json': schema },
    { schemas: ['input.json'] },
    ['a.rego'],
  ],
  [
    'a schema in YAML',
    { 'a.rego': 'package a\n\np := input.b\n', 'input.yaml': 'type: object\nproperties:\n  a: {type: string}\n' },
    { schemas: ['input.yaml'] },
    ['a.rego'],
  ],
  [
    'schemas that annotations name',
    {
      'p/a.rego':
        '# METADATA\n# scope: package\n# schemas:\n#   - input: schema.in.user\n#   - data.acl: schema["my-acl"]\npackage a\n\np := input.usr\n\nq := data.acl.nope\n',
      's/in/user.json': schema,
      's/my-acl.json': '{"type": "object", "properties": {"alice": {"type": "string"}}}',
    },
    { schemas: ['s'] },
    ['p'],
  ],
  [
    'a schema that an annotation names and that is not there',
    {
      'p/a.rego': '# METADATA\n# schemas:\n#   - input: schema.nope\np := 1\n'.replace(/^/, 'package a\n\n'),
      's/x.json': schema,
    },
    { schemas: ['s'] },
    ['p'],
  ],
  [
    'a schema within an annotation',
    {
      'a.rego':
        'package a\n\n# METADATA\n# schemas:\n#   - input.x: {type: object, properties: {y: {type: number}}}\np if input.x.z == 1\n',
    },
  ],
  [
    'a schema that is none',
    { 'a.rego': 'package a\n\np := input.x\n', 'input.json': '{"type": "nope"}' },
    { schemas: ['input.json'] },
    ['a.rego'],
  ],
  ['data beside a rule', { 'a.rego': 'package a\n\np := 1\n', 'a/data.json': '{"p": 2}' }],
  [
    'data in the place of a rule, in a bundle',
    { 'a.rego': 'package a\n\np := 1\n', 'a/data.json': '{"p": 2}' },
    { bundle: true },
    ['.'],
  ],
  [
    'two bundles that overlap',
    { 'x/a.rego': 'package a\n\np := 1\n', 'y/b.rego': 'package b\n' },
    { bundle: true },
    ['x', 'y'],
  ],
  [
    'a bundle that does not parse',
    { 'x/sub/a.rego': 'package a\n\np := {\n', 'x/b.rego': 'package b\n\nq := nope(1)\n' },
    { bundle: true },
    ['x'],
  ],
  ['a bundle with an unknown function', { 'x/b.rego': 'package b\n\nq := nope(1)\n' }, { bundle: true }, ['x']],
]

describe('the same answer as opa check', () => {
  for (const [name, files, options = {}, sources = ['.']] of cases) {
    guarded(`${name}${because}`, async () => {
      const folder = written(files)
      expect(await ours(folder, sources, options)).toEqual(theirs(folder, sources, options))
    })
  }
})

// Where the archive is named differs.
const place = ({ code, message, place: at }: Found) => ({
  code,
  message: message.replaceAll(/^bundle x\.tar\.gz: |x\.tar\.gz\//g, ''),
  place: at.replace(/^x\.tar\.gz[:/]+/, ''),
})

describe('the same answer as opa check -b about an archive', () => {
  const archives: Readonly<Record<string, Files>> = {
    'that is right': { 'a.rego': 'package a\n\np := data.x\n', 'x/data.json': '{"y": 1}', '.manifest': '{}' },
    'with an unknown function': { 'a/b.rego': 'package b\n\nq := nope(1)\n' },
    'that does not parse': { 'a/b.rego': 'package b\n\nq := {\n' },
    'with a package outside its roots': { 'a.rego': 'package a\n', '.manifest': '{"roots": ["b"]}' },
    'with data in the place of a rule': { 'a.rego': 'package a\n\np := 1\n', 'a/data.json': '{"p": 2}' },
  }
  for (const [name, files] of Object.entries(archives)) {
    guarded(`${name}${because}`, async () => {
      const folder = written(files)
      spawnSync('tar', ['czf', 'x.tar.gz', ...Object.keys(files)], { cwd: folder })
      const [mine, opas] = [
        await ours(folder, ['x.tar.gz'], { bundle: true }),
        theirs(folder, ['x.tar.gz'], { bundle: true }),
      ]
      expect(mine.map(place)).toEqual(opas.map(place))
      expect(mine.length > 0).toBe(name !== 'that is right')
    })
  }
})

test('data of a bundle that is no JSON is named by its file', async () => {
  const folder = written({ 'b.rego': 'package b\n', 'd/data.json': '{' })
  const { diagnostics } = await checkPolicies({ sources: [folder], bundle: true })
  expect(diagnostics).toMatchObject([{ code: 'data_error', message: 'unexpected EOF', file: `${folder}/d/data.json` }])
})
