import type { PolicyEntry } from '@plangate/bundle'
import { describe, expect, test } from '@jest/globals'
import { assemble } from '../decision/assemble.ts'
import type { Decision, Finding } from '../decision/schema.ts'
import { renderJson } from './json.ts'
import { renderText } from './text.ts'
import { attributePath, wrap } from './wrap.ts'

const isolation: Finding = {
  id: 'model_endpoints/network_isolation',
  severity: 'high',
  title: 'model containers can reach the network',
  msg: 'aws_sagemaker_model.a: model containers can reach the network (enable_network_isolation)',
  remediation: 'set `enable_network_isolation = true` on the `aws_sagemaker_model`',
  address: 'aws_sagemaker_model.a',
  path: ['enable_network_isolation'],
  frameworks: {},
}
const other = { ...isolation, msg: isolation.msg.replace('.a', '.b'), address: 'aws_sagemaker_model.b' }
const plain: Finding = {
  ...isolation,
  id: 'main/warn',
  severity: 'low',
  title: 'two',
  msg: 'two\nlines',
  remediation: '',
  address: '',
  path: [],
}
const catalogue: readonly PolicyEntry[] = [
  {
    id: isolation.id,
    title: isolation.title,
    description:
      'A container that can reach the internet can send the model, and what customers ask it,\nto anyone. Isolation closes that way for good.',
    severity: 'high',
    remediation: isolation.remediation,
    resource_types: [],
    frameworks: {},
    aliases: ['SM-011'],
    parameters: {},
    source: [],
  },
]
const decide = (lists: Partial<Parameters<typeof assemble>[0]>): Decision =>
  assemble({
    findings: [],
    undecided: [],
    waived: [],
    policies: 20,
    resources: 2,
    plan: { sha256: 'a'.repeat(64), formatVersion: '1.2', terraformVersion: '1.11.4' },
    bundle: { revision: 'r', sha256: 'b'.repeat(64) },
    config: { environment: 'prod', fail_on: 'medium', undecided: 'warn' },
    ...lists,
  })
const all = decide({
  findings: [
    { ...isolation, status: 'fail' },
    { ...other, status: 'fail' },
    { ...plain, status: 'warn' },
  ],
  undecided: [
    {
      ...isolation,
      id: 'model_endpoints/customer_key',
      title: 'no customer key',
      msg: 'c: undecided until apply: no customer key',
    },
  ],
  waived: [
    { ...isolation, waiver: { owner: 'ml-platform', reason: 'test stack', ticket: 'ML-7', expires: '2026-12-31' } },
  ],
})

const tag = (name: string) => (text: string) => `<${name}>${text}</${name}>`

