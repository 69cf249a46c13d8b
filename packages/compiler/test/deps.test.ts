import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { compileBundle, dependencies, type DepsOptions } from '../src/index.ts'
import { because, guarded, opa } from './reference.ts'

const folder = mkdtempSync(join(tmpdir(), 'deps-'))
afterAll(() => rmSync(folder, { recursive: true }))

const files: Readonly<Record<string, string>> = {
  'p/a.rego':
    'package policy\n\nallow if is_admin\n\nis_admin if "admin" in input.user.roles\n\nx := data.foo.bar[input.z]\n\nf(y) := data.deep[y].z\n\ng := f(input["a b"])\n',
  'p/sub/b.rego': 'package sub\n\nimport data.policy\n\np contains v if some v in policy.x\n\nq if not policy.allow\n',
  'p/sub/data.json': '{"k": [1, 2]}',
  'p/sub/more.yaml': 'm: 1\n',
  'p/.hidden/c.rego': 'package hidden\n\nh := input.h\n',
  'v0/a.rego': 'package old\n\np { input.x }\n',
  'q/a.rego': 'package loose\n\np if data.a.b.k\n',
  'bad/a.rego': 'package bad\n\np if {\n',
  'bad/b.rego': 'package bad\n\nq := nope(1)\n\nr := x\n',
  'clash/data.json': '{"a": 1}',
  'clash/a.rego': 'package a\n',
  'broken/data.json': '{',
}

const here = process.cwd()

beforeAll(async () => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  mkdirSync(join(folder, 'empty'))
  symlinkSync('../p/sub', join(folder, 'q/linked'))
  const { bundle } = await compileBundle({
    sources: join(folder, 'p'),
    entrypoints: ['policy/allow', 'sub/q'],
    thread: 'caller',
  })
  writeFileSync(join(folder, 'b.tar.gz'), bundle ?? new Uint8Array())
  process.chdir(folder)
})

afterAll(() => process.chdir(here))

const library = relative(folder, fileURLToPath(new URL('../../../policies/plangate', import.meta.url)))

const cases: readonly (readonly [args: readonly string[], options: DepsOptions, query: string])[] = [
  [['-d', 'p'], { data: ['p'] }, 'data.policy'],
  [['-d', 'p'], { data: ['p'] }, 'data.policy.allow'],
  [['-d', 'p'], { data: ['p'] }, 'data.policy.g'],
  [['-d', 'p'], { data: ['p'] }, 'data.sub'],
  [['-d', 'p'], { data: ['p'] }, 'data.sub.q; x := input.q[_]'],
  [['-d', 'p'], { data: ['p'] }, 'data'],
  [['-d', 'p'], { data: ['p'] }, 'input.a.b'],
  [['-d', 'p'], { data: ['p'] }, '1'],
  [['-d', './p/../p', '--ignore', '.*'], { data: ['./p/../p'], ignore: ['.*'] }, 'data.hidden'],
  [['-d', 'p', '--ignore', 'sub'], { data: ['p'], ignore: ['sub'] }, 'data.sub'],
  [['-d', 'p/a.rego', '-d', 'p/sub'], { data: ['p/a.rego', 'p/sub'] }, 'data.sub.p'],
  [['-d', 'x.y:p/sub/data.json', '-d', 'q/a.rego'], { data: ['x.y:p/sub/data.json', 'q/a.rego'] }, 'data.loose'],
  [['-d', `file://${folder}/p`], { data: [`file://${folder}/p`] }, 'data.policy.x'],
  [['-d', join(folder, 'p')], { data: [join(folder, 'p')] }, 'data.policy.x'],
  [['-d', 'q'], { data: ['q'] }, 'data.sub.q'],
  [['-d', 'empty'], { data: ['empty'] }, 'data.a.b'],
  [['-d', 'p', '-f', 'json'], { data: ['p'], format: 'json' }, 'data.policy'],
  [['-d', 'p', '-f', 'json'], { data: ['p'], format: 'json' }, '1'],
  [['-b', 'p', '-f', 'json'], { bundles: ['p'], format: 'json' }, 'data.sub'],
  [['-b', 'b.tar.gz'], { bundles: ['b.tar.gz'] }, 'data.sub'],
  [['-d', 'b.tar.gz'], { data: ['b.tar.gz'] }, 'data.sub'],
  [['-b', 'p', '-d', 'q'], { bundles: ['p'], data: ['q'] }, 'data.loose'],
  [['-d', library], { data: [library] }, 'data.plangate.main.deny'],
]

for (const [args, options, query] of cases) {
  guarded(`opa deps ${args.join(' ')} ${query} and ours agree about every byte${because}`, async () => {
    const { text, diagnostics } = await dependencies(query, { ...options, thread: 'caller' })
    const { stdout, stderr } = spawnSync(opa, ['deps', ...args, query], { encoding: 'utf8', cwd: folder })
    expect({ text, diagnostics, stderr }).toEqual({ text: stdout, diagnostics: [], stderr: '' })
  })
}

test.each<[string, string, DepsOptions, readonly string[]]>([
  ['a query that is none', 'data.', {}, ['query `data.`:1:5: rego_parse_error']],
  ['a source that is no Rego', 'data.x', { data: ['bad/a.rego'] }, ['bad/a.rego:4:0: rego_parse_error']],
  ['sources that do not compile', 'data.x', { data: ['bad/b.rego'] }, ['bad/b.rego:3:6: rego_type_error']],
  ['Rego v0', 'data.old', { data: ['v0'] }, ['v0/a.rego:3:1: rego_parse_error']],
  ['data that is no JSON', 'data.x', { data: ['broken'] }, [':0:0: load_error']],
])('%s is a diagnostic', async (_, query, options, expected) => {
  const { text, diagnostics } = await dependencies(query, { ...options, thread: 'caller' })
  const found = diagnostics.map(({ file, line, column, code }) => `${file}:${line}:${column}: ${code}`)
  expect({ text, found }).toEqual({ text: '', found: expected })
})

test('Rego v0 is read where it is asked for', async () => {
  const { text } = await dependencies('data.old', { data: ['v0'], v0Compatible: true, thread: 'caller' })
  expect(text).toContain('input.x')
})

test.each([
  ['missing', 'nowhere', 'ERR_SOURCE_NOT_FOUND'],
  ['a link to a folder that it lies in', 'loop', 'ERR_SOURCE_INVALID'],
])('data that is %s is a coded error', async (_, path, code) => {
  mkdirSync(join(folder, 'loop'), { recursive: true })
  try {
    symlinkSync('.', join(folder, 'loop/again'))
  } catch {
    // made by the case before
  }
  await expect(dependencies('data.x', { data: [path], thread: 'caller' })).rejects.toMatchObject({ code })
})
