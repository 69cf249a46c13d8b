import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { plangate } from './runner.ts'

const open = fileURLToPath(new URL('../../../test-plans/stacks/model-endpoint/open.plan.json', import.meta.url))
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'plangate-selection-'))
  writeFileSync(join(folder, 'own.rego'), 'package main\n\ndeny contains "one"\n\nwarn contains "two"\n')
})
afterAll(() => rmSync(folder, { recursive: true }))

const decide = async (...flags: readonly string[]) => {
  const { code, stdout, stderr } = await plangate('test', open, '--source', 'off', '-o', 'json', ...flags).outcome()
  if (code === 2) return { code, stderr, ids: [], counts: {}, policies: [] }
  const { findings, undecided, counts, config } = JSON.parse(stdout)
  const ids = [...findings, ...undecided].map(({ id }: { id: string }) => id)
  return { code, stderr, ids: [...new Set(ids)], counts, policies: config.policies }
}

describe('only the policies that are asked find something', () => {
  test('by id and alias', async () => {
    const { ids, counts, policies } = await decide('--policy-id', 'SM-011', '--policy-id', 'model_endpoints/vpc')
    expect(ids).toEqual(['model_endpoints/network_isolation', 'model_endpoints/vpc'])
    expect(policies).toEqual(ids)
    expect(counts).toMatchObject({ policies: 2 })
  })

  test('by severity in the environment', async () => {
    const { stdout } = await plangate('test', open, '--severity', 'critical').outcome()
    expect(new Set(stdout.match(/^  [A-Z]+ (?=[a-z_]+\/)/gm))).toEqual(new Set(['  CRITICAL ']))
    expect(stdout).toMatch(/verdict fail \(environment: prod, fail_on: medium, policies: \d+\)/)
  })

  test('by framework, and all that is said holds', async () => {
    const { stdout } = await plangate(
      'list',
      '--framework',
      'nist_800_53:SC-7',
      '--severity',
      'high',
      '-o',
      'json',
    ).outcome()
    const listed = JSON.parse(stdout).map(({ id }: { id: string }) => id)
    const { policies } = await decide('--framework', 'nist_800_53:SC-7', '--severity', 'high')
    expect(policies).toEqual(listed.toSorted())
  })

  test('a rule of a user’s own when it is named', async () => {
    const both = ['--policy', 'builtin', '--policy', folder]
    expect((await decide(...both, '--policy-id', 'main/warn')).ids).toEqual(['main/warn'])
    expect((await decide(...both, '--policy-id', 'main/deny,SM-011')).ids).toEqual([
      'main/deny',
      'model_endpoints/network_isolation',
    ])
    expect((await decide(...both, '--severity', 'critical')).ids).not.toContain('main/deny')
  })

  test('and of those that the config asks', async () => {
    const config = join(folder, 'c.yaml')
    writeFileSync(config, 'policies: [SM-011, SM-012]\n')
    expect((await decide('--config', config)).ids).toEqual(['model_endpoints/network_isolation', 'model_endpoints/vpc'])
    expect((await decide('--config', config, '--policy-id', 'SM-012')).ids).toEqual(['model_endpoints/vpc'])
    expect((await decide('--config', config, '--policy-id', 'SM-013')).stderr).toContain('no policy is left to ask')
  })
})

test.each<[readonly string[], string]>([
  [['--policy-id', 'SM-999'], 'there is no policy `SM-999`'],
  [['--severity', 'worst'], 'there is no severity `worst`'],
  [['--framework', 'iso_9001'], 'there is no framework `iso_9001`'],
  [['--policy-id', 'mian/deny'], 'there is no namespace `mian` for `mian/deny`'],
  [['--policy-id', 'SM-011', '--severity', 'low'], 'no policy is left to ask'],
])('%j is wrong use', async (flags, message) => {
  const { code, stderr } = await decide(...flags)
  expect(code).toBe(2)
  expect(stderr).toContain(`error: ${message}`)
})
