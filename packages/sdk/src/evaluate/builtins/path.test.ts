import { expect, test } from '@jest/globals'
import { ASK, FAILED } from './answer.ts'
import { directly } from './path.ts'
import { sprintfPaths } from './sprintf.ts'
import type { Value } from './value.ts'

const direct = directly(new Map(Object.entries(sprintfPaths)))?.('sprintf')

test.each<readonly [Value[], Value | typeof ASK]>([
  [['%s has %v', ['a.b', { number: '3' }]], 'a.b has 3'],
  [['%v', [['a', { set: [{ number: '1' }] }, null]]], '["a", {1}, null]'],
  [['a', 'no list'], ASK],
  [['%x', ['\ufffd']], ASK],
  [['%.1s', [['\ud800']]], ASK],
  [['\ufffd', []], ASK],
  [['%c', [{ number: '65' }]], ASK],
])('sprintf of %j, as values, is %j', (args, expected) => {
  expect(direct?.(args)).toEqual(expected)
})

test('other functions are asked with texts', () => {
  expect(directly(new Map([['semver.compare', () => FAILED]]))).toBeUndefined()
  expect(directly(new Map(Object.entries(sprintfPaths)))?.('semver.compare')).toBeUndefined()
})
