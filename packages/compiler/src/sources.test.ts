import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from '@jest/globals'
import { sample } from '../test/sample.ts'
import { compileBundle } from './compile.ts'
import { loadSources } from './sources.ts'

const folders: string[] = []

const folderOf = (files: Readonly<Record<string, string>>): string => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'sources-')))
  folders.push(folder)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

const list = async (sources: Parameters<typeof loadSources>[0]): Promise<readonly string[]> =>
  (await loadSources(sources)).map(({ path, file }) => `${path} <- ${file}`)

test('a folder and its files in memory give the same bytes', async () => {
  const folder = folderOf({ ...sample, 'package.json': '{}', 'dist/library.tar.gz': 'x' })
  expect((await compileBundle({ sources: folder })).bundle).toEqual((await compileBundle({ sources: sample })).bundle)
})

test('a diagnostic names the file as the caller did', async () => {
  const folder = folderOf({ 'sub/a.rego': 'package a\n\np if {' })
  const { diagnostics } = await compileBundle({ sources: `${folder}/./` })
  expect(diagnostics.map(({ file }) => file)).toEqual([join(folder, 'sub/a.rego')])
})

test('taken are Rego and data, and nothing of tests, dependencies and hidden folders', async () => {
  const folder = folderOf(sample)
  expect(await list(folder)).toEqual([
    `plangate/lib/sizes/data.yaml <- ${folder}/plangate/lib/sizes/data.yaml`,
    `plangate/main/main.rego <- ${folder}/plangate/main/main.rego`,
    `plangate/policies/storage/disk/disk.rego <- ${folder}/plangate/policies/storage/disk/disk.rego`,
  ])
})

test('several sources lie in one bundle, each file under a path of its own', async () => {
  const [a, b] = [
    folderOf({ 'main.rego': 'package a', 'same.rego': 'package s', 'data.json': '{"a": 1}' }),
    folderOf({ 'main.rego': 'package b', 'same.rego': 'package s', 'data.json': '{"b": 1}' }),
  ]
  const expected = [
    `data.json <- ${a}/data.json`,
    `data.json <- ${b}/data.json`,
    `main.rego <- ${a}/main.rego`,
    `main~2.rego <- ${b}/main.rego`,
    `same.rego <- ${a}/same.rego`,
  ]
  expect(await list([a, b])).toEqual(expected)
  expect((await list([join(b, 'main.rego'), b, a])).map((line) => line.split(' ')[0])).toEqual(
    expected.map((line) => line.split(' ')[0]),
  )
})

test('a link to a file of the same folder is that file', async () => {
  const folder = folderOf({ 'a.json': '{"x": 1}', 'c.rego': 'package c' })
  symlinkSync('a.json', join(folder, 'data.json'))
  expect(await list(folder)).toEqual([`c.rego <- ${folder}/c.rego`, `data.json <- ${folder}/data.json`])
})

const codeOf = async (act: Promise<unknown>): Promise<unknown> =>
  act.then(
    () => undefined,
    ({ code, message }: { readonly code: string; readonly message: string }) => ({ code, message }),
  )

test.each([
  [
    'out of its folder',
    'a.rego',
    (): string => join(folderOf({ 'a.rego': 'package a' }), 'a.rego'),
    'out of its folder',
  ],
  ['to a folder', 'sub', (): string => folderOf({ 'a.rego': 'package a' }), 'to a folder'],
  ['to nowhere', 'a.rego', (): string => '/nowhere/at/all.rego', 'to nowhere'],
])('a link %s is refused', async (_, name, target, what) => {
  const folder = folderOf({ 'b.rego': 'package b' })
  symlinkSync(target(), join(folder, name))
  expect(await codeOf(compileBundle({ sources: folder }))).toEqual({
    code: 'ERR_SOURCE_INVALID',
    message: `\`${join(folder, name)}\` is a link ${what}`,
  })
})

test.each([
  ['that is missing', 'nowhere/at/all', { code: 'ERR_SOURCE_NOT_FOUND', message: 'no policies at `nowhere/at/all`' }],
  [
    'of another kind',
    'package.json',
    { code: 'ERR_SOURCE_INVALID', message: '`package.json` is neither Rego nor data' },
  ],
])('a source %s is a coded error', async (_, source, expected) => {
  expect(await codeOf(compileBundle({ sources: source }))).toEqual(expected)
})

test('a path in memory that leaves the bundle is a mistake of the caller', async () => {
  await expect(compileBundle({ sources: { '../a.rego': 'package a' } })).rejects.toMatchObject({
    code: 'ERR_ARGUMENT_INVALID',
  })
})
