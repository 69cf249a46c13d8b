import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { PolicyEntry } from '@plangate/bundle'
import { describe, expect, test } from '@jest/globals'
import { Ajv } from 'ajv'
import { assemble } from '../decision/assemble.ts'
import type { Decision, Finding } from '../decision/schema.ts'
import { FORMATS } from './formats.ts'
import { render, type RenderOptions } from './render.ts'

const call = { module: 'module.m', file: 'main.tf', line: 2, column: 1, endLine: 2, endColumn: 11 }
const isolation: Finding = {
  id: 'model_endpoints/network_isolation',
  severity: 'high',
  title: 'model containers can reach the network',
  msg: 'module.m.aws_sagemaker_model.a: model containers can reach the network (enable_network_isolation)',
  remediation: 'set `enable_network_isolation = true`; 100% of models',
  address: 'module.m.aws_sagemaker_model.a',
  path: ['enable_network_isolation'],
  frameworks: { nist_800_53: ['SC-7'], mitre_atlas: ['AML.T0040'] },
  location: { file: 'm/a b.tf', line: 9, column: 3, endLine: 9, endColumn: 20, calls: [call] },
}
const own: Finding = {
  id: 'main/warn',
  severity: 'low',
  title: 'two <b> #1',
  msg: 'two <b> #1\nand "more" \u0007',
  remediation: '',
  address: '',
  path: [],
  frameworks: {},
}
const { location: _, ...nowhere } = isolation
const open: Finding = {
  ...nowhere,
  id: 'model_endpoints/customer_key',
  title: 'no customer key',
  msg: 'c: undecided until apply',
}
const entry = (id: string, title: string): PolicyEntry => ({
  id,
  title,
  description: 'A container that can reach the internet\ncan send the model to anyone.',
  severity: 'high',
  remediation: 'r',
  resource_types: ['aws_sagemaker_model'],
  frameworks: {},
  aliases: ['SM-011', 'CKV_AWS_1'],
  parameters: {},
  source: ['https://docs.example/isolation'],
})
const catalogue = [
  entry(isolation.id, isolation.title),
  entry(open.id, open.title),
  entry('z/passed', 'nothing is wrong'),
]
const decision = (lists: Partial<Parameters<typeof assemble>[0]>): Decision =>
  assemble({
    findings: [],
    undecided: [],
    waived: [],
    policies: 4,
    resources: 2,
    plan: { sha256: 'a'.repeat(64), formatVersion: '1.2', terraformVersion: '1.11.4' },
    bundle: { revision: 'r', sha256: 'b'.repeat(64) },
    config: { environment: 'prod', fail_on: 'medium', undecided: 'warn' },
    ...lists,
  })
const all = decision({
  findings: [
    { ...isolation, status: 'fail' },
    { ...own, status: 'warn' },
  ],
  undecided: [open],
  waived: [
    {
      ...isolation,
      address: 'module.m.aws_sagemaker_model.b',
      waiver: { owner: 'ml', reason: 'a & b', source: 'm/a.tf:3' },
    },
  ],
})
const options: RenderOptions = {
  names: ['plan.json'],
  catalogue,
  version: '0.1.0',
  now: new Date('2026-11-21T10:00:00Z'),
}

