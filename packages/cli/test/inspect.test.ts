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

const walk = (n: number) =>
  `deny contains "${n}" if {\n\tsome rc in input.resource_changes\n\trc.type == "aws_${n}"\n}\n`
const rules = { 'p/main.rego': `package main\n\n${[1, 2, 3, 4, 5, 6, 7, 8].map(walk).join('\n')}` }

test('walks of resources through the index are counted, and each is shown where that is asked for', async () => {
  const folder = folderOf(rules)
  await plangate('build', 'p', '--namespace', 'main')
    .in(folder)
    .expectStdout(() => {})
    .verify()
  await plangate('inspect', 'bundle.tar.gz')
    .in(folder)
    .expectStdout((stdout) => {
      expect(stdout).toContain('\n\ntype index\n  8 walks of resources look into it (`--explain` shows each)\n\n')
    })
    .verify()
  await plangate('inspect', '--explain', 'bundle.tar.gz')
    .in(folder)
    .expectStdout((stdout) => {
      expect(stdout).toContain(`
type index
  main.rego:4  aws_1
    - some rc in input.resource_changes
    + rc := data.plangate_index.of_1[__k0]
  main.rego:9  aws_2
`)
    })
    .verify()
})

test.each([
  [['--no-type-index'], {}],
  [[], { PLANGATE_NO_TYPE_INDEX: '1' }],
])('built with %j and %j, resources are walked as it is written', async (flags, env) => {
  const folder = folderOf(rules)
  await plangate('build', 'p', '--namespace', 'main', ...flags)
    .in(folder)
    .env(env)
    .expectStdout(() => {})
    .verify()
  await plangate('inspect', '--explain', 'bundle.tar.gz')
    .in(folder)
    .expectStdout((stdout) => {
      expect(stdout).toContain('\n\ntype index\n  no walk of resources looks into one')
    })
    .verify()
})
