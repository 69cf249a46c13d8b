import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from '@jest/globals'
import { testPlan } from './fixtures.ts'
import { plangate } from './runner.ts'

// The code that V8 has made of the command's modules is kept for the next run, in the folder of the cache.

const root = mkdtempSync(join(tmpdir(), 'code-'))
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(root, 'one-'))
})

afterAll(() => rmSync(root, { recursive: true }))

const list = () => plangate('list', '--output', 'json').env({ PLANGATE_CACHE: folder }).outcome()
const entries = (): readonly Buffer[] =>
  readdirSync(join(folder, 'code')).map((name) => readFileSync(join(folder, 'code', name)))
const modulePaths = () => readdirSync(join(folder, 'modules')).map((name) => join(folder, 'modules', name))
const onlyPath = () => join(folder, 'code', readdirSync(join(folder, 'code'))[0] ?? '')

test('the second run takes what the first has left, and prints the same', async () => {
  const first = await list()
  const kept = entries()
  const second = await list()
  expect([first.code, second, kept.length, entries()]).toEqual([0, first, 1, kept])
})

test('a plan is judged without loading zod', async () => {
  const plan = testPlan('stacks', 'model-endpoint', 'open.plan.json')
  const outcome = await plangate('test', '--env', 'dev', plan).env({ PLANGATE_CACHE: folder }).outcome()
  const names = entries().flatMap((entry) =>
    [...entry.toString('latin1').matchAll(/"(\.\/[\w-]+\.cjs)"/g)].map(([, name]) => name),
  )
  expect([outcome.code, names.includes('./main.cjs'), names.includes('./zod.cjs')]).toEqual([1, true, false])
})

test('a bundle that was made ready to run is kept, and a damaged one is not run', async () => {
  const plan = testPlan('stacks', 'model-endpoint', 'open.plan.json')
  const judge = () => plangate('test', plan).env({ PLANGATE_CACHE: folder }).outcome()
  const first = await judge()
  const [path = ''] = modulePaths()
  const kept = readFileSync(path)
  writeFileSync(path, kept.with(kept.length - 100, (kept.at(-100) ?? 0) ^ 1))
  expect([await judge(), await judge(), modulePaths(), readFileSync(path)]).toEqual([first, first, [path], kept])
})

test('damaged code is not run, and is mended', async () => {
  const first = await list()
  const [kept] = entries()
  writeFileSync(
    onlyPath(),
    (kept ?? Buffer.of()).map((byte, at) => (at % 1000 === 999 ? byte ^ 1 : byte)),
  )
  expect([await list(), entries().length]).toEqual([first, 1])
  // V8 does not make the same bytes twice, but it takes what it has made.
  const mended = entries()
  expect([await list(), entries()]).toEqual([first, mended])
})

test('where there can be no folder, nothing is kept', async () => {
  const path = join(folder, 'file')
  writeFileSync(path, '')
  const cache = join(path, 'cache')
  const plan = testPlan('stacks', 'model-endpoint', 'open.plan.json')
  const here = await plangate('test', plan).env({ PLANGATE_CACHE: 'off' }).outcome()
  expect(await plangate('test', plan).env({ PLANGATE_CACHE: cache }).outcome()).toEqual(here)
})

test('code in a folder that others can write to is neither run nor replaced', async () => {
  const first = await list()
  writeFileSync(onlyPath(), 'not code')
  chmodSync(join(folder, 'code'), 0o777)
  expect([await list(), String(readFileSync(onlyPath()))]).toEqual([first, 'not code'])
})

test('a command that is mistyped leaves nothing', async () => {
  expect((await plangate('lst').env({ PLANGATE_CACHE: folder }).outcome()).code).toBe(2)
  expect(readdirSync(folder)).toEqual([])
})
