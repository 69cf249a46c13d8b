import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, jest, test } from '@jest/globals'
import { PlangateError } from '@plangate/bundle'
import { compileBundle } from '../src/index.ts'
import { mutantOf } from './generator/mutant.ts'
import { because, compare, counted, full, guarded, lines, report, type Subject } from './reference.ts'

// What is compared is not how fast this machine is.
jest.setTimeout(60 * 60_000)

const folder = mkdtempSync(join(tmpdir(), 'hostile-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A folder with these files in it. */
const folderOf = (name: string, files: Readonly<Record<string, string | Uint8Array>>): string => {
  const root = join(folder, name)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}

/** The codes of what is wrong with sources, or the code of what compileBundle throws. */
const codesOf = async (sources: string | readonly string[]): Promise<readonly string[]> => {
  try {
    const { bundle, diagnostics } = await compileBundle({ sources, entrypoints: ['a/p'] })
    const errors = diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code)
    return bundle === undefined ? errors : ['compiled', ...errors]
  } catch (error) {
    if (error instanceof PlangateError) return [error.code]
    throw error
  }
}

guarded(`broken Rego fails as it does with OPA${because}`, async () => {
  // `as`: our own program wrote them
  const cases = lines('cases.jsonl') as readonly {
    readonly rego_version: string
    readonly modules?: readonly string[]
  }[]
  const bases = cases
    .filter((each) => each.rego_version === 'v1')
    .flatMap(({ modules = [] }) => modules.filter((text) => text.length > 300))
  const subjects = Array.from({ length: full ? 2000 : 200 }, (_, seed): Subject => {
    const { how, bytes } = mutantOf(seed, bases)
    return {
      name: `seed ${seed}: ${how}`,
      files: { 'a.rego': bytes },
      entrypoints: [],
      regoVersion: 1,
      target: 'rego',
    }
  })
  const comparison = await compare(subjects)
  report('broken', counted(comparison))
  expect(comparison.differences).toEqual([])
})

const subject = (name: string, files: Subject['files']): Subject => ({
  name,
  files,
  entrypoints: ['a/p'],
  regoVersion: 1,
})

guarded(`what is wrong between files is what OPA finds${because}`, async () => {
  const comparison = await compare([
    subject('a cycle of imports', {
      'a.rego': 'package a\n\nimport data.b\n\np := b.p\n',
      'b.rego': 'package b\n\nimport data.a\n\np := a.p\n',
    }),
    subject('a rule that calls itself', { 'a.rego': 'package a\n\np if not p\n' }),
    subject('a function that calls itself', { 'a.rego': 'package a\n\np := f(1)\n\nf(x) := f(x - 1)\n' }),
    subject('a rule of two kinds', { 'a.rego': 'package a\n\np := 1\n', 'b.rego': 'package a\n\np contains 1\n' }),
    subject('a rule below a rule', { 'a.rego': 'package a\n\np := 1\n', 'b.rego': 'package a.p\n\nq := 1\n' }),
    subject('a rule over data', { 'a.rego': 'package a\n\np := 1\n', 'a/p/data.json': '{"x": 1}' }),
    subject('a rule below a value of data', { 'a.rego': 'package a\n\np.q.r := 1\n', 'a/data.json': '{"p": 1}' }),
    subject('data that is cut off', { 'a.rego': 'package a\n\np := 1\n', 'data.json': '{"x": ' }),
    subject('data that is no object', { 'a.rego': 'package a\n\np := 1\n', 'data.json': '[1]' }),
    subject('an empty file', { 'a.rego': '' }),
    subject('text in UTF-16', { 'a.rego': Buffer.from('package a\n\np := 1\n', 'utf16le') }),
    subject('text that is not UTF-8', {
      'a.rego': Buffer.from([...Buffer.from('package a\n\np := "'), 0xff, 0x22, 0x0a]),
    }),
    subject('more than ten errors', { 'a.rego': `package a\n\n${'p := x\n\n'.repeat(20)}` }),
    subject('files that do not parse', {
      'a.rego': 'package a\n\np := \n',
      'b.rego': 'package b\n\nq :=\n',
      'c.rego': 'x',
    }),
  ])
  report('between-files', counted(comparison))
  expect(comparison.differences).toEqual([])
})

test('nesting without end is an error with a code', async () => {
  for (const text of ['[', '{"a":', '(', 'f(', '[x | x := ', 'not ']) {
    const deep = folderOf('deep', { 'a.rego': `package a\n\np := ${text.repeat(50_000)}1\n` })
    const [code, ...more] = await codesOf(deep)
    expect([code, more]).toEqual([expect.stringMatching(/^(opa_failed|rego_parse_error)$/), more])
  }
})

test('comprehensions that would keep the type checker busy for hours are refused', async () => {
  const text = `package a\n\np := ${'[x | x := '.repeat(18)}1${']'.repeat(18)}\n`
  const { bundle, diagnostics } = await compileBundle({ sources: { 'a.rego': text }, entrypoints: ['a/p'] })
  expect({ bundle, diagnostics }).toMatchObject({
    bundle: undefined,
    diagnostics: [
      { code: 'opa_failed', message: 'a source has more than 12 comprehensions inside each other', file: 'a.rego' },
    ],
  })
})

test('ten thousand files are compiled, and the broken one among them is named', async () => {
  const count = full ? 10_000 : 1000
  const files = Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `d${index % 100}/f${index}.rego`,
      `package f${index}\n\nq := ${index}\n`,
    ]),
  )
  const many = folderOf('many', { ...files, 'a.rego': 'package a\n\np := data.f7.q\n' })
  expect(await codesOf(many)).toEqual(['compiled'])
  const { diagnostics } = await compileBundle({ sources: folderOf('many', { 'd7/f7.rego': 'package f7\n\nq :=\n' }) })
  expect(new Set(diagnostics.map(({ code, file }) => `${code} in ${file}`))).toEqual(
    new Set([`rego_parse_error in ${join(many, 'd7/f7.rego')}`]),
  )
})
