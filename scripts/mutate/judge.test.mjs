import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { threadEngine } from './engine.mjs'
import { judge } from './judge.mjs'
import { readLibrary } from './library.mjs'

const sources = {
  'lib/size/size.rego':
    'package plangate.lib.size\n\nlarge(x) if x > 10\n\nnamed(x) if x.name != ""\n\nunused(x) if x == 1\n',
  'lib/size/size_test.rego':
    'package plangate.lib.size_test\n\nimport data.plangate.lib.size\n\ntest_large if {\n\tsize.large(12)\n\tnot size.large(9)\n}\n',
  'lib/size/size_names_test.rego':
    'package plangate.lib.size_names_test\n\nimport data.plangate.lib.size\n\ntest_unused if not size.unused(2)\n',
  'policies/disk/big/big.rego': [
    '# METADATA\n# title: a big disk\npackage plangate.policies.disk.big\n\nimport data.plangate.lib.size\n',
    'deny contains _id if {\n\tsize.large(input.size)\n\tsize.named(input)\n}\n',
    '_id := concat("/", link.path) if {\n\tsome link in rego.metadata.chain()\n\tlink.annotations.scope == "package"\n}\n',
  ].join('\n'),
  'policies/disk/big/big_test.rego': [
    'package plangate.policies.disk.big_test\n\nimport data.plangate.policies.disk.big\n',
    'test_deny if {\n\tbig.deny == {"plangate/policies/disk/big"} with input as {"size": 11, "name": "a"}\n}\n',
    'test_allow if {\n\tbig.deny == set() with input as {"size": 11, "name": ""}\n}\n',
  ].join('\n'),
}

const folder = mkdtempSync(join(tmpdir(), 'mutants-'))
let modules
let engine

beforeAll(async () => {
  for (const [path, text] of Object.entries(sources)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  modules = readLibrary(folder)
  engine = await threadEngine()
}, 120_000)

afterAll(async () => {
  await engine.close()
  rmSync(folder, { recursive: true })
})

/** The mutant that writes `text` for the first `was` of a package. */
function change(name, was, text) {
  const start = modules.get(name).source.indexOf(was)
  return { package: name, start, end: start + was.length, text }
}

test('mutants are judged by their own tests, and then by those of who imports them', async () => {
  const mutants = {
    'its own tests notice it': change('plangate.lib.size', 'x > 10', 'x < 10'),
    'only the tests of who imports it do': change('plangate.lib.size', 'x > 10', 'x > 11'),
    'those of who imports it alone': change('plangate.lib.size', 'x.name != ""', 'true'),
    'a second file of tests does': change('plangate.lib.size', 'x == 1', 'x != 1'),
    'nobody does': change('plangate.lib.size', 'x == 1', 'x == 3'),
    'it does not compile': change('plangate.lib.size', 'x == 1', 'y == 1'),
    'a policy knows itself in a copy': change('plangate.policies.disk.big', 'size.named(input)', 'true'),
    'a policy loses what it needs': change('plangate.policies.disk.big', 'size.named(input)', 'not size.named(input)'),
  }
  const verdicts = await judge(Object.values(mutants), { modules, engines: [engine] })
  expect(Object.fromEntries(Object.keys(mutants).map((name, at) => [name, verdicts[at]]))).toEqual({
    'its own tests notice it': 'killed',
    'only the tests of who imports it do': 'killed',
    'those of who imports it alone': 'killed',
    'a second file of tests does': 'killed',
    'nobody does': 'survived',
    'it does not compile': 'broken',
    'a policy knows itself in a copy': 'killed',
    'a policy loses what it needs': 'killed',
  })
}, 120_000)

test('tests that fail without a mutant stop everything', async () => {
  const [name, path] = ['plangate.lib.size_test', 'lib/size/size_test.rego']
  const source = sources[path].replace('12', '2')
  const wrong = new Map([...modules, [name, { ...modules.get(name), source }]])
  const mutant = change('plangate.lib.size', 'x == 1', 'x == 2')
  await expect(judge([mutant], { modules: wrong, engines: [engine] })).rejects.toThrow(
    'the tests of `plangate.lib.size` do not pass without a mutant: data.m0.plangate.lib.size_test.test_large fails',
  )
}, 120_000)
