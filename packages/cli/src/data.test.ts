import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from '@jest/globals'
import { loadData } from './data.ts'

const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function written(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'data-'))
  folders.push(folder)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

test('a file stands at the root, YAML or JSON', () => {
  const folder = written({ 'a.yaml': 'list: [x]\nday: 2030-01-31\n', 'b.json': '{"n":1}' })
  expect(loadData([join(folder, 'a.yaml'), join(folder, 'b.json')])).toEqual({ list: ['x'], day: '2030-01-31', n: 1 })
})

test('files of a folder stand under the names of its folders, and are merged', () => {
  const folder = written({
    'top.yaml': 'acme: { a: 1 }',
    'acme/b.json': '{"b":2}',
    '.git/c.json': '{"c":3}',
    'd.txt': 'd',
  })
  expect(loadData([folder])).toEqual({ acme: { a: 1, b: 2 } })
})

test('a name that objects have by birth is a name like any other', () => {
  const folder = written({ 'a.json': '{"__proto__":{"x":1},"constructor":2}' })
  expect(JSON.stringify(loadData([join(folder, 'a.json')]))).toBe('{"__proto__":{"x":1},"constructor":2}')
})

test.each([
  [
    'two values for one name',
    { 'a.json': '{"a":{"b":1}}', 'b.json': '{"a":{"b":2}}' },
    'ERR_DATA_INVALID',
    /gives `a.b` a second value$/,
  ],
  ['a list', { 'a.yaml': '- 1' }, 'ERR_DATA_INVALID', /a.yaml` is not an object$/],
  ['broken JSON', { 'a.json': '{' }, 'ERR_DATA_INVALID', /a.json` is not JSON$/],
  ['broken YAML', { 'a.yaml': 'a: [' }, 'ERR_DATA_INVALID', /a.yaml` is not YAML at line 1: /],
])('%s is refused', (_, files, code, message) => {
  const folder = written(files)
  expect(() => loadData([folder])).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) }))
})
