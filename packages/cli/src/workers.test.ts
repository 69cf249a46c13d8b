import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { type Machine, workersFor } from './workers.ts'

const folder = mkdtempSync(join(tmpdir(), 'workers-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = (name: string, size: number): string => {
  const path = join(folder, name)
  writeFileSync(path, '')
  truncateSync(path, size)
  return path
}
const mib = 1024 * 1024
const small = file('small', 1000)
const large = file('large', 3 * mib)
const huge = file('huge', 200 * mib)
const machine: Machine = { cores: 4, memory: 16 * 1024 * mib }

test.each([
  ['one plan', [huge], {}, 'none'],
  ['several small plans', [small, small, small], {}, 'none'],
  ['two larger plans', [large, large], {}, 2],
  ['more plans than cores', [large, small, large, small, small], {}, 4],
  ['plans of which one alone takes half of the memory', [huge, huge, huge], {}, 'none'],
  ['the same within a limit', [huge, huge, huge], { memoryBytes: 1024 * mib }, 3],
  ['one plan with a limit', [small], { milliseconds: 5 }, 1],
  ['standard input and a file that is not there', ['-', join(folder, 'nothing')], {}, 'none'],
] as const)('%s', (_, plans, limits, workers) => {
  expect(workersFor(plans, limits, undefined, machine)).toBe(workers)
})

test('as many as are asked for judge several plans, and none more than there are plans', () => {
  expect(workersFor(['a', 'b', 'c'], {}, 2)).toBe(2)
  expect(workersFor(['a', 'b', 'c'], {}, 8)).toBe(3)
  expect(workersFor(['a', 'b', 'c'], {}, 1)).toBe('none')
  expect(workersFor(['a'], {}, 8)).toBe('none')
})
