import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { FORMATS } from '@plangate/sdk'
import { folderOf, testPlan } from './fixtures.ts'
import { binary, coded, plangate } from './runner.ts'

// Code by code what design.md says of exit codes. What is wrong with plans is in input.test.ts, with limits in limits.test.ts and
// test-limits.test.ts, with flags in usage.test.ts.

const fails = testPlan('stacks', 'model-endpoint', 'open.plan.json')
const passes = testPlan('inputs', 'small.plan.json')
const warns = testPlan('stacks', 'model-endpoint-live', 'noop.plan.json')
const undecided = testPlan('stacks', 'training-cluster', 'hardened.plan.json')
const builtin = ['test', '--policy', 'builtin']
const fullDisk = '/dev/full'
const guarded = existsSync(fullDisk) ? test : test.skip

describe('what is decided is the exit code', () => {
  test.each<[string, number, readonly string[]]>([
    ['nothing found', 0, [passes]],
    ['something fails', 1, [fails]],
    ['only warnings', 0, [warns]],
    ['something is undecided, which warns unless said', 0, [undecided]],
    ['something is undecided, which warns', 0, [undecided, '--undecided', 'warn']],
    ['something is undecided, which fails', 1, [undecided, '--undecided', 'fail']],
    ['something is undecided, which is ignored', 0, [undecided, '--undecided', 'ignore']],
    ['the worst of several plans', 1, [passes, fails, undecided]],
    ['what passes of several plans', 0, [passes, undecided]],
    ['one of several plans is broken, which is worse than a finding', 3, [passes, 'nowhere.json', fails]],
  ])('%s: %i', async (_, code, args) => {
    const outcome = await plangate(...builtin, ...args).outcome()
    expect(outcome.code).toBe(code)
  })
})

describe('where the report cannot be had, no exit code says that the gate was passed or not', () => {
  guarded.each([['stdout'], ['json'], ['sarif'], ['html']])('standard output on a full disk, as %s', (format) => {
    const command = `"${process.execPath}" "${binary}" test --policy builtin -o ${format} "${fails}" > ${fullDisk}`
    let outcome: unknown
    try {
      execFileSync('sh', ['-c', command], { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' })
    } catch (error) {
      outcome = error
    }
    expect(outcome).toMatchObject({
      status: 3,
      stderr:
        'error: standard output cannot be written: ENOSPC [ERR_OUTPUT_FAILED]\n' +
        'hint: make room on the disk, or write to another place\n',
    })
  })

  guarded('a file on a full disk', () =>
    plangate(...builtin, '-o', `sarif=${fullDisk}`, fails)
      .expectCode(3)
      .expectStderr(coded('ERR_OUTPUT_FAILED'))
      .verify(),
  )

  guarded('the summary of a step on a full disk is a warning', async () => {
    const { code, stderr } = await plangate(...builtin, passes)
      .env({ GITHUB_STEP_SUMMARY: fullDisk })
      .outcome()
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: 'warning: the summary of the step cannot be written: ENOSPC\n',
    })
  })
})

describe('nothing that the command reads is written over', () => {
  const files = {
    'plan.json': readFileSync(fails),
    'plangate.yaml': 'environment: dev\n',
    'waivers.yaml': 'waivers: []\n',
    'data.json': '{}\n',
  }

  test.each<[string, readonly string[]]>([
    ['the plan', ['-o', 'json=plan.json']],
    ['the plan by a link', ['-o', 'json=link.json']],
    ['the plan by another way', ['-o', 'json=./x/../plan.json']],
    ['the config', ['-o', 'json=plangate.yaml']],
    ['waivers', ['--waivers', 'waivers.yaml', '-o', 'sarif=waivers.yaml']],
    ['data', ['--data', 'data.json', '-o', 'sarif=data.json']],
    ['another report', ['-o', 'sarif=report', '-o', 'json=./report']],
  ])('%s', async (_, args) => {
    const folder = folderOf({ ...files, 'x/y': '' })
    symlinkSync('plan.json', join(folder, 'link.json'))
    await plangate(...builtin, 'plan.json', ...args)
      .in(folder)
      .expectCode(2)
      .expectStderr((stderr) => {
        coded('ERR_USAGE')(stderr)
        expect(stderr).toContain('would be written over')
      })
      .verify()
    for (const [name, content] of Object.entries(files))
      expect(readFileSync(join(folder, name)).equals(Buffer.from(content))).toBe(true)
  })

  test.each([['plan.json'], ['plangate.yaml']])('a baseline over %s', async (name) => {
    const folder = folderOf(files)
    await plangate('baseline', '--policy', 'builtin', '-o', name, 'plan.json')
      .in(folder)
      .expectCode(2)
      .expectStderr(coded('ERR_CONFIG_INVALID'))
      .verify()
    expect(readFileSync(join(folder, 'plan.json')).equals(readFileSync(fails))).toBe(true)
  })
})

