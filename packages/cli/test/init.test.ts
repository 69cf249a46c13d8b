import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { load } from 'js-yaml'
import { plangate } from './runner.ts'

const prod = fileURLToPath(new URL('../../../test-plans/stacks/model-endpoint/prod.plan.json', import.meta.url))
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plangate-init-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const init = (...flags: readonly string[]) =>
  plangate('init', ...flags)
    .in(folder)
    .outcome()
const files = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length

test('shows what it would write, and writes nothing where nobody can be asked', async () => {
  const { code, stdout, stderr } = await init()
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toMatch(/^plangate\.yaml\n  # yaml-language-server/)
  expect(stdout).toContain('\nplangate.waivers.yaml\n')
  expect(stdout).toMatch(/nothing was written; `--yes` writes without a question\n$/)
  expect(files()).toBe(0)
})

describe.each(['github', 'gitlab', 'azure'])('for %s', (ci) => {
  test('writes files that are YAML, with commands that there are', async () => {
    const { stdout } = await init('--ci', ci, '--yes')
    expect(stdout).toContain('\nwrote plangate.yaml, plangate.waivers.yaml, .')
    expect(files()).toBe(3)
    const [path = ''] = /\.(?:github|gitlab|azure)\/\S+\.yml/.exec(stdout) ?? []
    const text = readFileSync(join(folder, path), 'utf8')
    expect(load(text)).toEqual(expect.any(Object))
    const [, flags = ''] = /plangate test \S+ (.*)$/m.exec(text) ?? []
    const { code, stderr } = await plangate('test', prod, ...flags.split(' '))
      .in(folder)
      .outcome()
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const reports = [...flags.matchAll(/=(\S+)/g)].map(([, name = '']) => existsSync(join(folder, name)))
    expect(reports).toEqual(reports.map(() => true))
  })
})

test('takes the pipeline that the repository has, and its own policies', async () => {
  mkdirSync(join(folder, '.github'))
  mkdirSync(join(folder, 'policy'))
  writeFileSync(join(folder, 'policy/own.rego'), 'package main\n\ndeny contains "own"\n')
  await init('-y')
  expect(existsSync(join(folder, '.github/workflows/plangate.yml'))).toBe(true)
  const { code, stdout } = await plangate('test', prod).in(folder).outcome()
  expect(code).toBe(1)
  expect(stdout).toContain('FAIL - ')
  expect(stdout).toContain(' - main - own')
})

test('leaves what is there as it is', async () => {
  writeFileSync(join(folder, 'plangate.yaml'), 'environment: dev\n')
  const { stdout } = await init('--ci', 'none', '--yes')
  expect(stdout).toContain('plangate.yaml is there already, and stays as it is\n')
  expect(readFileSync(join(folder, 'plangate.yaml'), 'utf8')).toBe('environment: dev\n')
  expect((await init('--ci', 'none', '--yes')).stdout).toMatch(/nothing to write\n$/)
})

test('a folder that cannot be written to is wrong use', async () => {
  const { code, stderr } = await init('/proc', '--ci', 'none', '--yes')
  expect(code).toBe(2)
  expect(stderr).toContain('`plangate.yaml` cannot be written')
})
