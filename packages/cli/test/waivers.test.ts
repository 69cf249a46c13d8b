import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { plangate } from './runner.ts'

const open = fileURLToPath(new URL('../../../test-plans/stacks/model-endpoint/open.plan.json', import.meta.url))
const unsafe = fileURLToPath(
  new URL('../../../test-plans/stacks/model-endpoint-live/unsafe-release.plan.json', import.meta.url),
)
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plangate-waivers-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

/** What `plangate test` decides, as JSON. */
const decide = async (plan: string, ...flags: readonly string[]) => {
  const { stdout, stderr, code } = await plangate('test', plan, '--source', 'off', '-o', 'json', ...flags).outcome()
  return { code, stderr, decision: JSON.parse(stdout) }
}

const waiver = (more = '') => `waivers:
  - policy: SM-011
    address: module.endpoint["chat"].aws_sagemaker_model.this
    owner: ml-platform
    reason: asks a licence server
${more}`

describe('a file of waivers', () => {
  test('accepts a finding, which stays in sight with the file', async () => {
    const path = file('w.yaml', waiver('    expires: 2099-12-31\n'))
    const { decision } = await decide(open, '--waivers', path)
    expect(decision.waived).toMatchObject([
      {
        id: 'model_endpoints/network_isolation',
        waiver: { owner: 'ml-platform', reason: 'asks a licence server', expires: '2099-12-31', source: path },
      },
    ])
    expect(decision.findings.map(({ id }: { id: string }) => id)).not.toContain('model_endpoints/network_isolation')
  })

  test('that has expired lets the finding count again, and is named', async () => {
    const path = file('w.yaml', waiver('    expires: 2026-01-01\n'))
    const { code, stdout } = await plangate('test', open, '--waivers', path).outcome()
    expect(code).toBe(1)
    expect(stdout).toContain(
      `EXPIRED - waiver of SM-011 at module.endpoint["chat"].aws_sagemaker_model.this by ml-platform: asks a licence server, until 2026-01-01 (${path})`,
    )
    expect(stdout).toMatch(/^FAIL .*enable_network_isolation/m)
  })

  test('that covers nothing is named', async () => {
    const path = file('w.yaml', waiver().replace('chat', 'none'))
    const { stdout } = await plangate('test', open, '--waivers', path).outcome()
    expect(stdout).toContain('UNUSED - waiver of SM-011 at module.endpoint["none"].aws_sagemaker_model.this')
  })

  test.each<[string, string, string]>([
    ['waivers: []\nwaiver: []', 'ERR_CONFIG_INVALID', 'Unrecognized key: "waiver"'],
    ['waivers:\n  - policy: SM-011', 'ERR_CONFIG_INVALID', '`waivers.0.address`'],
    [waiver('    expires: soon\n'), 'ERR_CONFIG_INVALID', 'expected a day as YYYY-MM-DD'],
    [waiver().replace('SM-011', 'SM-999'), 'ERR_CONFIG_INVALID', 'there is no policy `SM-999`'],
    ['waivers: [', 'ERR_CONFIG_INVALID', 'is not YAML'],
  ])('%j is wrong use', async (text, code, message) => {
    const outcome = await plangate('test', open, '--waivers', file('w.yaml', text)).outcome()
    expect(outcome).toMatchObject({ code: 2, stdout: '' })
    expect(outcome.stderr).toContain(message)
    expect(outcome.stderr).toContain(code)
  })

  test('that is not there is wrong use', async () => {
    const outcome = await plangate('test', open, '--waivers', join(folder, 'none.yaml')).outcome()
    expect(outcome).toMatchObject({ code: 2, stdout: '' })
    expect(outcome.stderr).toContain('none.yaml` cannot be read: there is no such file [ERR_USAGE]')
  })
})

