import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from '@jest/globals'
import { sample } from '../../test/sample.ts'
import { compileBundle } from '../compile.ts'
import type { CompileOptions, CompileStep } from '../types.ts'

const root = mkdtempSync(join(tmpdir(), 'cached-'))
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(root, 'one-'))
})

afterAll(() => rmSync(root, { recursive: true }))

/** Compiles with the cache; `loaded` is whether OPA was asked. */
const compile = async (options: Partial<CompileOptions> = {}) => {
  const steps: CompileStep[] = []
  const onProgress = (step: CompileStep): void => void steps.push(step)
  const result = await compileBundle({ sources: sample, cache: { folder }, onProgress, ...options })
  return { result, loaded: steps.includes('load') }
}

test('the second compile of the same asks nobody, and its outcome is the same', async () => {
  const [first, second] = [await compile(), await compile()]
  expect([first.loaded, second.loaded]).toEqual([true, false])
  expect(second.result).toEqual(first.result)
  expect(second.result).toEqual(await compileBundle({ sources: sample }))
})

test.each<[string, Partial<CompileOptions>]>([
  ['a source', { sources: { ...sample, 'more.rego': 'package more\n' } }],
  [
    'the name of a source',
    { sources: Object.fromEntries(Object.entries(sample).map(([path, text]) => [`a/${path}`, text])) },
  ],
  ['data', { data: { more: 1 } }],
  ['an entrypoint', { entrypoints: ['plangate/policies/storage/disk/deny'] }],
  ['a namespace', { namespaces: ['plangate.main'] }],
  ['the revision', { revision: '8' }],
  ['the target', { target: 'rego' }],
  ['the capabilities', { capabilities: 'v1.20.0' }],
])('%s makes another entry', async (_, options) => {
  await compile()
  expect((await compile(options)).loaded).toBe(true)
  expect(readdirSync(folder)).toHaveLength(2)
})

test('diagnostics name files as the caller of the moment does', async () => {
  const sources = { './x/main.rego': '# METADATA\n# custom:\n#   severity: high\npackage x\n\np := 1\n' }
  const named = async (prefix: string) => {
    const text = sources['./x/main.rego']
    const { result } = await compile({ sources: { [`${prefix}x/main.rego`]: text }, entrypoints: ['x/p'] })
    return result.diagnostics.map(({ file }) => file)
  }
  expect([await named('./'), await named('/'), readdirSync(folder).length]).toEqual([
    ['./x/main.rego'],
    ['/x/main.rego'],
    1,
  ])
})

test('what does not compile is not kept', async () => {
  const broken = { sources: { 'a.rego': 'package a\n\np if {' } }
  const [first, second] = [await compile(broken), await compile(broken)]
  expect([second.loaded, second.result.diagnostics, readdirSync(folder)]).toEqual([true, first.result.diagnostics, []])
})

test('a damaged entry is compiled again and mended', async () => {
  const { result } = await compile()
  const path = join(folder, readdirSync(folder)[0] ?? '')
  const whole = readFileSync(path)
  writeFileSync(path, whole.subarray(0, -1))
  const again = await compile()
  expect([again.loaded, again.result, readFileSync(path)]).toEqual([true, result, whole])
})
