import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { Frameworks } from './metadata.ts'

const listed: Record<string, { name: string; version: string; source: string; ids: Record<string, string> }> =
  JSON.parse(readFileSync(new URL('../../../policies/frameworks.json', import.meta.url), 'utf8'))

test('the ids that frameworks have are those that METADATA may name', () => {
  expect(Object.keys(listed)).toEqual(Object.keys(Frameworks.shape))
  const ids = Object.fromEntries(Object.entries(listed).map(([framework, each]) => [framework, Object.keys(each.ids)]))
  expect(Frameworks.parse(ids)).toEqual(ids)
})

test.each(Object.entries(listed))('%s has a name, a version, a source, and a title for each id', (_, framework) => {
  expect(framework).toEqual({
    name: expect.stringMatching(/^\S/),
    version: expect.stringMatching(/\d/),
    source: expect.stringMatching(/^https:\/\//),
    ids: framework.ids,
  })
  expect(Object.values(framework.ids).filter((title) => title.trim() !== title || title === '')).toEqual([])
})