test('junit', () => {
  expect(render('junit', [all], options)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="plangate" tests="5" failures="1" errors="0" skipped="2">
  <testsuite name="plan.json" tests="5" failures="1" errors="0" skipped="2">
    <properties>
      <property name="verdict" value="fail"/>
      <property name="environment" value="prod"/>
      <property name="fail_on" value="medium"/>
    </properties>
    <testcase classname="model_endpoints/network_isolation" name="module.m.aws_sagemaker_model.a → enable_network_isolation" time="0" file="m/a b.tf" line="9">
      <failure type="high" message="model containers can reach the network">module.m.aws_sagemaker_model.a: model containers can reach the network (enable_network_isolation)
in m/a b.tf:9:3
why A container that can reach the internet can send the model to anyone.
fix set \`enable_network_isolation = true\`; 100% of models</failure>
    </testcase>
    <testcase classname="main/warn" name="two &lt;b&gt; #1 and &quot;more&quot; \\u0007" time="0">
      <system-out>warning: two &lt;b&gt; #1
and &quot;more&quot; \\u0007</system-out>
    </testcase>
    <testcase classname="model_endpoints/customer_key" name="module.m.aws_sagemaker_model.a → enable_network_isolation" time="0">
      <skipped message="c: undecided until apply"/>
    </testcase>
    <testcase classname="model_endpoints/network_isolation" name="module.m.aws_sagemaker_model.b → enable_network_isolation" time="0" file="m/a b.tf" line="9">
      <skipped message="waived by ml: a &amp; b (m/a.tf:3)"/>
    </testcase>
    <testcase classname="z/passed" name="nothing is wrong" time="0"/>
  </testsuite>
</testsuites>
`)
})

test('tap', () => {
  expect(render('tap', [all], options)).toBe(String.raw`TAP version 13
1..5
not ok 1 - model_endpoints/network_isolation: module.m.aws_sagemaker_model.a: model containers can reach the network (enable_network_isolation)
  ---
  severity: "high"
  at: "module.m.aws_sagemaker_model.a → enable_network_isolation"
  in: "m/a b.tf:9:3"
  why: "A container that can reach the internet can send the model to anyone."
  fix: "set ${'`'}enable_network_isolation = true${'`'}; 100% of models"
  ...
not ok 2 - main/warn: two <b> \#1 and "more" \\u0007 # todo warning
  ---
  severity: "low"
  ...
ok 3 - model_endpoints/customer_key: c: undecided until apply # SKIP undecided until apply
ok 4 - model_endpoints/network_isolation: module.m.aws_sagemaker_model.a: model containers can reach the network (enable_network_isolation) # SKIP waived by ml: a & b (m/a.tf:3)
ok 5 - z/passed: nothing is wrong
`)
})

const ending = `5 tests, 1 passed, 1 warning, 1 failure, 1 exception, 1 undecided
verdict fail (environment: prod, fail_on: medium)
`

test('github', () => {
  expect(
    render('github', [all], options),
  ).toBe(`::error file=m/a b.tf,line=9,endLine=9,col=3,endColumn=20,title=HIGH model_endpoints/network_isolation (SM-011)::module.m.aws_sagemaker_model.a: model containers can reach the network (enable_network_isolation)%0Afix: set \`enable_network_isolation = true\`; 100%25 of models
::warning title=LOW main/warn::two <b> #1%0Aand "more" \\u0007
::notice title=HIGH model_endpoints/customer_key (SM-011)::c: undecided until apply%0Afix: set \`enable_network_isolation = true\`; 100%25 of models
::notice file=m/a b.tf,line=9,endLine=9,col=3,endColumn=20,title=HIGH model_endpoints/network_isolation (SM-011)::module.m.aws_sagemaker_model.a: model containers can reach the network (enable_network_isolation)%0Awaived by ml: a & b (m/a.tf:3)%0Afix: set \`enable_network_isolation = true\`; 100%25 of models
${ending}`)
})

test('azuredevops', () => {
  expect(
    render('azuredevops', [all], options),
  ).toBe(`##vso[task.logissue type=error;sourcepath=m/a b.tf;linenumber=9;columnnumber=3;code=model_endpoints/network_isolation]module.m.aws_sagemaker_model.a: model containers can reach the network (enable_network_isolation)%0Afix: set \`enable_network_isolation = true\`; 100%AZP25 of models
##vso[task.logissue type=warning;sourcepath=plan.json;code=main/warn]two <b> #1%0Aand "more" \\u0007
##vso[task.logissue type=warning;sourcepath=plan.json;code=model_endpoints/customer_key]c: undecided until apply%0Afix: set \`enable_network_isolation = true\`; 100%AZP25 of models
${ending}`)
})

