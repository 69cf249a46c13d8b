import { expect, test } from '@jest/globals'
import { ignoring } from './ignore.ts'

test.each([
  ['*_test.rego', 'a_test.rego', true],
  ['*_test.rego', 'a_test.rego.bak', false],
  ['a?c', 'abc', true],
  ['a?c', 'ac', false],
  ['[a-c]x', 'bx', true],
  ['[^a-c]x', 'bx', false],
  ['[^a-c]x', 'dx', true],
  ['a.rego', 'aXrego', false],
  ['\\*', '*', true],
  ['\\*', 'a', false],
  ['[\\]]', ']', true],
  ['a-b+(c)', 'a-b+(c)', true],
  ['{a,b}', 'a', false],
  ['ü*', 'übung', true],
])('the glob %s and the name %s', (glob, name, expected) => {
  expect(ignoring([glob])(name)).toBe(expected)
})

test.each([['[a'], ['a\\'], ['[]'], ['[^]'], ['[z-a]'], ['[a-]']])('%s is no glob', (glob) => {
  expect(() => ignoring([glob])).toThrow(
    expect.objectContaining({ code: 'ERR_USAGE', message: `\`${glob}\` is no glob` }),
  )
})