describe('a file that nobody wrote for plangate is wrong use', () => {
  const bomb = Array.from({ length: 11 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at},`.repeat(10)}]`)
  const hostile: readonly (readonly [string, string | Uint8Array])[] = [
    ['values that repeat values', ['a0: &a0 [x]', ...bomb, ''].join('\n')],
    ['a value that contains itself', 'waivers: &w\n  - *w\n'],
    ['a key `__proto__`', '__proto__: {waivers: []}\nwaivers: []\n'],
    ['tabs', 'waivers:\n\t- policy: a\n'],
    ['UTF-16', Buffer.from('\ufeffwaivers: []\n', 'utf16le')],
    ['a key twice', 'waivers: []\nwaivers: []\n'],
    ['thousands of levels', `waivers: ${'['.repeat(100_000)}`],
    ['two documents', 'waivers: []\n---\nwaivers: []\n'],
    ['bytes', Uint8Array.from({ length: 256 }, (_, at) => at)],
    ['a tag', 'waivers: !!js/function "function(){}"\n'],
  ]
  const folder = folderOf(Object.fromEntries(hostile.map(([, content], at) => [`${at}.yaml`, content])))
  const flags = hostile.flatMap(([what], at) =>
    (what === 'values that repeat values' ? ['--waivers', '--config', '--baseline', '--data'] : ['--waivers']).map(
      (flag) => [flag, what, at] as const,
    ),
  )

  test.each(flags)('%s with %s', async (flag, _, at) => {
    await plangate(...builtin, flag, `${at}.yaml`, passes)
      .in(folder)
      .expectCode(2)
      .expectStderr(coded(flag === '--data' ? 'ERR_DATA_INVALID' : 'ERR_CONFIG_INVALID'))
      .verify()
  })

  test.each([
    ['--waivers', 'nowhere.yaml'],
    ['--waivers', '.'],
    ['--baseline', 'nowhere.json'],
  ])('%s %s', async (flag, path) => {
    await plangate(...builtin, flag, path, passes)
      .in(folder)
      .expectCode(2)
      .expectStderr(coded('ERR_USAGE'))
      .verify()
  })
})

describe('sources that nobody wrote by hand change no decision', () => {
  const resource = 'resource "aws_sagemaker_model" "llm" {\n  name = "x"\n}\n'
  test.each<[string, Readonly<Record<string, string | Uint8Array>>]>([
    ['blocks in blocks', { 'main.tf': `${resource}${'a {\n'.repeat(20_000)}${'}\n'.repeat(20_000)}` }],
    ['lists in lists', { 'main.tf': `${resource}locals {\n  a = ${'['.repeat(20_000)}1${']'.repeat(20_000)}\n}\n` }],
    ['blocks that stay open', { 'main.tf': `${resource}${'a {\n'.repeat(20_000)}` }],
    ['bytes', { 'main.tf': Uint8Array.from({ length: 500_000 }, (_, at) => (at * at * 31 + at) % 256) }],
    [
      'modules that call themselves',
      { 'main.tf': `module "a" {\n  source = "./."\n}\nmodule "b" {\n  source = "./."\n}\n` },
    ],
    [
      'modules outside',
      {
        'main.tf': `${resource}module "a" {\n  source = "x/y/z"\n}\n`,
        '.terraform/modules/modules.json': '{"Modules": [{"Key": "a", "Dir": "../../../../../../etc"}]}',
      },
    ],
  ])('%s', async (_, files) => {
    const { code, stderr } = await plangate(...builtin, '--source', folderOf(files), fails).outcome()
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
  })

  test('what is no file, and links that lead around', async () => {
    const folder = folderOf({ 'b.tf': `${resource}module "a" {\n  source = "./self"\n}\n` })
    execFileSync('mkfifo', [join(folder, 'pipe.tf')])
    symlinkSync('main.tf', join(folder, 'main.tf'))
    symlinkSync('/dev/zero', join(folder, 'zero.tf'))
    symlinkSync('.', join(folder, 'self'))
    const { code, stderr } = await plangate(...builtin, '--source', folder, fails).outcome()
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
  })
})

