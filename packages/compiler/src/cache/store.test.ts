import { createHash } from 'node:crypto'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from '@jest/globals'
import type { PlangateError } from '@plangate/bundle'
import { openStore } from './store.ts'

const root = mkdtempSync(join(tmpdir(), 'store-'))
let folder = ''
let errors: PlangateError[] = []

beforeEach(() => {
  folder = mkdtempSync(join(root, 'one-'))
  errors = []
})

afterAll(() => rmSync(root, { recursive: true }))

const key = (text: string): string => createHash('sha256').update(text).digest('hex')
const bytes = Uint8Array.from([1, 2, 3])
const onError = (error: PlangateError): void => void errors.push(error)
const open = (maxBytes?: number) => openStore({ folder, onError, ...(maxBytes === undefined ? {} : { maxBytes }) })
const list = (...bytesOf: (Uint8Array | undefined)[]) => bytesOf.map((each) => each && [...each])

test('what was written is read, by another store too', async () => {
  await (await open()).write(key('a'), bytes)
  const store = await open()
  expect(list(await store.read(key('a')), await store.read(key('b')))).toEqual([[1, 2, 3], undefined])
  expect(errors).toEqual([])
})

test('every damaged byte of an entry is noticed, and the entry goes', async () => {
  const store = await open()
  const path = join(folder, key('a'))
  await store.write(key('a'), bytes)
  const whole = readFileSync(path)
  for (const at of whole.keys()) {
    const damaged = Uint8Array.from(whole)
    damaged[at] = (damaged[at] ?? 0) ^ 1
    writeFileSync(path, damaged)
    expect([at, await store.read(key('a')), readdirSync(folder)]).toEqual([at, undefined, []])
  }
})

test.each([0, 1, 31, 32, 34])('an entry cut after %i bytes is none', async (size) => {
  const store = await open()
  await store.write(key('a'), bytes)
  const path = join(folder, key('a'))
  writeFileSync(path, readFileSync(path).subarray(0, size))
  expect(await store.read(key('a'))).toBeUndefined()
})

test('an entry under the name of another is none', async () => {
  const store = await open()
  await store.write(key('a'), bytes)
  renameSync(join(folder, key('a')), join(folder, key('b')))
  expect(await store.read(key('b'))).toBeUndefined()
})

test('what has not been used for longest goes first', async () => {
  const store = await open(3 * 35)
  for (const [index, name] of ['a', 'b', 'c'].entries()) {
    await store.write(key(name), bytes)
    utimesSync(join(folder, key(name)), index, index)
  }
  await store.read(key('a'))
  await store.write(key('d'), bytes)
  expect(readdirSync(folder).sort()).toEqual([key('a'), key('c'), key('d')].sort())
})

test('what does not fit at all is not written', async () => {
  await (await open(34)).write(key('a'), bytes)
  expect([readdirSync(folder), errors]).toEqual([[], []])
})

test('drafts of killed writers go after a while, and other files stay', async () => {
  const [old, young] = [`${key('a')}.1-0123456789abcdef.tmp`, `${key('a')}.2-0123456789abcdef.tmp`]
  for (const name of [old, young, 'notes.txt']) writeFileSync(join(folder, name), 'x')
  utimesSync(join(folder, old), 1, 1)
  utimesSync(join(folder, 'notes.txt'), 1, 1)
  await (await open(36)).write(key('b'), bytes)
  expect(readdirSync(folder).sort()).toEqual([young, 'notes.txt', key('b')].sort())
})

test('a folder in the place of an entry is an error that does not stop anything', async () => {
  const store = await open()
  mkdirSync(join(folder, key('a')))
  expect(await store.read(key('a'))).toBeUndefined()
  await store.write(key('a'), bytes)
  expect(errors.map(({ code, message }) => [code, message])).toEqual([
    ['ERR_CACHE_FAILED', `the cache \`${folder}\` cannot be read: EISDIR`],
    ['ERR_CACHE_FAILED', `the cache \`${folder}\` cannot be written: EISDIR`],
  ])
  expect(readdirSync(folder)).toEqual([key('a')])
})

test('a folder that cannot be made is an error that does not stop anything', async () => {
  writeFileSync(join(folder, 'file'), '')
  const store = await openStore({ folder: join(folder, 'file', 'cache'), onError })
  await store.write(key('a'), bytes)
  expect(await store.read(key('a'))).toBeUndefined()
  expect(errors.map(({ message }) => message)).toEqual([
    `the cache \`${join(folder, 'file', 'cache')}\` cannot be opened: ENOTDIR`,
  ])
})
