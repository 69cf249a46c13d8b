import type { PolicyEntry } from '@plangate/bundle'
import { describe, expect, test } from '@jest/globals'
import { assemble } from '../../decision/assemble.ts'
import type { Decision, Finding } from '../../decision/schema.ts'
import { renderComplianceHtml } from './html.ts'
import { renderComplianceMarkdown } from './markdown.ts'
import { complianceReport, type Framework } from './model.ts'
import { renderComplianceText } from './text.ts'

const framework: Framework = {
  name: 'OWASP',
  version: '2025',
  source: 'https://example.com/llm',
  ids: {
    'LLM01:2025': 'Prompt Injection',
    'LLM02:2025': 'Disclosure',
    'LLM03:2025': 'Supply Chain',
    'LLM10:2025': 'Bound',
  },
}
const bundle = { revision: 'r', sha256: 'b'.repeat(64) }
const entry = (id: string, more: Partial<PolicyEntry> = {}): PolicyEntry => ({
  id,
  title: `title of ${id}`,
  description: 'why',
  severity: 'high',
  remediation: 'fix',
  resource_types: ['aws_s3_bucket'],
  frameworks: { owasp_llm: ['LLM02:2025'] },
  aliases: [],
  parameters: {},
  source: [],
  ...more,
})
const catalogue = [
  entry('a/fails'),
  entry('a/passes', { frameworks: { owasp_llm: ['LLM03:2025', 'LLM02:2025'] } }),
  entry('a/inactive'),
  entry('a/absent', { resource_types: ['aws_kms_key'], frameworks: { owasp_llm: ['LLM10:2025'] } }),
  entry('a/variables', { resource_types: ['variable'] }),
  entry('a/dev', { environments: ['dev'] }),
  entry('a/other', { frameworks: { nist_800_53: ['SC-7'] } }),
]
const finding = (id: string, address = 'aws_s3_bucket.a', more: Partial<Finding> = {}): Finding => ({
  id,
  severity: 'high',
  title: 'title',
  msg: 'msg',
  remediation: '',
  address,
  path: ['acl'],
  frameworks: {},
  ...more,
})
const decide = (lists: Partial<Parameters<typeof assemble>[0]> = {}): Decision =>
  assemble({
    findings: [{ ...finding('a/fails'), status: 'fail' }],
    undecided: [finding('a/fails', 'aws_s3_bucket.b')],
    waived: [],
    policies: 7,
    resources: 2,
    plan: { sha256: 'a'.repeat(64), formatVersion: '1.2', terraformVersion: '1.11.4' },
    bundle,
    config: { environment: 'prod', fail_on: 'medium', undecided: 'warn' },
    judged: { resourceTypes: ['aws_s3_bucket'], inactive: ['a/inactive'] },
    ...lists,
  })
const reportOf = (decision?: Decision) => complianceReport({ id: 'owasp_llm', framework, catalogue, bundle, decision })
const statusOf = (decision: Decision, id: string) =>
  reportOf(decision)
    .controls.flatMap(({ policies }) => policies)
    .find((policy) => policy.id === id)?.status

const same = (text: string): string => text
const color = { bold: same, cyan: same, dim: same, green: same, magenta: same, red: same, yellow: same }
const closing =
  'This is what policies found in a plan, and no statement of compliance: a framework asks for more than a plan can show, and which control a policy serves is the judgement of its authors.'

describe('what became of a policy', () => {
  test.each([
    ['a/fails', 'fail'],
    ['a/passes', 'pass'],
    ['a/inactive', 'inactive'],
    ['a/absent', 'not applicable'],
    ['a/variables', 'pass'],
    ['a/dev', 'not asked'],
  ])('%s: %s', (id, status) => {
    expect(statusOf(decide(), id)).toBe(status)
  })

  test.each<[string, Partial<Parameters<typeof assemble>[0]>, string]>([
    ['a warning', { findings: [{ ...finding('a/passes'), status: 'warn' }] }, 'warn'],
    ['undecided', { undecided: [finding('a/passes')] }, 'undecided'],
    ['waived', { waived: [{ ...finding('a/passes'), waiver: { owner: 'o', reason: 'r' } }] }, 'waived'],
    [
      'waived beside undecided',
      { undecided: [finding('a/passes')], waived: [{ ...finding('a/passes'), waiver: { owner: 'o', reason: 'r' } }] },
      'undecided',
    ],
    ['left as it is', { unchanged: [finding('a/passes')] }, 'unchanged'],
    [
      'left out',
      { config: { environment: 'prod', fail_on: 'low', undecided: 'warn', policies: ['a/fails'] } },
      'not asked',
    ],
    ['without the library', { judged: undefined }, 'not asked'],
    ['inactive, and nothing of its type', { judged: { resourceTypes: [], inactive: ['a/passes'] } }, 'not applicable'],
  ])('%s', (_, lists, status) => {
    expect(statusOf(decide(lists), 'a/passes')).toBe(status)
  })
})

test('a control is as bad as its worst policy, and passes only where one has passed', () => {
  expect(reportOf(decide()).controls.map(({ id, status }) => [id, status])).toEqual([
    ['LLM02:2025', 'fail'],
    ['LLM03:2025', 'pass'],
    ['LLM10:2025', 'not applicable'],
  ])
})

test('a finding of a policy that the catalogue does not know counts by its own frameworks', () => {
  const own = finding('own/policy', 'a.b', { frameworks: { owasp_llm: ['LLM01:2025'] } })
  const { controls, uncovered } = reportOf(decide({ findings: [{ ...own, status: 'fail' }] }))
  expect(controls[0]).toEqual({
    id: 'LLM01:2025',
    title: 'Prompt Injection',
    status: 'fail',
    policies: [{ id: 'own/policy', title: 'title', status: 'fail', places: ['a.b → acl'] }],
  })
  expect(uncovered).toEqual([])
})

