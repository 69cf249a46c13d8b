import { expect, test } from '@jest/globals'
import { folderOf } from './fixtures.ts'
import { coded, plangate } from './runner.ts'

test('nothing is printed when all is well', async () => {
  const folder = folderOf({ 'p/a.rego': 'package a\n\np contains 1 if input.resource_changes\n' })
  await plangate('check', '--strict', '--schema', 'terraform', 'p').in(folder).verify()
})

test('what is wrong is listed with place, code and hint', async () => {
  const folder = folderOf({ 'p/a.rego': 'package a\n\np contains 1 if input.resource_chnages\n' })
  await plangate('check', '--schema', 'terraform', 'p')
    .in(folder)
    .expectCode(2)
    .expectStderr((stderr) => {
      expect(stderr).toMatch(/^p\/a\.rego:3:17: error: undefined ref: input\.resource_chnages \[rego_type_error\]/)
      expect(stderr).toContain('did you mean `resource_changes`?')
      expect(stderr).toContain('[ERR_POLICY_INVALID]')
    })
    .verify()
})

test.each([
  ['no sources', ['check'], 'ERR_USAGE'],
  ['sources that are not there', ['check', 'nowhere'], 'ERR_SOURCE_NOT_FOUND'],
  ['a schema that is not there', ['check', '--schema', 'nowhere.json', '.'], 'ERR_SCHEMA_INVALID'],
  ['capabilities that are not there', ['check', '--capabilities', 'nowhere.json', '.'], 'ERR_CAPABILITIES_INVALID'],
  ['a limit that is no number', ['check', '--max-errors', 'many', '.'], 'ERR_USAGE'],
  ['a glob that is none', ['check', '--ignore', '[a', '.'], 'ERR_USAGE'],
  ['two versions of Rego', ['check', '--v0-compatible', '--v0-v1', '.'], 'ERR_USAGE'],
])('%s is wrong use', async (_, args, code) => {
  await plangate(...args)
    .in(folderOf({}))
    .expectCode(2)
    .expectStderr(coded(code))
    .verify()
})
