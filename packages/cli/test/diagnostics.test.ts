import { expect, test } from '@jest/globals'
import { folderOf } from './fixtures.ts'
import { plangate } from './runner.ts'

const broken = { 'policy/main.rego': 'package main\n\ndeny contains msg if {\n\tmsg := missing\n}\n' }
const refusal =
  'error: the policies do not compile: 1 error [ERR_POLICY_INVALID]\nhint: mend what is listed above and run it again\n'

test('text shows the line with a caret, on standard error', async () => {
  await plangate('build', 'policy', '-n', 'main')
    .in(folderOf(broken))
    .expectCode(2)
    .expectStderr(`policy/main.rego:4:2: error: var missing is unsafe [rego_unsafe_var_error]
    |
  4 |     msg := missing
    |     ^^^^^^^^^^^^^^
  fix    give the variable a value in the same body, with \`:=\` or \`some … in …\`
${refusal}`)
    .verify()
})

test('annotations for GitHub stand on standard output', async () => {
  await plangate('build', 'policy', '-n', 'main', '--format', 'github')
    .in(folderOf(broken))
    .expectCode(2)
    .expectStdout(
      '::error file=policy/main.rego,line=4,endLine=4,col=2,endColumn=16,title=rego_unsafe_var_error::var missing is unsafe%0Afix: give the variable a value in the same body, with `:=` or `some … in …`\n',
    )
    .expectStderr(refusal)
    .verify()
})

test.each([
  ['json', { version: 1, counts: { errors: 0, warnings: 0 }, diagnostics: [] }],
  ['sarif', { version: '2.1.0', runs: [{ results: [] }] }],
])('with %s standard output is one document, also when nothing is wrong', async (format, expected) => {
  await plangate('build', 'policy', '-n', 'main')
    .env({ PLANGATE_FORMAT: format })
    .in(folderOf({ 'policy/main.rego': 'package main\n\ndeny contains "no" if input.bad\n' }))
    .expectStdout((stdout) => expect(JSON.parse(stdout)).toMatchObject(expected))
    .expectStderr((stderr) => expect(stderr).toMatch(/^bundle\.tar\.gz: 1 entrypoint, \d+ bytes\n$/))
    .verify()
})