test('table', () => {
  const few = decision({ findings: [{ ...own, status: 'warn' }] })
  expect(
    render('table', [few, decision({})], { ...options, names: ['a', 'b'] }),
  ).toBe(`┌─────────┬──────────┬──────┬───────────┬──────────────────────────────┐
│ RESULT  │ SEVERITY │ FILE │ POLICY    │ MESSAGE                      │
├─────────┼──────────┼──────┼───────────┼──────────────────────────────┤
│ warning │ low      │ a    │ main/warn │ two <b> #1 and "more" \\u0007 │
└─────────┴──────────┴──────┴───────────┴──────────────────────────────┘
8 tests, 7 passed, 1 warning, 0 failures, 0 exceptions
a: verdict pass (environment: prod, fail_on: medium)
b: verdict pass (environment: prod, fail_on: medium)
`)
})

test('gitlab', () => {
  const rows: unknown = JSON.parse(render('gitlab', [all], options))
  expect(rows).toEqual([
    {
      description: isolation.msg,
      check_name: isolation.id,
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
      severity: 'critical',
      location: { path: 'm/a b.tf', lines: { begin: 9, end: 9 } },
    },
    expect.objectContaining({
      check_name: 'main/warn',
      severity: 'minor',
      location: { path: 'plan.json', lines: { begin: 1, end: 1 } },
    }),
    expect.objectContaining({ check_name: open.id, severity: 'info' }),
  ])
})

test('gitlab-sast', () => {
  const report = JSON.parse(render('gitlab-sast', [all], options))
  expect(report.scan).toEqual({
    analyzer: { id: 'plangate', name: 'plangate', version: '0.1.0', vendor: { name: 'plangate' } },
    scanner: { id: 'plangate', name: 'plangate', version: '0.1.0', vendor: { name: 'plangate' } },
    type: 'sast',
    start_time: '2026-11-21T10:00:00',
    end_time: '2026-11-21T10:00:00',
    status: 'success',
  })
  expect(report.vulnerabilities.map(({ severity }: { severity: string }) => severity)).toEqual(['High', 'Low', 'Info'])
  expect(report.vulnerabilities[0]).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
    name: isolation.title,
    description: `${isolation.msg}\n\nA container that can reach the internet can send the model to anyone.`,
    severity: 'High',
    solution: isolation.remediation,
    identifiers: [
      { type: 'plangate', name: isolation.id, value: isolation.id, url: 'https://docs.example/isolation' },
      { type: 'alias', name: 'SM-011', value: 'SM-011' },
      { type: 'alias', name: 'CKV_AWS_1', value: 'CKV_AWS_1' },
    ],
    location: { file: 'm/a b.tf', start_line: 9, end_line: 9, class: isolation.address },
  })
})