describe('renderText', () => {
  test('gives conftest’s lines, one block for all findings of a policy, the summary and the verdict', () => {
    expect(
      renderText([all], { names: ['plan.json'], catalogue, columns: 80 }),
    ).toBe(`FAIL - plan.json - plangate.main - aws_sagemaker_model.a: model containers can reach the network (enable_network_isolation)
FAIL - plan.json - plangate.main - aws_sagemaker_model.b: model containers can reach the network (enable_network_isolation)
  HIGH model_endpoints/network_isolation (SM-011): model containers can reach the network
  at     aws_sagemaker_model.a → enable_network_isolation
         aws_sagemaker_model.b → enable_network_isolation
  why    A container that can reach the internet can send the model, and what
         customers ask it, to anyone. Isolation closes that way for good.
  fix    set \`enable_network_isolation = true\` on the \`aws_sagemaker_model\`

WARN - plan.json - main - two lines
  LOW main/warn

UNDECIDED - plan.json - model_endpoints - c: undecided until apply: no customer key
  HIGH model_endpoints/customer_key: no customer key
  at     aws_sagemaker_model.a → enable_network_isolation
  fix    set \`enable_network_isolation = true\` on the \`aws_sagemaker_model\`

EXCP - plan.json - plangate.main - aws_sagemaker_model.a: model containers can reach the network (enable_network_isolation)
  HIGH model_endpoints/network_isolation (SM-011): model containers can reach the network
  at     aws_sagemaker_model.a → enable_network_isolation
  why    A container that can reach the internet can send the model, and what
         customers ask it, to anyone. Isolation closes that way for good.
  fix    set \`enable_network_isolation = true\` on the \`aws_sagemaker_model\`
  waived by ml-platform: test stack, ML-7, until 2026-12-31

22 tests, 17 passed, 1 warning, 2 failures, 1 exception, 1 undecided
verdict fail (environment: prod, fail_on: medium)
`)
  })

  test('says where the sources have it, each place once, with what stands at the first three', () => {
    const place = { file: 'm/main.tf', line: 9, column: 3, endLine: 10, endColumn: 4 }
    const call = { module: 'module.m', file: 'main.tf', line: 2, column: 1, endLine: 2, endColumn: 11 }
    const at = (line: number) => ({ ...place, line, calls: [call] })
    const findings = [9, 9, 20, 30, 40].map((line, n) => ({
      ...isolation,
      address: `aws_sagemaker_model.a[${n}]`,
      status: 'fail' as const,
      location: at(line),
    }))
    const text = renderText([decide({ findings })], {
      names: ['p'],
      excerpt: ({ line }) => ({
        lines: [
          { line, text: '  a = [', from: 2, to: 7 },
          { line: line + 1, text: '', from: 0, to: 0 },
        ],
      }),
    })
    expect(text.split('\n').slice(11, 25).join('\n')).toBe(`  in     m/main.tf:9:3 ← main.tf:2
            9 |   a = [
              |   ^^^^^
           10 | 
         m/main.tf:20:3 ← main.tf:2
           20 |   a = [
              |   ^^^^^
           21 | 
         m/main.tf:30:3 ← main.tf:2
           30 |   a = [
              |   ^^^^^
           31 | 
         m/main.tf:40:3 ← main.tf:2
  fix    set \`enable_network_isolation = true\` on the \`aws_sagemaker_model\``)
  })

  test('says which waivers do nothing, of many in one file how many', () => {
    const waiver = { policy: 'SM-011', address: 'a.*', owner: 'ml', reason: 'x', source: 'w.yaml' }
    const many = Array.from({ length: 6 }, (_, n) => ({ ...waiver, address: `b.${n}`, source: 'baseline.json' }))
    const idle = (unused: (typeof waiver)[]) => ({
      expired: [{ ...waiver, path: ['p', 0], expires: '2026-01-01' }],
      unused,
    })
    const text = renderText([decide({ waivers: idle([waiver, ...many]) }), decide({ waivers: idle(many) })], {
      names: ['p', 'q'],
    })
    expect(text).toBe(`EXPIRED - waiver of SM-011 at a.* → p[0] by ml: x, until 2026-01-01 (w.yaml)
UNUSED - 6 waivers of baseline.json

40 tests, 40 passed, 0 warnings, 0 failures, 0 exceptions
p: verdict pass (environment: prod, fail_on: medium)
q: verdict pass (environment: prod, fail_on: medium)
`)
  })

  test('sums up several plans and names each verdict', () => {
    expect(
      renderText([decide({}), decide({ policies: 1 })], { names: ['a.json', 'b.json'] }),
    ).toBe(`21 tests, 21 passed, 0 warnings, 0 failures, 0 exceptions
a.json: verdict pass (environment: prod, fail_on: medium)
b.json: verdict pass (environment: prod, fail_on: medium)
`)
  })

  test('colours by the palette it is given, and only then', () => {
    const color = {
      bold: tag('b'),
      cyan: tag('c'),
      dim: tag('d'),
      green: tag('g'),
      magenta: tag('m'),
      red: tag('r'),
      yellow: tag('y'),
    }
    expect(
      renderText([decide({ findings: [{ ...plain, status: 'warn' }] })], { names: ['p'], color }),
    ).toBe(`<y>WARN</y> - p - main - two lines
  <b>LOW</b> main/warn

<y>20 tests, 19 passed, 1 warning, 0 failures, 0 exceptions</y>
verdict <b><g>pass</g></b> (environment: prod, fail_on: medium)
`)
  })
})

test('renderJson gives one decision bare and several as an array', () => {
  const [one, two] = [decide({}), decide({ policies: 1 })]
  expect(JSON.parse(renderJson([one]))).toEqual(one)
  expect(JSON.parse(renderJson([one, two]))).toEqual([one, two])
  expect(renderJson([])).toBe('[]\n')
})

test('wrap breaks at spaces and leaves long words whole', () => {
  expect(wrap(' one two\n  three-is-longer four ', 8)).toEqual(['one two', 'three-is-longer', 'four'])
  expect(wrap('', 8)).toEqual([''])
})

test.each<[readonly (string | number)[], string]>([
  [['container', 0, 'environment', 'MODE'], 'container[0].environment.MODE'],
  [['tags', 'a b', 'x"y'], 'tags["a b"]["x\\"y"]'],
  [[], ''],
])('%j is written %s', (path, text) => {
  expect(attributePath(path)).toBe(text)
})
