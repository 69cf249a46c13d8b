import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readBundle } from '@plangate/bundle'
import { expect, test } from '@jest/globals'
import { folderOf } from './fixtures.ts'
import { binary, plangate } from './runner.ts'

const policy = 'package main\n\nimport data.helper\n\ndeny contains "no" if helper.bad\n\nunused := 1\n'
const helper = 'package helper\n\nbad if startswith(input.name, "x")\n'
const sources = { 'policy/main.rego': policy, 'policy/helper.rego': helper, 'policy/broken_test.rego': 'package t\n' }
const args = ['build', 'policy', '-n', 'main']

const one = (stdout: string): void => expect(stdout).toMatch(/^bundle\.tar\.gz: 1 entrypoint, \d+ bytes\n$/)

const manifestIn = async (folder: string): Promise<unknown> =>
  (await readBundle(join(folder, 'bundle.tar.gz'))).manifest

test.each([
  ['WebAssembly alone', ['--strip-source'], ['.manifest', 'data.json', 'policy.wasm']],
  [
    'optimized Rego',
    ['-t', 'rego', '-O', '2', '--partial-namespace', 'fast'],
    ['.manifest', 'data.json', 'helper.rego', 'main.rego', 'optimized/main.rego'],
  ],
])('the flags make %s', async (_, flags, expected) => {
  const folder = folderOf(sources)
  await plangate(...args, ...flags)
    .in(folder)
    .expectStdout(one)
    .verify()
  expect([...(await readBundle(join(folder, 'bundle.tar.gz'))).files.keys()].sort()).toEqual(expected)
})

test('the environment says what the flags do not', async () => {
  const folder = folderOf(sources)
  const env = {
    PLANGATE_TARGET: 'rego',
    PLANGATE_ROOT: 'main,helper',
    PLANGATE_REVISION: 'e',
    PLANGATE_STRIP_SOURCE: '0',
  }
  await plangate(...args)
    .in(folder)
    .env(env)
    .expectStdout(one)
    .verify()
  expect(await manifestIn(folder)).toMatchObject({ revision: 'e', roots: ['helper', 'main'] })
})

test.each([
  [
    'an optimized WebAssembly',
    ['-O', '1'],
    /^error: rules that OPA has optimized do not survive .*\[optimize_error\]/m,
  ],
  ['another target', ['-t', 'jar'], /\[ERR_USAGE\]/],
  ['another level', ['-O3'], /argument `3` is invalid. it is 0, 1 or 2 \[ERR_USAGE\]/],
  ['another addon', ['-t', 'plan', '--plan-addons', 'all'], /there is no plan addon `all` \[ERR_USAGE\]/],
  ['a glob that is none', ['--ignore', '[a'], /`\[a` is no glob \[ERR_USAGE\]/],
  [
    'capabilities that are not there',
    ['--capabilities', 'nowhere.json'],
    /`nowhere\.json` cannot be read \[ERR_CAPABILITIES_INVALID\]/,
  ],
  [
    'a version that is none',
    ['--capabilities', 'v9.9.9'],
    /no capabilities version found v9\.9\.9 \[capabilities_error\]/,
  ],
])('%s is wrong use, and nothing is written', async (_, flags, expected) => {
  const folder = folderOf(sources)
  await plangate(...args, ...flags)
    .in(folder)
    .expectCode(2)
    .expectStderr((stderr) => expect(stderr).toMatch(expected))
    .verify()
  expect(readdirSync(folder)).toEqual(['policy'])
})

test('a build that fails leaves the bundle of the one before', async () => {
  const folder = folderOf(sources)
  await plangate(...args)
    .in(folder)
    .expectStdout(one)
    .verify()
  const before = readFileSync(join(folder, 'bundle.tar.gz'))
  writeFileSync(join(folder, 'policy', 'main.rego'), 'package main\n\ndeny contains')
  await plangate(...args)
    .in(folder)
    .expectCode(2)
    .expectStderr(() => {})
    .verify()
  expect(readdirSync(folder).sort()).toEqual(['bundle.tar.gz', 'policy'])
  expect(readFileSync(join(folder, 'bundle.tar.gz')).equals(before)).toBe(true)
})

test('a bundle that is there keeps its mode, and a link to it stays a link', async () => {
  const folder = folderOf({ ...sources, 'real.tar.gz': 'old' })
  chmodSync(join(folder, 'real.tar.gz'), 0o640)
  symlinkSync('real.tar.gz', join(folder, 'bundle.tar.gz'))
  await plangate(...args)
    .in(folder)
    .expectStdout(one)
    .verify()
  expect(statSync(join(folder, 'real.tar.gz')).mode & 0o777).toBe(0o640)
  expect(readFileSync(join(folder, 'real.tar.gz')).subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]))
})

test.each([
  ['a folder', 'there'],
  ['in no folder', 'not/there.tar.gz'],
])('an output that is %s is wrong use', async (_, output) => {
  const folder = folderOf(sources)
  mkdirSync(join(folder, 'there'))
  await plangate(...args, '-o', output)
    .in(folder)
    .expectCode(2)
    .expectStderr((stderr) => expect(stderr).toMatch(/^error: `[^`]+` cannot be written: [^\n]+ \[ERR_USAGE\]\nhint: /))
    .verify()
  expect(readdirSync(folder).sort()).toEqual(['policy', 'there'])
})

test('a build that is killed leaves no half of a bundle', async () => {
  const folder = folderOf({ ...sources, 'bundle.tar.gz': 'old' })
  const output = join(folder, 'bundle.tar.gz')
  for (const milliseconds of process.env['PLANGATE_TEST_FULL'] ? [300, 700, 1100, 1500, 1900] : [900]) {
    const child = spawn(process.execPath, [binary, ...args], { cwd: folder, stdio: 'ignore' })
    const ended = new Promise((resolve) => child.on('close', resolve))
    setTimeout(() => child.kill('SIGKILL'), milliseconds)
    await ended
    const isOld = readFileSync(output, 'utf8') === 'old'
    const manifest = isOld ? { roots: ['helper', 'main'] } : await manifestIn(folder)
    expect(manifest).toMatchObject({ roots: ['helper', 'main'] })
  }
})

test('a bundle among the sources is taken apart first', async () => {
  const folder = folderOf(sources)
  await plangate(...args, '-t', 'rego', '-r', 'one')
    .in(folder)
    .expectStdout(one)
    .verify()
  await plangate('build', 'bundle.tar.gz', '-e', 'main/deny').in(folder).expectStdout(one).verify()
  expect(await manifestIn(folder)).toMatchObject({ revision: 'one', roots: ['helper', 'main'] })
})

test('a bundle that leaves its folder cannot be read', async () => {
  const folder = folderOf({ 'a/x.rego': 'package x\n', 'evil.rego': 'package evil\n' })
  execFileSync('tar', ['-czPf', '../bad.tar.gz', '../evil.rego'], { cwd: join(folder, 'a') })
  await plangate('build', 'bad.tar.gz', '-t', 'rego')
    .in(folder)
    .expectCode(3)
    .expectStderr((stderr) =>
      expect(stderr).toMatch(
        /^error: `bad\.tar\.gz`: the bundle holds the unsafe path "\.\.\/evil\.rego" \[ERR_BUNDLE_UNSAFE_PATH\]\nhint: /,
      ),
    )
    .verify()
})