describe('a baseline', () => {
  test('accepts what there is today, so that only what is new counts', async () => {
    const path = join(folder, 'b.json')
    const first = await plangate('baseline', open, '-o', path).outcome()
    expect(first).toMatchObject({ code: 0, stderr: '' })
    const [, count = ''] = /: (\d+) findings accepted, \1 new, 0 gone\n$/.exec(first.stdout) ?? []
    const { code, decision } = await decide(open, '--baseline', path)
    expect({ code, verdict: decision.verdict, findings: decision.findings }).toEqual({
      code: 0,
      verdict: 'pass',
      findings: [],
    })
    expect(decision.waived).toHaveLength(Number(count))
    const accepted = JSON.parse(readFileSync(path, 'utf8'))
    const [one, ...others] = accepted.findings
    writeFileSync(path, JSON.stringify({ ...accepted, findings: others }))
    const again = await decide(open, '--baseline', path)
    expect(again.decision.findings.map(({ id, address }: Record<string, unknown>) => [id, address])).toEqual([
      [one.policy, one.address],
    ])
    const next = await plangate('baseline', open, '-o', path).outcome()
    expect(next.stdout).toBe(`${path}: ${count} findings accepted, 1 new, 0 gone\n`)
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(accepted)
  })

  test('says what is gone, and reports what covers nothing', async () => {
    const path = file(
      'b.json',
      JSON.stringify({ version: 1, findings: [{ policy: 'SM-011', address: 'a.b', path: [] }] }),
    )
    const { stdout } = await plangate('test', open, '--baseline', path).outcome()
    expect(stdout).toContain('UNUSED - waiver of SM-011 at a.b by baseline')
    expect((await plangate('baseline', open, '-o', path).outcome()).stdout).toMatch(/ 1 gone\n$/)
  })

  test.each(['{"version":2,"findings":[]}', '{}', '['])('%j is no baseline', async (text) => {
    const path = file('b.json', text)
    for (const args of [
      ['test', open, '--baseline', path],
      ['baseline', open, '-o', path],
    ]) {
      const outcome = await plangate(...args).outcome()
      expect(outcome).toMatchObject({ code: 2, stdout: '' })
      expect(outcome.stderr).toContain('ERR_CONFIG_INVALID')
    }
    expect(readFileSync(path, 'utf8')).toBe(text)
  })
})

test('a waiver of a policy that is not asked is not called unused', async () => {
  const path = file('w.yaml', waiver())
  const other = await decide(open, '--waivers', path, '--policy-id', 'SM-012')
  expect(other.decision.waivers.unused).toEqual([])
  const wrong = file('x.yaml', waiver().replace('["chat"]', '["search"]'))
  const asked = await decide(open, '--waivers', wrong, '--policy-id', 'SM-011')
  expect(asked.decision.waivers.unused).toMatchObject([{ policy: 'SM-011' }])
})

test('--only-changed leaves out what the plan does not touch', async () => {
  const all = await decide(unsafe)
  const changed = await decide(unsafe, '--only-changed')
  const plan = JSON.parse(readFileSync(unsafe, 'utf8'))
  const still = new Set(
    plan.resource_changes
      .filter(({ change }: { change: { actions: string[] } }) => change.actions[0] === 'no-op')
      .map(({ address }: { address: string }) => address),
  )
  const left = changed.decision.unchanged.map(({ address }: { address: string }) => address)
  expect(left.length).toBeGreaterThan(0)
  expect(left.filter((address: string) => !still.has(address))).toEqual([])
  expect(changed.code).toBe(1)
  expect(changed.decision.config.only_changed).toBe(true)
  const { counts } = changed.decision
  expect(counts.fail + counts.warn + counts.undecided + counts.unchanged).toBe(
    all.decision.counts.fail + all.decision.counts.warn + all.decision.counts.undecided,
  )
})

test('a comment in the sources waives a finding of its block, unless the config forbids it', async () => {
  const plan = join(folder, 'plan.json')
  copyFileSync(open, plan)
  file(
    'main.tf',
    'module "store" {\n  source = "./none"\n  # plangate:ignore=ST-001 reason="a demo" until=2099-01-31\n}\n',
  )
  const { stdout } = await plangate('test', plan).outcome()
  expect(stdout).toContain('waived by inline: a demo, until 2099-01-31 (')
  const config = file('c.yaml', 'inline_waivers: false\n')
  expect((await plangate('test', plan, '--config', config).outcome()).stdout).not.toContain('EXCP')
})
