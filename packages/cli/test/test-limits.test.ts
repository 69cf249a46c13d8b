import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from '@jest/globals'
import { withBody } from '../../sdk/test/modules.ts'
import { folderOf } from './fixtures.ts'
import { binary, coded, plangate } from './runner.ts'

const plan = (name: string): string =>
  JSON.stringify({
    format_version: '1.2',
    planned_values: {},
    resource_changes: [],
    variables: { [name]: { value: 1 } },
  })

const folder = folderOf({
  'policy/main.rego': `package main

deny contains "endless" if {
	input.variables.endless
	count([1 | some a in numbers.range(1, 100000); some b in numbers.range(1, 100000); a * b == -1]) > 0
}

deny contains "hog" if { input.variables.hog; count(numbers.range(1, 100000000)) > 0 }

deny contains "good" if input.variables.good
`,
  'endless.json': plan('endless'),
  'hog.json': plan('hog'),
  'good.json': plan('good'),
})
beforeAll(() => plangate('build', 'policy', '--namespace', 'main', '-o', 'main.tar.gz').in(folder).outcome())

const late =
  'error: the evaluation takes longer than 1000 ms [ERR_TIME_LIMIT]\n' +
  'hint: give it more time, or look for what takes so long in the policies\n'

test('a plan that takes too long is not decided, and the next one is', () =>
  plangate('test', '--policy', 'main.tar.gz', '--time-limit', '1s', 'endless.json', 'good.json')
    .in(folder)
    .expectCode(3)
    .expectStdout((stdout) => expect(stdout).toContain('good'))
    .expectStderr(late)
    .verify())

test('a bundle that does not end its start judges nothing', async () => {
  const unpacked = join(folder, 'hostile')
  mkdirSync(unpacked)
  execFileSync('tar', ['xzPf', join(folder, 'main.tar.gz'), '--transform', 's,^/,,', '-C', unpacked])
  const wasm = join(unpacked, 'policy.wasm')
  // `loop br 0 end`
  writeFileSync(wasm, withBody(readFileSync(wasm), 'opa_malloc_init', [0x03, 0x40, 0x0c, 0, 0x0b]))
  execFileSync('tar', ['czf', 'hostile.tar.gz', '-C', 'hostile', '.'], { cwd: folder })
  await plangate('test', '--policy', 'hostile.tar.gz', '--time-limit', '1s', 'good.json')
    .in(folder)
    .expectCode(3)
    .expectStdout('')
    .expectStderr(coded('ERR_TIME_LIMIT'))
    .verify()
})

test('a plan that takes too much memory is not decided, and the next one is', () =>
  plangate('test', '--policy', 'main.tar.gz', 'hog.json', 'good.json')
    .in(folder)
    .env({ PLANGATE_MEMORY_LIMIT: '256MiB' })
    .expectCode(3)
    .expectStdout((stdout) => expect(stdout).toContain('good'))
    .expectStderr(coded('ERR_MEMORY_LIMIT'))
    .verify())

test('within its limits the command prints what it prints without', async () => {
  const command = plangate('test', '--policy', 'main.tar.gz', 'good.json', '--output', 'json').in(folder)
  const limited = plangate('test', '--policy', 'main.tar.gz', 'good.json', '--output', 'json', '--time-limit', '1m').in(
    folder,
  )
  expect(await limited.outcome()).toEqual(await command.outcome())
})

test('the command ends though standard input does not', async () => {
  const args = [binary, 'test', '--policy', 'builtin', '--time-limit', '300ms', '-']
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'ignore', 'ignore'] })
  child.stdin.write('{')
  expect(await new Promise((resolve) => child.on('exit', resolve))).toBe(3)
})
