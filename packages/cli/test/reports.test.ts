import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { fileURLToPath } from 'node:url'
import { plangate } from './runner.ts'

const stack = (name: string) => fileURLToPath(new URL(`../../../test-plans/stacks/${name}.plan.json`, import.meta.url))
const run = (...args: readonly string[]) => plangate(...args).outcome()

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plangate-reports-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('several reports are made at once, those with a file there, and text besides', async () => {
  const sarif = join(folder, 'report.sarif')
  const junit = join(folder, 'report.xml')
  const { code, stdout, stderr } = await run(
    'test',
    stack('model-endpoint/open'),
    '-o',
    `sarif=${sarif}`,
    '-o',
    `junit=${junit}`,
  )
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
  expect(stdout).toContain('verdict fail')
  const [{ results }] = JSON.parse(readFileSync(sarif, 'utf8')).runs
  const lines = (stdout.match(/^(FAIL|WARN) - /gm) ?? []).length
  expect(results).toHaveLength(lines)
  expect(readFileSync(junit, 'utf8')).toContain(`failures="${(stdout.match(/^FAIL - /gm) ?? []).length}"`)
})

test('a report that machines read is left out where a plan cannot be decided', async () => {
  const sarif = join(folder, 'report.sarif')
  const broken = join(folder, 'broken.json')
  writeFileSync(broken, '{')
  const { code, stdout } = await run('test', stack('model-endpoint/dev'), broken, '-o', `sarif=${sarif}`)
  expect(code).toBe(3)
  expect(stdout).toContain('verdict')
  expect(() => readFileSync(sarif)).toThrow('ENOENT')
})

test.each<[readonly string[], string]>([
  [['-o', 'pdf'], 'there is no format `pdf`'],
  [['-o', 'json', '-o', 'tap'], 'two reports go to standard output'],
  [['-o', 'json=a', '-o', 'tap=a'], 'two reports go to `a`'],
  [['-o', 'json='], '`--output json=` names no file'],
])('%j is wrong use', async (flags, message) => {
  const { code, stdout, stderr } = await run('test', stack('model-endpoint/dev'), ...flags)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain(`error: ${message} [ERR_USAGE]`)
})

test('the summary of a step of GitHub Actions gets the Markdown, after what is there', async () => {
  const summary = join(folder, 'summary.md')
  writeFileSync(summary, 'before\n')
  const args = ['test', stack('model-endpoint/open')]
  const { code } = await plangate(...args)
    .env({ GITHUB_STEP_SUMMARY: summary })
    .outcome()
  expect(code).toBe(1)
  expect(readFileSync(summary, 'utf8')).toMatch(/^before\n<!-- plangate -->\n\n### ❌ plangate: fail\n/)
  const { code: same, stderr } = await plangate(...args)
    .env({ GITHUB_STEP_SUMMARY: folder })
    .outcome()
  expect(same).toBe(1)
  expect(stderr).toBe('warning: the summary of the step cannot be written: it is a folder\n')
})

test('a report that cannot be written says so, and nothing is printed', async () => {
  const { code, stdout, stderr } = await run('test', stack('model-endpoint/dev'), '-o', `sarif=${folder}`)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain('cannot be written')
})
