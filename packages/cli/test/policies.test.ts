import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { folderOf, testPlan } from './fixtures.ts'
import { coded, plangate } from './runner.ts'

const small = testPlan('inputs', 'small.plan.json')

const rego = `package main

deny contains msg if {
	some change in input.resource_changes
	change.change.after.input != data.approved
	msg := sprintf("%s is not approved", [change.address])
}

warn contains {"msg": "look", "severity": "medium", "address": "a.b"} if input.resource_changes
`

const main = { 'policy/main.rego': rego, 'policy/main_test.rego': 'package main_test\n\ntest_x if false\n' }

const output = `FAIL - ${small} - main - terraform_data.model is not approved
  HIGH main/deny

WARN - ${small} - main - look
  MEDIUM main/warn
  at     a.b

2 tests, 0 passed, 1 warning, 1 failure, 0 exceptions
verdict fail (environment: prod, fail_on: medium)
`

describe('somebody’s own policies', () => {
  test('the rules deny and warn of the package main decide, with data', async () => {
    const folder = folderOf({ ...main, 'data.yaml': 'approved: llama\n' })
    await plangate('test', '--policy', 'policy', '--data', 'data.yaml', small)
      .in(folder)
      .expectCode(1)
      .expectStdout(output)
      .verify()
  })

  test('a warning alone passes', async () => {
    const folder = folderOf({ ...main, 'data.json': '{"approved":"resnet-50"}' })
    await plangate('test', '-p', 'policy', '-d', 'data.json', small)
      .in(folder)
      .expectStdout((stdout) =>
        expect(stdout).toMatch(/\n2 tests, 1 passed, 1 warning, 0 failures, 0 exceptions\nverdict pass /),
      )
      .verify()
  })

  test('one file, standard input and another namespace', async () => {
    const text =
      'package acme.plans\n\nviolation contains "no" if input.format_version\n\ndeny_all contains "nor" if true\n'
    const folder = folderOf({ 'own.rego': text })
    await plangate('test', '-p', 'own.rego', '-n', 'acme.plans', '-')
      .in(folder)
      .stdin(JSON.stringify({ format_version: '1.2', terraform_version: '1.11.4', resource_changes: [] }))
      .expectCode(1)
      .expectStdout(
        'FAIL - - - acme.plans - nor\n  HIGH acme/plans/deny_all\n\nFAIL - - - acme.plans - no\n  HIGH acme/plans/violation\n\n' +
          '2 tests, 0 passed, 0 warnings, 2 failures, 0 exceptions\nverdict fail (environment: prod, fail_on: medium)\n',
      )
      .verify()
  })

  test('a namespace that has no such rules is wrong use', async () => {
    await plangate('test', '-p', 'policy', '-n', 'other', small)
      .in(folderOf(main))
      .expectCode(2)
      .expectStderr(coded('ERR_NAMESPACE_UNKNOWN'))
      .verify()
  })

  test('Rego that does not compile is wrong use, with its place', async () => {
    const folder = folderOf({ 'policy/main.rego': 'package main\n\ndeny contains msg if {\n\tmsg := missing\n}\n' })
    await plangate('test', '-p', 'policy', small)
      .in(folder)
      .expectCode(2)
      .expectStderr((stderr) => {
        expect(stderr).toMatch(/^policy\/main\.rego:4:\d+: error: .*missing.* \[\w+\]/)
        expect(stderr).toMatch(/\nerror: the policies do not compile: 1 error \[ERR_POLICY_INVALID\]\nhint: .+\n$/)
      })
      .verify()
  })

  test('the library and own policies decide together', async () => {
    const open = testPlan('stacks', 'model-endpoint', 'open.plan.json')
    const folder = folderOf({ 'policy/main.rego': 'package main\n\ndeny contains "own" if true\n' })
    const run = plangate('test', '-p', 'builtin', '-p', 'policy', '-o', 'json', open).in(folder)
    const decision = JSON.parse((await run.outcome()).stdout)
    const ids: string[] = decision.findings.map(({ id }: { id: string }) => id)
    expect({
      own: ids.includes('main/deny'),
      library: ids.some((id) => id !== 'main/deny'),
      verdict: decision.verdict,
    }).toEqual({
      own: true,
      library: true,
      verdict: 'fail',
    })
  })
})

describe('build', () => {
  test('a bundle of own policies decides like its sources', async () => {
    const folder = folderOf({ ...main, 'data.yaml': 'approved: llama\n' })
    await plangate('build', 'policy', '--namespace', 'main', '-o', 'own.tar.gz')
      .in(folder)
      .expectStdout((stdout) => expect(stdout).toMatch(/^own\.tar\.gz: 2 entrypoints, \d+ bytes\n$/))
      .verify()
    await plangate('test', '-p', 'own.tar.gz', '-d', 'data.yaml', small)
      .in(folder)
      .expectCode(1)
      .expectStdout(output)
      .verify()
  })

  test('nothing is written where the Rego does not compile', async () => {
    const folder = folderOf({ 'policy/main.rego': 'package main\n\ndeny contains\n' })
    const { code } = await plangate('build', 'policy').in(folder).outcome()
    expect({ code, written: existsSync(join(folder, 'bundle.tar.gz')) }).toEqual({ code: 2, written: false })
  })

  test('a folder that is not there cannot take the bundle', async () => {
    await plangate('build', 'policy', '-n', 'main', '-o', 'no/where.tar.gz')
      .in(folderOf(main))
      .expectCode(2)
      .expectStderr(coded('ERR_USAGE'))
      .verify()
  })
})

describe('list', () => {
  test('JSON is an array of the catalogue', async () => {
    const { stdout, code } = await plangate('list', '--output', 'json').outcome()
    const policies: Record<string, unknown>[] = JSON.parse(stdout)
    expect({ code, many: policies.length >= 18, ids: new Set(policies.map(({ id }) => id)).size }).toEqual({
      code: 0,
      many: true,
      ids: policies.length,
    })
    expect(policies[0]).toMatchObject({
      id: expect.any(String),
      aliases: expect.any(Array),
      severity: expect.any(String),
      title: expect.any(String),
      resource_types: expect.any(Array),
      parameters: expect.any(Object),
      active: expect.any(Boolean),
    })
  })

  test('text is a table with one policy a line', async () => {
    await plangate('list')
      .expectStdout((stdout) => expect(stdout).toMatch(/^([a-z_]+\/\w+ {2,}.*\n)+\n\d+ policies(, \d+ inactive)?\n$/))
      .verify()
  })
})