describe('sarif', () => {
  const require = createRequire(import.meta.url)
  const schema: object = JSON.parse(readFileSync(require.resolve('schemastore/schemas/json/sarif-2.1.0.json'), 'utf8'))
  const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema)
  const [run] = JSON.parse(render('sarif', [all], options)).runs

  test.each<[string, readonly Decision[]]>([
    ['nothing', []],
    ['a plan that passes', [decision({})]],
    ['everything', [all, all]],
  ])('is valid by its schema with %s', (_name, decisions) => {
    validate(JSON.parse(render('sarif', decisions, { ...options, names: ['a', 'C:\\b'] })))
    expect(validate.errors).toBeNull()
  })

  test('has a rule for each policy', () => {
    expect(run.tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual([isolation.id, own.id, open.id])
    expect(run.tool.driver.rules[0]).toEqual({
      id: isolation.id,
      name: 'ModelEndpointsNetworkIsolation',
      shortDescription: { text: isolation.title },
      fullDescription: { text: 'A container that can reach the internet can send the model to anyone.' },
      helpUri: 'https://docs.example/isolation',
      help: {
        text: `A container that can reach the internet can send the model to anyone.\nFix: ${isolation.remediation}\nhttps://docs.example/isolation`,
        markdown: `A container that can reach the internet can send the model to anyone.\n\n**Fix:** ${isolation.remediation}\n\n- <https://docs.example/isolation>`,
      },
      properties: {
        'security-severity': '8.0',
        'problem.severity': 'error',
        precision: 'high',
        tags: ['security', 'SM-011', 'CKV_AWS_1', 'nist_800_53/SC-7', 'mitre_atlas/AML.T0040'],
      },
    })
  })

  test('says what, where, from where it was called, and that it was waived', () => {
    const [failing, warning, undecided, waived] = run.results
    expect(failing).toEqual({
      ruleId: isolation.id,
      ruleIndex: 0,
      kind: 'fail',
      level: 'error',
      message: { text: isolation.msg },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'm/a%20b.tf', uriBaseId: '%SRCROOT%' },
            region: { startLine: 9, startColumn: 3, endLine: 9, endColumn: 20 },
          },
          logicalLocations: [
            { name: 'enable_network_isolation', fullyQualifiedName: isolation.address, kind: 'resource' },
          ],
        },
      ],
      relatedLocations: [
        {
          id: 0,
          message: { text: 'called as `module.m`' },
          physicalLocation: {
            artifactLocation: { uri: 'main.tf', uriBaseId: '%SRCROOT%' },
            region: { startLine: 2, startColumn: 1, endLine: 2, endColumn: 11 },
          },
        },
      ],
      partialFingerprints: { 'plangateFinding/v1': expect.stringMatching(/^[0-9a-f]{64}$/) },
      properties: { severity: 'high', plan: 'plan.json' },
    })
    expect(warning).toMatchObject({
      level: 'warning',
      locations: [{ physicalLocation: { artifactLocation: { uri: 'plan.json' } } }],
    })
    expect(undecided).toMatchObject({ kind: 'open', level: 'none' })
    expect(waived.suppressions).toEqual([
      { kind: 'inSource', status: 'accepted', justification: 'by ml: a & b (m/a.tf:3)' },
    ])
  })

  test('keeps a fingerprint when lines move, and gives another address another', () => {
    const moved = { ...isolation, location: { ...call, calls: [] }, status: 'fail' as const }
    const [other] = JSON.parse(render('sarif', [decision({ findings: [moved] })], options)).runs[0].results
    expect(other.partialFingerprints).toEqual(run.results[0].partialFingerprints)
    expect(run.results[3].partialFingerprints).not.toEqual(run.results[0].partialFingerprints)
  })
})

test('markdown', () => {
  expect(
    render('markdown', [all], {
      ...options,
      excerpt: () => ({ lines: [{ line: 9, text: '  a = ```', from: 2, to: 5 }] }),
    }),
  ).toBe(
    `<!-- plangate -->

### ❌ plangate: fail

environment prod, fails from medium

5 tests, 1 passed, 1 warning, 1 failure, 1 exception, 1 undecided

|  | severity | policy | where |
| --- | --- | --- | --- |
| **fail** | high | model\\_endpoints/network\\_isolation (SM-011): model containers can reach the network | \`module.m.aws_sagemaker_model.a → enable_network_isolation\` |
| warn | low | main/warn: two &lt;b> \\#1 |  |
| undecided | high | model\\_endpoints/customer\\_key (SM-011): no customer key | \`module.m.aws_sagemaker_model.a → enable_network_isolation\` |

<details><summary>Fails: high model_endpoints/network_isolation, model containers can reach the network (1)</summary>

- \`module.m.aws_sagemaker_model.a → enable_network_isolation\`

in \`m/a b.tf:9\`

\`\`\`\`hcl
  a = \`\`\`
\`\`\`\`

**why** A container that can reach the internet can send the model to anyone.

**fix** set \`enable_network_isolation = true\`; 100% of models

</details>

<details><summary>Warns: low main/warn, two &lt;b&gt; #1 (1)</summary>

- two &lt;b> \\#1 and "more" \\\\u0007

</details>

<details><summary>Undecided until apply: high model_endpoints/customer_key, no customer key (1)</summary>

- \`module.m.aws_sagemaker_model.a → enable_network_isolation\`

**why** A container that can reach the internet can send the model to anyone.

**fix** set \`enable_network_isolation = true\`; 100% of models

</details>

<details><summary>Waived: high model_endpoints/network_isolation, model containers can reach the network (1)</summary>

- \`module.m.aws_sagemaker_model.b → enable_network_isolation\`

in \`m/a b.tf:9\`

\`\`\`\`hcl
  a = \`\`\`
\`\`\`\`

**why** A container that can reach the internet can send the model to anyone.

**fix** set \`enable_network_isolation = true\`; 100% of models

**waived** by ml: a & b (m/a.tf:3)

</details>
`.replace('a & b', 'a &amp; b'),
  )
})