test.each<[string, Decision | undefined, readonly string[]]>([
  ['nothing odd', decide(), []],
  ['no decision', undefined, ['No plan was judged: this says what policies there are.']],
  [
    'no library',
    decide({ judged: undefined }),
    ['The library did not take part in this decision: its policies were not asked.'],
  ],
  [
    'what is undecided ignored',
    decide({ config: { environment: 'prod', fail_on: 'low', undecided: 'ignore' } }),
    ['What only the apply can decide was ignored: a control that passes may hold some of that.'],
  ],
  [
    'another bundle',
    decide({ bundle: { revision: 'r', sha256: 'c'.repeat(64) } }),
    ['The decision was made by another bundle than the one that this report takes titles and frameworks from.'],
  ],
  ['several bundles', decide({ bundle: { revision: 'r+s', sha256: 'c'.repeat(64) } }), []],
])('notes: %s', (_, decision, notes) => {
  expect(reportOf(decision).notes).toEqual([...notes, closing])
})

describe('as text', () => {
  test('tells what was found under each control, and what nobody asks for', () => {
    expect(renderComplianceText(reportOf(decide()), { color, columns: 80 })).toBe(`OWASP, 2025
plan sha256 ${'a'.repeat(64)}
verdict fail (environment: prod, fail_on: medium)
3 of 4 controls have policies: 1 fail, 1 pass, 1 not applicable

FAIL            LLM02:2025  Disclosure
                            1 fail, 2 pass, 1 inactive, 1 not asked
  fail          a/fails: title of a/fails
                at aws_s3_bucket.a → acl
  inactive      a/inactive: title of a/inactive

PASS            LLM03:2025  Supply Chain
                            1 pass

NOT APPLICABLE  LLM10:2025  Bound
                            1 not applicable

No policy asks for
  LLM01:2025  Prompt Injection

This is what policies found in a plan, and no statement of compliance: a
framework asks for more than a plan can show, and which control a policy serves
is the judgement of its authors.
`)
  })

  test('names the policies of each control without a decision', () => {
    expect(renderComplianceText(reportOf(), { color })).toContain(`LLM10:2025  Bound
            1 policy
  a/absent: title of a/absent
`)
  })

  test('counts by family where many ids have no policy', () => {
    const ids = Object.fromEntries(Array.from({ length: 70 }, (_, at) => [`${at < 50 ? 'AC' : 'SC'}-${at}`, 'x']))
    const many = complianceReport({ id: 'nist_800_53', framework: { ...framework, ids }, catalogue, bundle })
    expect(renderComplianceText(many, { color })).toContain(
      'No policy asks for\n  70 ids, which `-o markdown`, `html` and `json` name: AC:50, SC:20\n',
    )
  })
})

const hostile = finding('x/y', '</code><script>alert(1)</script>`|', {
  title: '[a](javascript:alert(1)) *b* \u001b[31m ghp_0123456789abcdefghijABCDEFGHIJ012345',
  path: [],
  frameworks: { owasp_llm: ['LLM02:2025'] },
})

describe('as Markdown', () => {
  test('is a table of the controls, what was found, and what nobody asks for', () => {
    expect(renderComplianceMarkdown(reportOf(decide()))).toBe(`# OWASP, 2025

- plan sha256 ${'a'.repeat(64)}
- verdict fail (environment: prod, fail\\_on: medium)
- 3 of 4 controls have policies: 1 fail, 1 pass, 1 not applicable

> ${closing}

## Controls

| status | control | title | policies |
| --- | --- | --- | --- |
| **fail** | LLM02:2025 | Disclosure | 1 fail, 2 pass, 1 inactive, 1 not asked |
| **pass** | LLM03:2025 | Supply Chain | 1 pass |
| **not applicable** | LLM10:2025 | Bound | 1 not applicable |

## What was found

### LLM02:2025 Disclosure

- **fail** \`a/fails\`: title of a/fails
  - \`aws_s3_bucket.a → acl\`
- **inactive** \`a/inactive\`: title of a/inactive

## Controls that no policy asks for

<details><summary>1 ids</summary>

| control | title |
| --- | --- |
| LLM01:2025 | Prompt Injection |

</details>
`)
  })

  test('takes no text of a decision for Markdown, and shows no credential', () => {
    const shown = renderComplianceMarkdown(reportOf(decide({ findings: [{ ...hostile, status: 'fail' }] })))
    expect(shown).toContain(
      '- **fail** `x/y`: \\[a\\](javascript:alert(1)) \\*b\\* \u{fffd}\\[31m (redacted)\n  - `` </code><script>alert(1)</script>`| ``',
    )
  })
})

describe('as HTML', () => {
  test('needs nothing else, and takes no text of a decision for HTML', () => {
    const page = renderComplianceHtml(reportOf(decide({ findings: [{ ...hostile, status: 'fail' }] })))
    expect({
      script: page.includes('<script'),
      address: page.includes('&lt;/code&gt;&lt;script&gt;alert(1)&lt;/script&gt;`|'),
      loads: /\ssrc=|url\(|@import/.test(page),
      secret: page.includes('ghp_'),
    }).toEqual({ script: false, address: true, loads: false, secret: false })
  })

  test('folds what found nothing, and tells the rest', () => {
    const page = renderComplianceHtml(reportOf(decide()))
    expect(page).toContain(
      '<li><span class="badge fail">fail</span> <code>a/fails</code> title of a/fails<ul class="places"><li><code>aws_s3_bucket.a → acl</code></li></ul></li>',
    )
    expect(page).toContain('<details><summary>3 more</summary>')
  })
})
