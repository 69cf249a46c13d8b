import { expect, test } from '@jest/globals'
import { folderOf } from './fixtures.ts'
import { plangate } from './runner.ts'

const planOf = (value: string): string =>
  JSON.stringify({ format_version: '1.2', planned_values: {}, variables: { a: { value } } })
const folder = folderOf({
  'policy/main.rego': `package main

deny contains "odd" if {
	value := input.variables.a.value
	print("value is", value, "of", input.variables)
	to_number(value) % 2 == 1
}
`,
  '1.json': planOf('1'),
  '2.json': planOf('two\n\u001b[31m'),
})
const args = ['test', '--policy', 'policy', '1.json', '2.json']

test('what policies print is shown on standard error, plan by plan, without what a terminal would obey', async () => {
  const { code, stderr, stdout } = await plangate(...args)
    .in(folder)
    .outcome()
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr:
      'PRNT - 1.json - value is 1 of {"a": {"value": "1"}}\nPRNT - 2.json - value is two\\n\\u001b[31m of {"a": {"value": "two\\n\\u001b[31m"}}\n',
  })
  expect(stdout).not.toContain('PRNT')
})

test('a built-in function that fails stops the plan, where errors are strict, and not the next one', () =>
  plangate('test', '--strict-builtin-errors', '--policy', 'policy', '2.json', '1.json')
    .in(folder)
    .expectCode(3)
    .expectStdout((stdout) => expect(stdout).toContain('FAIL - 1.json - main - odd'))
    .expectStderr(
      'error: `to_number` failed: eval_builtin_error [ERR_EVALUATION]\n' +
        'hint: a built-in function failed, which is undefined unless errors of built-ins are strict\n' +
        'PRNT - 1.json - value is 1 of {"a": {"value": "1"}}\n',
    )
    .verify())