const prints = (decisions: readonly Decision[]) => {
  const [{ results }] = JSON.parse(render('sarif', decisions, { ...options, names: ['a.json', 'b.json'] })).runs
  const rows = JSON.parse(render('gitlab', decisions, { ...options, names: ['a.json', 'b.json'] }))
  const { vulnerabilities } = JSON.parse(render('gitlab-sast', decisions, { ...options, names: ['a.json', 'b.json'] }))
  return [
    results.map(
      (one: { partialFingerprints: Record<string, string> }) => one.partialFingerprints['plangateFinding/v1'],
    ),
    rows.map(({ fingerprint }: { fingerprint: string }) => fingerprint),
    vulnerabilities.map(({ id }: { id: string }) => id),
  ]
}
const failing = (...findings: readonly Finding[]) =>
  decision({ findings: findings.map((finding) => ({ ...finding, status: 'fail' as const })) })

describe('fingerprints', () => {
  test.each<[string, readonly Decision[]]>([
    ['what a rule says of no address', [failing(own, { ...own, msg: 'another' })]],
    ['the same address in two plans', [failing(isolation), failing(isolation)]],
  ])('tell apart %s', (_name, decisions) => {
    for (const list of prints(decisions)) expect(new Set(list).size).toBe(2)
  })

  test('stay when what was undecided fails, and when other words are found for it', () => {
    const worded = { ...isolation, msg: 'other words', title: 'other words' }
    const [before, after] = [prints([decision({ undecided: [isolation] })]), prints([failing(worded)])]
    expect(after).toEqual(before)
  })

  test('are what GitHub goes by where there is no line', () => {
    const [{ results }] = JSON.parse(render('sarif', [failing(nowhere, own)], options)).runs
    expect(results.map((one: { partialFingerprints: object }) => one.partialFingerprints)).toEqual(
      [0, 1].map(() => ({
        'plangateFinding/v1': expect.stringMatching(/^[0-9a-f]{64}$/),
        primaryLocationLineHash: expect.stringMatching(/^[0-9a-f]{16}:1$/),
      })),
    )
  })
})

test('a rule has as many tags and as long a description as GitHub takes', () => {
  const many = { ...isolation, frameworks: { a: [...Array(40).keys()].map(String) } }
  const long = catalogue.map((one) => ({ ...one, description: 'x'.repeat(2000) }))
  const [run] = JSON.parse(render('sarif', [decision({ undecided: [many] })], { ...options, catalogue: long })).runs
  const [rule] = run.tool.driver.rules
  expect([rule.properties.tags.length, rule.fullDescription.text.length]).toEqual([20, 1000])
})

test('a policy that waits for a parameter has not passed', () => {
  const waiting = decision({ judged: { resourceTypes: [], inactive: ['z/passed'] } })
  expect(render('junit', [waiting], options)).not.toContain('z/passed')
  expect(render('tap', [waiting], options)).not.toContain('z/passed')
})

