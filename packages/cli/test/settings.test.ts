import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { plangate } from './runner.ts'

const open = fileURLToPath(new URL('../../../test-plans/stacks/model-endpoint/open.plan.json', import.meta.url))
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plangate-settings-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a plangate.yaml above says what no flag and no variable says, its paths from where it lies', async () => {
  mkdirSync(join(folder, 'deep/er'), { recursive: true })
  mkdirSync(join(folder, 'rego'))
  writeFileSync(join(folder, 'rego/own.rego'), 'package main\n\ndeny contains "own"\n')
  writeFileSync(join(folder, 'w.yaml'), 'waivers:\n  - {policy: SM-011, address: "*", owner: ml, reason: later}\n')
  writeFileSync(
    join(folder, 'plangate.yaml'),
    'environment: dev\npolicy: [builtin, rego]\nwaiver_files: [w.yaml]\noutput: [json, sarif=out.sarif]\nsource: "off"\n',
  )
  const args = ['test', open]
  const cwd = join(folder, 'deep/er')
  const { code, stdout } = await plangate(...args)
    .in(cwd)
    .outcome()
  const { config, findings, waived } = JSON.parse(stdout)
  expect(code).toBe(1)
  expect(config.environment).toBe('dev')
  expect(findings.map(({ id }: { id: string }) => id)).toContain('main/deny')
  expect(waived).toMatchObject([{ id: 'model_endpoints/network_isolation', waiver: { source: '../../w.yaml' } }])
  expect(existsSync(join(folder, 'out.sarif'))).toBe(true)

  const byVariable = await plangate(...args)
    .in(cwd)
    .env({ PLANGATE_ENV: 'stage' })
    .outcome()
  expect(JSON.parse(byVariable.stdout).config.environment).toBe('stage')
  const byFlag = await plangate(...args, '--env', 'prod', '--policy', 'builtin', '-o', 'json')
    .in(cwd)
    .env({ PLANGATE_ENV: 'stage' })
    .outcome()
  const flagged = JSON.parse(byFlag.stdout)
  expect(flagged.config.environment).toBe('prod')
  expect(flagged.findings.map(({ id }: { id: string }) => id)).not.toContain('main/deny')
})

test('a key that there is not is wrong use, with the nearest', async () => {
  writeFileSync(join(folder, 'plangate.yaml'), 'outputs: [json]\n')
  const outcome = await plangate('test', open).in(folder).outcome()
  expect(outcome).toMatchObject({ code: 2, stdout: '' })
  expect(outcome.stderr).toBe(
    'error: config `' +
      join(folder, 'plangate.yaml') +
      '` is invalid: there is no key `outputs` [ERR_CONFIG_INVALID]\nhint: did you mean `output`?\n',
  )
})
