import { expect, test } from '@jest/globals'
import { folderOf } from './fixtures.ts'
import { coded, plangate } from './runner.ts'

const files = {
  'p/.manifest':
    '{"revision": "r1", "roots": ["a"], "metadata": {"plangate": {"compiler": "0.1.0", "opa": "1.22.0", "catalogue": [], "reads": {"sets": [{"input": [["resource_changes", "*", "type"], {"at": ["resource_changes", "*"], "key": ["type"], "in": ["aws_a", "aws_b"], "read": []}], "data": []}], "entrypoints": {}, "policies": {}}}}}',
  'p/a/a.rego':
    '# METADATA\n# title: "Package \\e[2J"\npackage a\n\n# METADATA\n# entrypoint: true\nallow if sprintf("%d", [input.x]) == "1"\n',
}

test('text says all that there is', async () => {
  await plangate('inspect', '-a', 'p')
    .in(folderOf(files))
    .expectStdout(`p folder
  revision   r1
  roots      a
  built by   plangate 0.1.0, OPA 1.22.0
  size       441 B in 2 files
  signature  none

entrypoints
  a/allow

namespaces
  data.a  p/a/a.rego

built-in functions
  native       eq, equal
  of the host  sprintf

input that is read
  input.resource_changes.*.type
  input.resource_changes.* where type is one of
      aws_a, aws_b

needed of OPA
  rego_v1

files
  323 B  .manifest
  118 B  a/a.rego

annotations
  data.a package, p/a/a.rego:3
    Package \ufffd[2J
  data.a.allow document, entrypoint, p/a/a.rego:7
`)
    .verify()
})

test('JSON is that of opa with one key more', async () => {
  await plangate('inspect', '--format', 'json', 'p')
    .in(folderOf(files))
    .expectStdout((stdout) => {
      expect(Object.keys(JSON.parse(stdout))).toEqual([
        'manifest',
        'signatures_config',
        'namespaces',
        'capabilities',
        'plangate',
      ])
      expect(JSON.parse(stdout).plangate.entrypoints).toEqual(['a/allow'])
    })
    .verify()
})

test('what is not there, and what is no bundle, cannot be read', async () => {
  const folder = folderOf({ 'x.tar.gz': 'no archive' })
  await plangate('inspect', 'nowhere').in(folder).expectCode(3).expectStderr(coded('ERR_BUNDLE_NOT_FOUND')).verify()
  await plangate('inspect', 'x.tar.gz').in(folder).expectCode(3).expectStderr(coded('ERR_BUNDLE_INVALID')).verify()
})
