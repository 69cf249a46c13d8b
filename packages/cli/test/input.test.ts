import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { folderOf, testPlan } from './fixtures.ts'
import { coded, plangate } from './runner.ts'

const plan = readFileSync(testPlan('inputs', 'small.plan.json'))
const text = plan.toString('utf8')
const builtin = ['test', '--policy', 'builtin']

const bad: readonly (readonly [string, string, string | Uint8Array])[] = [
  ['a truncated plan', 'ERR_INPUT_TRUNCATED', text.slice(0, -100)],
  ['a plan with something after it', 'ERR_INPUT_TRAILING', `${text}{}`],
  ['a plan in UTF-16', 'ERR_INPUT_ENCODING', Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['a plan in UTF-16 without a byte order mark', 'ERR_INPUT_ENCODING', Buffer.from(text, 'utf16le')],
  ['a plan behind a byte order mark', 'ERR_INPUT_ENCODING', `\ufeff${text}`],
  [
    'the events of `terraform plan -json`',
    'ERR_INPUT_EVENT_STREAM',
    readFileSync(testPlan('inputs', 'event-stream.jsonl')),
  ],
  ['a binary plan file', 'ERR_INPUT_BINARY_PLAN', readFileSync(testPlan('inputs', 'binary.tfplan'))],
  ['blanks', 'ERR_INPUT_EMPTY', ' \n'],
  ['JSON that is no plan', 'ERR_INPUT_NOT_PLAN', '{"a":1}'],
  ['an array', 'ERR_INPUT_NOT_PLAN', '[]'],
  ['null', 'ERR_INPUT_NOT_PLAN', 'null'],
  ['something that is not JSON', 'ERR_INPUT_NOT_JSON', 'resource "x" "y" {}'],
  [
    'a plan of another format',
    'ERR_INPUT_FORMAT_VERSION',
    text.replace('"format_version":"1.2"', '"format_version":"9.0"'),
  ],
  ['a plan that failed', 'ERR_INPUT_ERRORED_PLAN', text.replace(/"errored":false/, '"errored":true')],
]

describe('input that cannot be decided ends with 3 and a coded error', () => {
  test.each(bad)('%s in a file: %s', async (_, code, content) => {
    const folder = folderOf({ 'bad.json': content })
    await plangate(...builtin, join(folder, 'bad.json'))
      .expectCode(3)
      .expectStderr(coded(code))
      .verify()
  })

  test.each(bad)('%s in a pipe: %s', async (_, code, content) => {
    await plangate(...builtin, '-')
      .stdin(content)
      .expectCode(3)
      .expectStderr(coded(code))
      .verify()
  })

  test('an empty file and an empty pipe differ', async () => {
    const folder = folderOf({ 'empty.json': '' })
    await plangate(...builtin, join(folder, 'empty.json'))
      .expectCode(3)
      .expectStderr(coded('ERR_INPUT_EMPTY'))
      .verify()
    await plangate(...builtin, '-')
      .stdin('')
      .expectCode(3)
      .expectStderr(coded('ERR_INPUT_EMPTY_PIPE'))
      .verify()
  })

  test('a plan that is not there', async () => {
    await plangate(...builtin, 'nowhere.json')
      .expectCode(3)
      .expectStderr(coded('ERR_INPUT_NOT_FOUND'))
      .verify()
  })

  test('a folder is not a plan', async () => {
    await plangate(...builtin, folderOf({}))
      .expectCode(3)
      .expectStderr(coded('ERR_INPUT_NOT_FOUND'))
      .verify()
  })
})

test('one bad plan among good ones ends with 3, and the good ones are still reported', async () => {
  await plangate(...builtin, testPlan('inputs', 'small.plan.json'), 'nowhere.json')
    .expectCode(3)
    .expectStdout((stdout) =>
      expect(stdout).toMatch(/^\d+ tests, \d+ passed, 0 warnings, 0 failures, 0 exceptions\nverdict pass .*\n$/),
    )
    .expectStderr(coded('ERR_INPUT_NOT_FOUND'))
    .verify()
})

test('one bad plan among good ones gives no JSON at all', async () => {
  await plangate(...builtin, '--output', 'json', testPlan('inputs', 'small.plan.json'), 'nowhere.json')
    .expectCode(3)
    .expectStderr(coded('ERR_INPUT_NOT_FOUND'))
    .verify()
})
