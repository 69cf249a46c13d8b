import { describe, expect, test } from '@jest/globals'
import { pathMatcher } from './glob.ts'

describe('pathMatcher', () => {
  // As Go's path/filepath has it, match_test.go.
  test.each<[string, string, boolean]>([
    ['abc', 'abc', true],
    ['*', 'abc', true],
    ['*c', 'abc', true],
    ['a*', 'ab/c', false],
    ['a*/b', 'abc/b', true],
    ['a*/b', 'a/c/b', false],
    ['a*b*c*d*e*/f', 'axbxcxdxe/f', true],
    ['a*b*c*d*e*/f', 'axbxcxdxe/xxx/f', false],
    ['a*b?c*x', 'abxbbxdbxebxczzx', true],
    ['ab[b-d]', 'abc', true],
    ['ab[e-g]', 'abc', false],
    ['ab[^c]', 'abc', false],
    ['ab[^e-g]', 'abc', true],
    ['a\\*b', 'a*b', true],
    ['a\\*b', 'ab', false],
    ['a?b', 'a☺b', true],
    ['a???b', 'a☺b', false],
    ['[a-ζ]*', 'α', true],
    ['a?b', 'a/b', false],
    ['[\\]a]', ']', true],
    ['[\\-x]', '-', true],
    ['[x\\-]', 'z', false],
    ['*.md', 'docs/a.md', false],
    ['a.b', 'axb', false],
    ['(a|b)+$', '(a|b)+$', true],
  ])('%j and %j: %j', (pattern, path, expected) => {
    expect(pathMatcher(pattern)(path)).toBe(expected)
  })

  test.each(['[', '[^', '[^bc', 'a[', '[]a]', '[-]', '[x-]', '[-x]', '[a-b-c]', '\\', '[z-a]', '[]', '[^]'])(
    'refuses %j',
    (pattern) => {
      expect(() => pathMatcher(pattern)).toThrow(
        expect.objectContaining({
          code: 'ERR_CONFIG_INVALID',
          message: `${JSON.stringify(pattern)} is not a pattern of files`,
        }),
      )
    },
  )
})
