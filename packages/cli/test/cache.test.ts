import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { plangate } from './runner.ts'

const root = mkdtempSync(join(tmpdir(), 'cache-'))
const policy = join(root, 'rego')
const plan = join(root, 'plan.json')
const pass = expect.objectContaining({ code: 0, stderr: '' })

beforeAll(() => {
  mkdirSync(policy)
  writeFileSync(join(policy, 'main.rego'), 'package main\n\ndeny contains "x" if input.terraform_version == "0"\n')
  writeFileSync(plan, JSON.stringify({ format_version: '1.2', terraform_version: '1.9.0', resource_changes: [] }))
})

afterAll(() => rmSync(root, { recursive: true }))

/** Compiled Rego; folders beside it are of what is made of it, and of the command's own code. */
const entriesOf = (folder: string): readonly string[] =>
  readdirSync(folder).filter((name) => !['code', 'modules'].includes(name))

const run = (...flags: readonly string[]) => plangate('test', '--policy', policy, plan, ...flags)

test('Rego is compiled once, and then taken from the folder that --cache or PLANGATE_CACHE names', async () => {
  const folder = join(root, 'once')
  const first = await run('--cache', folder).outcome()
  const second = await run().env({ PLANGATE_CACHE: folder }).outcome()
  expect([first, second, entriesOf(folder)]).toEqual([pass, first, [expect.stringMatching(/^[0-9a-f]{64}$/)]])
})

test('without a word, it is kept where the user keeps caches', async () => {
  const home = join(root, 'home')
  expect(await run().env({ PLANGATE_CACHE: '', XDG_CACHE_HOME: home }).outcome()).toEqual(pass)
  expect(entriesOf(join(home, 'plangate'))).toHaveLength(1)
})

test.each([
  ['--no-cache', ['--no-cache'], { PLANGATE_CACHE: join(root, 'empty') }],
  ['PLANGATE_CACHE=off', [], { PLANGATE_CACHE: 'off' }],
])('%s leaves nothing behind', async (_, flags, env) => {
  const home = join(root, 'empty')
  mkdirSync(home, { recursive: true })
  expect(
    await run(...flags)
      .env({ XDG_CACHE_HOME: home, ...env })
      .outcome(),
  ).toEqual(pass)
  expect(readdirSync(home)).toEqual([])
})

test('a folder that others can write to is refused where it is named, and otherwise not used', async () => {
  const folder = join(root, 'shared', 'plangate')
  mkdirSync(folder, { recursive: true })
  chmodSync(folder, 0o777)
  await run('--cache', folder)
    .expectCode(2)
    .expectStderr(
      `error: the cache \`${folder}\` can be written by others [ERR_CACHE_UNSAFE]\nhint: run \`chmod go-w ${folder}\`\n`,
    )
    .verify()
  expect(
    await run()
      .env({ PLANGATE_CACHE: '', XDG_CACHE_HOME: join(root, 'shared') })
      .outcome(),
  ).toEqual(pass)
  expect(readdirSync(folder)).toEqual([])
})

test('a cache that cannot be written is a warning where it is named', async () => {
  const folder = join(plan, 'cache')
  const { code, stderr } = await run('--cache', folder).outcome()
  expect([code, stderr]).toEqual([
    0,
    `warning: the cache \`${folder}\` cannot be opened: ENOTDIR [ERR_CACHE_FAILED]\n` +
      'hint: the bundle is not affected; name another folder, or do without the cache\n',
  ])
})
