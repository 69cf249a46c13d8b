import { expect, test } from '@jest/globals'
import { faults } from './check-repo.mjs'

const check = (path, text) => faults(path, text.length, text)

test.each([
  ['a path of a machine', 'docs/a.md', 'see `/home/ann/plan.json`', ['docs/a.md:1: names a path of one machine']],
  ['a registry in a lockfile', 'pnpm-lock.yaml', 'tarball: x', ['pnpm-lock.yaml:1: names the host of a registry']],
  [
    'one test only',
    'packages/a/src/a.test.ts',
    "test.only('x', f)",
    ['packages/a/src/a.test.ts:1: runs one test only'],
  ],
  [
    'a test switched off',
    'packages/a/src/a.test.ts',
    "\n  test.skip('x', f)",
    ['packages/a/src/a.test.ts:2: skips a test without a condition'],
  ],
  [
    'a note for nobody',
    'packages/a/src/a.ts',
    '// TODO: later',
    ['packages/a/src/a.ts:1: a note needs the number of an issue: `(#12)` right after the word'],
  ],
])('%s is a fault', (_, path, text, expected) => {
  expect(check(path, text)).toEqual(expected)
})

test.each([
  ['a test that is skipped for a reason', 'a.test.ts', 'const guarded = available ? test : test.skip'],
  ['a note with its issue', 'a.ts', '// TODO(#12): later'],
  ['a path inside a recorded plan', 'test-plans/stacks/a/main.tf', 'root = "/home/ec2-user/SageMaker"'],
  ['an address in prose', 'README.md', 'https://www.openpolicyagent.org'],
])('%s is none', (_, path, text) => {
  expect(check(path, text)).toEqual([])
})

test('a huge file is a fault whatever it holds', () => {
  expect(faults('a.bin', 3_000_000, '')).toEqual([
    'a.bin: 3000000 bytes, files above 2097152 do not belong into the repository',
  ])
})
