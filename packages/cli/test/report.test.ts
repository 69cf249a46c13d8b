import { expect, test } from '@jest/globals'
import { folderOf, testPlan } from './fixtures.ts'
import { coded, plangate } from './runner.ts'

const open = testPlan('stacks', 'model-endpoint', 'open.plan.json')

test('a decision becomes a report by the controls of a framework, in each form', async () => {
  const { stdout: decision } = await plangate('test', '-p', 'builtin', '-o', 'json', open).outcome()
  const folder = folderOf({ 'decision.json': decision })
  const run = (...args: string[]) => plangate('report', '--framework', 'owasp', ...args).in(folder)
  const { stdout: json } = await run('-o', 'json', 'decision.json').outcome()
  const report = JSON.parse(json)
  const control = report.controls.find(({ id }: { id: string }) => id === 'LLM03:2025')
  expect({ verdict: report.decision.verdict, title: control.title, first: control.policies[0].status }).toEqual({
    verdict: 'fail',
    title: 'Supply Chain',
    first: 'fail',
  })
  await run('-')
    .stdin(decision)
    .expectStdout((stdout) => {
      expect(stdout).toMatch(/^OWASP Top 10 for LLM Applications, 2025\nplan sha256 \w{64}\nverdict fail /)
      expect(stdout).toMatch(/^FAIL {12}LLM03:2025 {2}Supply Chain$/m)
      expect(stdout).not.toContain('\u001b')
    })
    .verify()
  await run('-o', 'markdown', 'decision.json')
    .expectStdout((stdout) => expect(stdout).toContain('| **fail** | LLM03:2025 | Supply Chain |'))
    .verify()
  await run('-o', 'html', 'decision.json')
    .expectStdout((stdout) => expect(stdout).toMatch(/^<!doctype html>[^]*<\/html>\n$/))
    .verify()
})

test('without a decision it says what policies there are', async () => {
  await plangate('report', '--framework', 'iso_42001')
    .expectStdout((stdout) => expect(stdout).toContain('No plan was judged: this says what policies there are.'))
    .verify()
})

test('decisions become the reports that the plans would have', async () => {
  const dev = testPlan('stacks', 'model-endpoint', 'dev.plan.json')
  const gate = (...args: string[]) => plangate('test', '-p', 'builtin', '--source', 'off', open, dev, ...args).outcome()
  const { stdout: decisions } = await gate('-o', 'json')
  const folder = folderOf({ 'decisions.json': decisions })
  for (const format of ['stdout', 'tap', 'junit', 'sarif', 'markdown', 'html', 'github']) {
    const { stdout: report, code } = await plangate('report', 'decisions.json', '-o', format).in(folder).outcome()
    expect(code).toBe(0)
    expect(report).toBe((await gate('-o', format)).stdout)
  }
})

test.each([
  ['neither', [], '', 'ERR_USAGE'],
  ['a format that there is not', ['-', '-o', 'pdf'], '[]', 'ERR_USAGE'],
  ['a format that is not for a framework', ['--framework', 'atlas', '-o', 'sarif'], '', 'ERR_USAGE'],
  ['a framework that is not there', ['--framework', 'pci'], '', 'ERR_USAGE'],
  ['a decision that is not there', ['--framework', 'atlas', 'none.json'], '', 'ERR_USAGE'],
  ['nothing', ['--framework', 'atlas', '-'], '', 'ERR_DATA_INVALID'],
  ['no JSON', ['--framework', 'atlas', '-'], 'FAIL', 'ERR_DATA_INVALID'],
  ['several decisions', ['--framework', 'atlas', '-'], '[]', 'ERR_DATA_INVALID'],
  ['a plan', ['--framework', 'atlas', '-'], '{"format_version":"1.2"}', 'ERR_DATA_INVALID'],
])('%s is wrong use', async (_, args, stdin, code) => {
  await plangate('report', ...args)
    .in(folderOf({}))
    .stdin(stdin)
    .expectCode(2)
    .expectStderr(coded(code))
    .verify()
})
