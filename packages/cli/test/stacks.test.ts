import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { expectationOf, secretForms, secrets, stacks } from '@plangate/test-plans'
import { folderOf } from './fixtures.ts'
import { plangate } from './runner.ts'

const all = stacks()

/** The secrets, by their first letters, of which `text` shows a form. */
function leaked(text: string): string[] {
  return secrets()
    .filter((secret) => secretForms(secret).some((form) => text.includes(form)))
    .map((secret) => `${secret.slice(0, 4)}…`)
}

test.each(all)('$stack/$plan is decided as its stack expects', async ({ path, environment, expected }) => {
  const { code, stdout, stderr } = await plangate(
    'test',
    '--policy',
    'builtin',
    '--env',
    environment,
    '-o',
    'json',
    path,
  ).outcome()
  expect({ code, stderr, ...expectationOf(JSON.parse(stdout)) }).toEqual({
    code: expected.verdict === 'fail' ? 1 : 0,
    stderr: '',
    ...expected,
  })
})

test.each([
  ['text', []],
  ['JSON', ['--output', 'json']],
  ['text where all that is undecided fails', ['--undecided', 'fail', '--fail-on', 'low']],
])('no secret of any stack shows in %s', async (_, args) => {
  const { stdout, stderr } = await plangate(
    'test',
    '--policy',
    'builtin',
    ...args,
    ...all.map(({ path }) => path),
  ).outcome()
  expect({ leaked: leaked(stdout + stderr), silent: stdout === '' }).toEqual({ leaked: [], silent: false })
})

test('no secret of any stack shows in an error about a plan that is cut off', async () => {
  const files = all.map(({ path }, index) => [`${index}.json`, readFileSync(path).subarray(0, -20)] as const)
  const folder = folderOf(Object.fromEntries(files))
  const names = files.map(([name]) => name)
  const { code, stdout, stderr } = await plangate('test', '--policy', 'builtin', ...names)
    .in(folder)
    .outcome()
  expect({ code, stdout, leaked: leaked(stderr), errors: stderr.match(/ERR_INPUT_TRUNCATED/g)?.length }).toEqual({
    code: 3,
    stdout: '',
    leaked: [],
    errors: all.length,
  })
})

test('no secret of any stack shows where a policy prints the whole plan', async () => {
  const rego = `package main

deny contains json.marshal(input)

deny contains base64.encode(json.marshal(input))

deny contains sprintf("%v", [input])
`
  const open = all.filter(({ plan }) => plan === 'open' || plan === 'unsafe-release')
  const paths = open.map(({ path }) => path)
  const run = plangate('test', '-p', 'policy', '-o', 'json', ...paths).in(folderOf({ 'policy/main.rego': rego }))
  const { stdout, stderr } = await run.outcome()
  const failing = JSON.parse(stdout).map(({ counts }: { counts: { fail: number } }) => counts.fail)
  expect({ leaked: leaked(stdout + stderr), failing }).toEqual({ leaked: [], failing: [3, 3, 3, 3] })
})

test('a form that leaks is seen', () => {
  const secret = secrets()[0] ?? ''
  expect(leaked(Buffer.from(`export TOKEN=${secret}\n`).toString('base64'))).toEqual([`${secret.slice(0, 4)}…`])
})