describe('a reader that closes the pipe changes no exit code', () => {
  test.each(FORMATS)('%s', async (format) => {
    // Larger than what a pipe holds
    const plans = Array.from({ length: 8 }, () => fails)
    const child = spawn(process.execPath, [binary, ...builtin, '-o', format, ...plans])
    child.stdout.once('data', () => child.stdout.destroy())
    const stderr: Buffer[] = []
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
    const code = await new Promise((resolve) => child.on('close', resolve))
    expect({ code, stderr: Buffer.concat(stderr).toString() }).toEqual({ code: 1, stderr: '' })
  })
})

describe('the cache changes nothing', () => {
  const args = [...builtin, '-o', 'json', fails]

  test('ten commands at once on a new one give the same answer, and leave whole files', async () => {
    const cache = folderOf({})
    chmodSync(cache, 0o700)
    const run = () =>
      plangate(...args)
        .env({ PLANGATE_CACHE: cache })
        .outcome()
    const outcomes = await Promise.all(Array.from({ length: 10 }, run))
    const after = await run()
    expect(after.code).toBe(1)
    expect(outcomes).toEqual(outcomes.map(() => after))
    const names = readdirSync(cache, { recursive: true, encoding: 'utf8' }).map((path) => path.split('/').at(-1) ?? '')
    expect(names.filter((name) => !/^([0-9a-f]{64}|code|modules)$/.test(name))).toEqual([])
  })

  test('one that is damaged, empty or cut off is passed over', async () => {
    const cache = folderOf({})
    chmodSync(cache, 0o700)
    const run = () =>
      plangate(...args)
        .env({ PLANGATE_CACHE: cache })
        .outcome()
    const first = await run()
    for (const damage of [(bytes: Buffer) => bytes.subarray(0, bytes.length / 2), () => Buffer.of()]) {
      for (const path of readdirSync(cache, { recursive: true, encoding: 'utf8' })) {
        if (/[0-9a-f]{64}$/.test(path)) writeFileSync(join(cache, path), damage(readFileSync(join(cache, path))))
      }
      expect(await run()).toEqual(first)
    }
  })

  guarded('one on a disk without room, or that cannot be written, is done without', async () => {
    const cache = folderOf({ file: '' })
    const first = await plangate(...args).outcome()
    expect(
      await plangate(...args)
        .env({ PLANGATE_CACHE: join(cache, 'file') })
        .outcome(),
    ).toMatchObject({
      code: 1,
      stdout: first.stdout,
    })
    expect(
      await plangate(...args)
        .env({ PLANGATE_CACHE: '/proc/plangate' })
        .outcome(),
    ).toMatchObject({
      code: 1,
      stdout: first.stdout,
    })
  })
})

test('a command that is interrupted ends at once, and leaves no file', async () => {
  const folder = folderOf({})
  const child = spawn(process.execPath, [binary, ...builtin, '-o', 'sarif=report.sarif', '-'], {
    cwd: folder,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  child.stdin.write('{"format_version": "1.2", ')
  await new Promise((resolve) => setTimeout(resolve, 500))
  child.kill('SIGINT')
  expect(await new Promise((resolve) => child.on('exit', (_, signal) => resolve(signal)))).toBe('SIGINT')
  expect(readdirSync(folder)).toEqual([])
})
