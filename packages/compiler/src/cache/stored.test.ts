import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from '@jest/globals'
import { openStore } from './store.ts'
import { readStored } from './stored.ts'

const root = mkdtempSync(join(tmpdir(), 'stored-'))
const key = 'ab'.repeat(32)
let folder = ''

beforeEach(async () => {
  folder = mkdtempSync(join(root, 'one-'))
  await (await openStore({ folder })).write(key, Uint8Array.from([1, 2, 3]))
})

afterAll(() => rmSync(root, { recursive: true }))

test('reads at once what a store has written', () => {
  expect([...(readStored(folder, key) ?? [])]).toEqual([1, 2, 3])
})

test.each<[string, () => string]>([
  ['is damaged', () => (writeFileSync(join(folder, key), 'x'.repeat(40)), folder)],
  ['is cut', () => (writeFileSync(join(folder, key), 'x'), folder)],
  ['others may have put there', () => (chmodSync(folder, 0o777), folder)],
  ['is not there', () => join(folder, 'none')],
  ['lies below a file', () => join(folder, key, 'none')],
])('reads nothing of what %s', (_, change) => {
  expect(readStored(change(), key)).toBeUndefined()
})
