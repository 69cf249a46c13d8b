import { expect, test } from '@jest/globals'
import { checkPolicies } from '../src/index.ts'
import { sample } from './sample.ts'

const file = 'plangate/policies/storage/disk/disk.rego'
const policy = sample[file] ?? ''

test.each([
  ['a key that is wrong', policy.replace('severity: high', 'severity: bad'), [7, 5, 7, 18]],
  ['a key that is missing: the block', policy.replace('#   severity: high\n', ''), [1, 1, 9, 22]],
  ['no METADATA: the package', 'package plangate.policies.storage.disk\n\ndeny contains 1\n', [1, 1, 1, 39]],
])('METADATA of the library has a place: %s', async (_, text, expected) => {
  const { diagnostics } = await checkPolicies({ sources: { ...sample, [file]: text } })
  expect(
    diagnostics.map(({ code, line, column, endLine, endColumn }) => [code, [line, column, endLine, endColumn]]),
  ).toEqual([['metadata_error', expected]])
})

test('tests and what is no library need no METADATA', async () => {
  expect(await checkPolicies({ sources: { ...sample, 'a.rego': 'package ours.a\n' } })).toEqual({ diagnostics: [] })
})
