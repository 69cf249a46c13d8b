import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { folderOf, testPlan } from './fixtures.ts'
import { binary, plangate } from './runner.ts'

const open = testPlan('stacks', 'model-endpoint', 'open.plan.json')
const small = testPlan('inputs', 'small.plan.json')
const builtin = ['test', '--policy', 'builtin']
const escape = '\u001b['

describe('colours', () => {
  test.each([
    ['a pipe is plain', [], {}, false],
    ['a pipe is plain in CI too', [], { CI: 'true', GITHUB_ACTIONS: 'true' }, false],
    ['FORCE_COLOR colours a pipe', [], { FORCE_COLOR: '1' }, true],
    ['NO_COLOR wins over FORCE_COLOR', [], { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
    ['--no-color wins over FORCE_COLOR', ['--no-color'], { FORCE_COLOR: '1' }, false],
    ['an empty NO_COLOR says nothing', [], { FORCE_COLOR: '1', NO_COLOR: '' }, true],
  ])('%s', async (_, args, env, coloured) => {
    const { stdout } = await plangate(...builtin, ...args, open)
      .env(env)
      .outcome()
    expect(stdout.includes(escape)).toBe(coloured)
  })
})

describe('JSON', () => {
  test('one plan is one decision', async () => {
    const { code, stdout, stderr } = await plangate(...builtin, '-o', 'json', open).outcome()
    const { verdict, plan } = JSON.parse(stdout)
    expect({ code, stderr, verdict, version: plan.terraformVersion }).toEqual({
      code: 1,
      stderr: '',
      verdict: 'fail',
      version: '1.11.4',
    })
  })

  test('several plans are an array in the order of the arguments, and the worst decides', async () => {
    const { code, stdout } = await plangate(...builtin, '-o', 'json', small, open, small).outcome()
    const verdicts = JSON.parse(stdout).map(({ verdict }: { verdict: string }) => verdict)
    expect({ code, verdicts }).toEqual({ code: 1, verdicts: ['pass', 'fail', 'pass'] })
  })

  test('several large plans are judged at once, and print what they print one by one', async () => {
    const folder = folderOf({ 'broken.json': '{"format_version": "1.2", ' })
    // White space changes nothing but the size.
    const large = [open, small, open].map((path, at) => {
      const name = `large-${at}.json`
      writeFileSync(join(folder, name), `${readFileSync(path, 'utf8')}${' '.repeat(2 * 1024 * 1024 + at)}`)
      return name
    })
    const judged = (...plans: string[]) =>
      plangate(...builtin, '-o', 'json', ...plans)
        .in(folder)
        .outcome()
    const alone = await Promise.all(large.map((plan) => judged(plan)))
    const together = await judged(...large)
    expect(together.code).toBe(1)
    expect(JSON.parse(together.stdout)).toEqual(alone.map(({ stdout }) => JSON.parse(stdout)))
    const [first = '', second = '', third = ''] = large
    const { code, stdout, stderr } = await plangate(...builtin, first, 'broken.json', second, 'none.json', third)
      .in(folder)
      .outcome()
    expect({ code, errors: stderr.match(/\[ERR_\w+\]/g) }).toEqual({
      code: 3,
      errors: ['[ERR_INPUT_TRUNCATED]', '[ERR_INPUT_NOT_FOUND]'],
    })
    expect(stdout.match(/^large-\d\.json(?=: verdict )/gm)).toEqual(large)
  })

  test('the same plan gives the same bytes', async () => {
    const once = await plangate(...builtin, '-o', 'json', open).outcome()
    expect(await plangate(...builtin, '-o', 'json', open).outcome()).toEqual(once)
  })
})

test('each finding has conftest’s line, and the text ends with conftest’s summary and the verdict', async () => {
  const { code, stdout, stderr } = await plangate(...builtin, open).outcome()
  const heads = stdout.split('\n').filter((line) => line !== '' && !line.startsWith(' '))
  const found = heads.filter((line) => /^(FAIL|WARN|UNDECIDED) - /.test(line))
  expect({ code, stderr, last: heads.at(-1) }).toEqual({
    code: 1,
    stderr: '',
    last: 'verdict fail (environment: prod, fail_on: medium)',
  })
  expect(heads.at(-2)).toMatch(
    /^\d+ tests, \d+ passed, \d+ warnings?, \d+ failures?, \d+ exceptions?(, \d+ undecided)?$/,
  )
  expect(found.filter((line) => !line.includes(` - ${open} - plangate.main - `))).toEqual([])
  expect(heads.length).toBe(found.length + 2)
})

test('a reader that closes the pipe is no error, and the exit code stays', async () => {
  const child = spawn(process.execPath, [binary, ...builtin, '-o', 'json', ...Array.from({ length: 20 }, () => open)])
  child.stdout.destroy()
  const stderr: Buffer[] = []
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
  const code = await new Promise((resolve) => child.on('close', resolve))
  expect({ code, stderr: Buffer.concat(stderr).toString() }).toEqual({ code: 1, stderr: '' })
})