describe('markdown of very much', () => {
  const many = Array.from({ length: 400 }, (_n, at) => ({
    ...own,
    id: `own_${at}/deny`,
    title: `t${at}`,
    msg: `t${at}\n${'x'.repeat(1000)}`,
    address: `a.${'b'.repeat(200)}|${at}`,
    status: 'fail' as const,
  }))

  test('has a table of twenty rows and fits into a comment', () => {
    const text = render('markdown', [decision({ findings: many })], options)
    expect(text.length).toBeLessThanOrEqual(65_536)
    expect(text.match(/^\| \*\*fail/gm)).toHaveLength(20)
    expect(text).toContain('and 380 policies more, below')
    const [, left] = /_(\d+) more that did not fit are in the full report\._\n$/.exec(text) ?? []
    expect(Number(left) + (text.match(/^<details>/gm) ?? []).length).toBe(400)
    expect(text).toContain(String.raw`b\|0`)
  })

  test('is cut at a line where not even the table fits', () => {
    const wide = many.map((finding) => ({ ...finding, address: 'a'.repeat(10_000) }))
    const text = render('markdown', [decision({ findings: wide })], options)
    expect(text.length).toBeLessThanOrEqual(65_536)
    expect(text).toMatch(/_400 more that did not fit are in the full report\._\n$/)
  })
})

describe('html', () => {
  const page = render('html', [all], {
    ...options,
    excerpt: () => ({ lines: [{ line: 9, text: '  a = "<b>"', from: 2, to: 5 }] }),
  })

  test('allows its own style and script and nothing else', () => {
    const digest = (tag: string) => {
      const [, text = ''] = new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(page) ?? []
      return `sha256-${createHash('sha256').update(text).digest('base64')}`
    }
    expect(page).toContain(
      `content="default-src 'none'; style-src '${digest('style')}'; script-src '${digest('script')}'; base-uri 'none'; form-action 'none'"`,
    )
    expect(page).not.toMatch(/ style=| on[a-z]+=|<link|<img/)
  })

  test('shows what it was given as text', () => {
    expect(page).toContain('two &lt;b&gt; #1')
    expect(page).toContain('<span class="line">9</span>  <mark>a =</mark> &quot;&lt;b&gt;&quot;')
    expect(page).toContain('m/a b.tf:9:3 ← main.tf:2')
    expect(page).not.toContain('<b> #1')
  })

  test('draws what there is by severity', () => {
    expect(page).toContain(
      'aria-label="critical: 0 fail, 0 warn, 0 undecided; high: 1 fail, 0 warn, 1 undecided; medium: 0 fail, 0 warn, 0 undecided; low: 0 fail, 1 warn, 0 undecided"',
    )
    expect(render('html', [decision({})], options)).not.toContain('<svg')
  })

  test('names waivers that do nothing, and what stays as it is', () => {
    const waiver = { policy: 'SM-011', address: 'a.*', owner: 'ml', reason: 'x' }
    const other = render(
      'html',
      [decision({ waivers: { expired: [waiver], unused: [waiver] }, unchanged: [own] })],
      options,
    )
    expect(other).toContain('<b>expired</b> waiver of <code>SM-011</code> at <code>a.*</code> by ml: x')
    expect(other).toContain('<b>unused</b>')
    expect(other).toContain('1 on what the plan leaves as it is')
  })
})

test('every format gives the same bytes twice, and refuses what is no decision', () => {
  for (const format of FORMATS.filter((each) => each !== 'json')) {
    expect(render(format, [all], options)).toBe(render(format, [all], options))
    expect(() => render(format, [{} as Decision], options)).toThrow(
      expect.objectContaining({ code: 'ERR_ARGUMENT_INVALID' }),
    )
  }
  expect(() => render('pdf' as 'json', [], options)).toThrow(expect.objectContaining({ code: 'ERR_ARGUMENT_INVALID' }))
})
