import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { planWith, stack } from '../../test/bundle.ts'
import { readInput } from './read.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const good = JSON.stringify(planWith())
const nested = (depth: number): string =>
  JSON.stringify(planWith()).replace(
    '"resource_changes":[]',
    `"resource_changes":${'['.repeat(depth)}${']'.repeat(depth)}`,
  )
const failure = (input: Uint8Array): unknown => {
  try {
    return readInput(input)
  } catch (error) {
    const { code, message, hint, cause } = Object(error)
    return { code, message, hinted: typeof hint === 'string', cause }
  }
}

describe('readInput', () => {
  test('returns the facts of a real plan, with its marked values and without its words', () => {
    const { sensitive, ...facts } = readInput(readFileSync(stack('training-cluster/open.plan.json'))).facts
    expect(facts).toEqual({
      formatVersion: '1.2',
      terraformVersion: '1.11.4',
      resources: 29,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect([...sensitive]).toContain('Sup3rS3cretMlflow!')
  })

  test("takes HCP Terraform's {plan, run}", () => {
    expect(
      readInput(bytes(JSON.stringify({ run: { id: 'run-1' }, plan: planWith({ resource_changes: [{}, {}] }) }))).facts
        .resources,
    ).toBe(2)
  })

  test.each<[string, Uint8Array, string, string]>([
    ['no bytes', new Uint8Array(), 'ERR_INPUT_EMPTY', 'the plan is empty: 0 bytes'],
    ['white space', bytes(' \n\t'), 'ERR_INPUT_EMPTY', 'the plan is empty'],
    [
      'a binary plan',
      Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0),
      'ERR_INPUT_BINARY_PLAN',
      'the input is a binary plan file',
    ],
    [
      'a byte order mark',
      Buffer.concat([Uint8Array.of(0xef, 0xbb, 0xbf), bytes(good)]),
      'ERR_INPUT_ENCODING',
      'the plan begins with a byte order mark',
    ],
    [
      'UTF-16 with its mark',
      Buffer.from(`\ufeff${good}`, 'utf16le'),
      'ERR_INPUT_ENCODING',
      'the plan is in UTF-16, not UTF-8',
    ],
    ['UTF-16 without its mark', Buffer.from(good, 'utf16le'), 'ERR_INPUT_ENCODING', 'the plan is in UTF-16, not UTF-8'],
    [
      'big-endian UTF-16',
      Buffer.from(good, 'utf16le').swap16(),
      'ERR_INPUT_ENCODING',
      'the plan is in UTF-16, not UTF-8',
    ],
    ['Latin-1', Buffer.from('{"a":"é"}', 'latin1'), 'ERR_INPUT_ENCODING', 'the plan is not valid UTF-8'],
    [
      'an overlong encoding',
      Uint8Array.of(0x22, 0xc0, 0xaf, 0x22),
      'ERR_INPUT_ENCODING',
      'the plan is not valid UTF-8',
    ],
    [
      'a truncated object',
      bytes(good.slice(0, 40)),
      'ERR_INPUT_TRUNCATED',
      'the plan stops in the middle, after 40 bytes',
    ],
    [
      'a plan truncated in a string',
      bytes('{"a":"b'),
      'ERR_INPUT_TRUNCATED',
      'the plan stops in the middle, after 7 bytes',
    ],
    [
      'a plan truncated in an escape',
      bytes('{"a":"b\\'),
      'ERR_INPUT_TRUNCATED',
      'the plan stops in the middle, after 8 bytes',
    ],
    [
      'two plans',
      bytes('{"a":1} {"a":1}'),
      'ERR_INPUT_TRAILING',
      'the plan is followed by something else, from byte 7',
    ],
    [
      'a plan and a prompt',
      bytes('{"a":"}"}$ '),
      'ERR_INPUT_TRAILING',
      'the plan is followed by something else, from byte 9',
    ],
    ['a trailing comma', bytes('{"a":1,}'), 'ERR_INPUT_NOT_JSON', 'the input is not JSON'],
    [
      'a text plan',
      bytes('Terraform will perform the following actions:\n\n  # aws_x.y {'),
      'ERR_INPUT_NOT_JSON',
      'the input is not JSON',
    ],
    ['NaN', bytes('{"a":NaN}'), 'ERR_INPUT_NOT_JSON', 'the input is not JSON'],
    [
      'events',
      bytes('{"@level":"info","@message":"Terraform 1.11.4"}\n{"@level":"info"}\n'),
      'ERR_INPUT_EVENT_STREAM',
      'the input is the event stream of `terraform plan -json`, not a plan',
    ],
    [
      'one event',
      bytes('{"@level":"info"}'),
      'ERR_INPUT_EVENT_STREAM',
      'the input is the event stream of `terraform plan -json`, not a plan',
    ],
    ['null', bytes('null'), 'ERR_INPUT_NOT_PLAN', 'the input is not a Terraform plan: it is not a JSON object'],
    ['false', bytes('false'), 'ERR_INPUT_NOT_PLAN', 'the input is not a Terraform plan: it is not a JSON object'],
    ['zero', bytes('0'), 'ERR_INPUT_NOT_PLAN', 'the input is not a Terraform plan: it is not a JSON object'],
    [
      'an empty string',
      bytes('""'),
      'ERR_INPUT_NOT_PLAN',
      'the input is not a Terraform plan: it is not a JSON object',
    ],
    [
      'an empty object',
      bytes('{}'),
      'ERR_INPUT_NOT_PLAN',
      'the input is not a Terraform plan: it has no `format_version`',
    ],
    [
      'a state file',
      bytes('{"version":4,"serial":1,"lineage":"x"}'),
      'ERR_INPUT_NOT_PLAN',
      'the input is not a Terraform plan: it is a state file',
    ],
    [
      'a state as JSON',
      bytes('{"format_version":"1.0","values":{}}'),
      'ERR_INPUT_NOT_PLAN',
      'the input is not a Terraform plan: it is a state',
    ],
    [
      'nothing but a version',
      bytes('{"format_version":"1.2"}'),
      'ERR_INPUT_NOT_PLAN',
      'the input is not a Terraform plan: it has neither resources nor configuration',
    ],
    [
      'resources of another shape',
      bytes(JSON.stringify(planWith({ resource_changes: {} }))),
      'ERR_INPUT_NOT_PLAN',
      'the input is not a Terraform plan: `resource_changes`: Invalid input: expected array, received object',
    ],
    [
      'a later format',
      bytes(JSON.stringify(planWith({ format_version: '2.0' }))),
      'ERR_INPUT_FORMAT_VERSION',
      'unsupported plan format_version `2.0`',
    ],
    [
      'an errored plan',
      bytes(JSON.stringify(planWith({ errored: true }))),
      'ERR_INPUT_ERRORED_PLAN',
      'the plan is incomplete because `terraform plan` failed',
    ],
    ['513 levels', bytes(nested(512)), 'ERR_INPUT_TOO_DEEP', 'the plan nests deeper than 512 levels'],
    ['a million levels', bytes(nested(1_000_000)), 'ERR_INPUT_TOO_DEEP', 'the plan nests deeper than 512 levels'],
  ])('refuses %s', (_, input, code, message) => {
    expect(failure(input)).toEqual({ code, message, hinted: true, cause: undefined })
  })

  test('counts no brackets inside strings, whatever is escaped there', () => {
    const name = `\\"${'['.repeat(600)}\\\\`
    expect(readInput(bytes(JSON.stringify(planWith({ resource_changes: [name, '"{{', '\\'] })))).facts.resources).toBe(
      3,
    )
  })

  test('takes 512 levels', () => {
    expect(readInput(bytes(nested(511))).facts.resources).toBe(1)
  })
})
