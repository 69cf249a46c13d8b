import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execFileSync } from 'node:child_process'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { plangate } from './runner.ts'

const open = fileURLToPath(new URL('../../../test-plans/stacks/model-endpoint/open.plan.json', import.meta.url))
let folder: string
let plan: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plangate-terraform-'))
  plan = join(folder, 'tf.plan')
  writeFileSync(plan, 'PK\u0003\u0004 and more')
})
afterEach(() => rmSync(folder, { recursive: true }))

/** A command that behaves like Terraform as far as it is asked. */
const command = (script: string): string => {
  const path = join(folder, 'tf')
  writeFileSync(path, `#!/bin/sh\n${script}\n`)
  chmodSync(path, 0o755)
  return path
}

describe('a binary plan', () => {
  test('is refused unless Terraform is asked for', async () => {
    const { code, stderr } = await plangate('test', plan).outcome()
    expect(code).toBe(3)
    expect(stderr).toContain('ERR_INPUT_BINARY_PLAN')
  })

  test('is read through the command that is named, where the plan lies, beside plans as JSON', async () => {
    const tf = command(
      `[ "$(pwd -P)" = "$(cd ${folder} && pwd -P)" ] && [ "$*" = "show -json -no-color ${plan}" ] && cat ${open}`,
    )
    const { code, stdout, stderr } = await plangate('test', open, plan, '--terraform', tf, '-o', 'json').outcome()
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    const [first, second] = JSON.parse(stdout)
    const { findings: located, ...rest } = first
    expect(second.counts).toEqual(rest.counts)
    expect(second.findings).toHaveLength(located.length)
  })

  test.each<[string, string, string]>([
    ['fails', 'echo a-secret >&2; exit 7', 'ended with 7'],
    ['is ended', 'kill -9 $$', 'was ended by SIGKILL'],
  ])('cannot be decided where the command %s, and nothing that it said is shown', async (_, script, why) => {
    const tf = command(script)
    const { code, stdout, stderr } = await plangate('test', plan, '--terraform', tf).outcome()
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
    expect(stderr).toContain(`${why} [ERR_TERRAFORM_FAILED]`)
    expect(stderr).not.toContain('a-secret')
  })

  test('cannot be decided where there is no such command', async () => {
    const { code, stderr } = await plangate('test', plan, '--terraform', join(folder, 'none')).outcome()
    expect(code).toBe(3)
    expect(stderr).toContain('cannot be started [ERR_TERRAFORM_FAILED]')
  })

  const hasTerraform = (() => {
    try {
      execFileSync('terraform', ['version'], { stdio: 'ignore' })
      return true
    } catch {
      return false
    }
  })()
  const guarded = hasTerraform ? test : test.skip
  guarded(`of Terraform itself is read${hasTerraform ? '' : ' (there is no Terraform here)'}`, async () => {
    writeFileSync(join(folder, 'main.tf'), 'resource "terraform_data" "this" { input = "x" }\n')
    const terraform = (...args: readonly string[]) =>
      execFileSync('terraform', args, {
        cwd: folder,
        stdio: 'ignore',
        env: { ...process.env, TF_CLI_CONFIG_FILE: '/dev/null' },
      })
    terraform('init')
    terraform('plan', '-out', plan)
    const { code, stdout, stderr } = await plangate('test', plan, '--terraform', '-o', 'json').outcome()
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(stdout).counts.resources).toBe(1)
  })
})

test.each(['0', '-1', 'two', '1.5', '1000'])('--jobs %s is wrong use', async (jobs) => {
  const { code, stderr } = await plangate('test', open, '--jobs', jobs).outcome()
  expect(code).toBe(2)
  expect(stderr).toContain(`\`--jobs ${jobs}\` is not a number of plans [ERR_USAGE]`)
})

test('--jobs changes no decision', async () => {
  const one = await plangate('test', open, open, open, '--jobs', '1', '-o', 'json').outcome()
  const three = await plangate('test', open, open, open, '--jobs', '3', '-o', 'json').outcome()
  expect(three).toEqual(one)
})
