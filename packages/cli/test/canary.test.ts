import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { lintSource } from '@secretlint/core'
import { creator } from '@secretlint/secretlint-rule-preset-recommend'
import { FORMATS, loadGate, openDecisionLog, PlangateError } from '@plangate/sdk'
import { stacks } from '@plangate/test-plans'
import { Canaries, shown } from './canary/canaries.ts'
import { planted } from './canary/plan.ts'
import { failing, spoken, talkative } from './canary/policies.ts'
import { folderOf } from './fixtures.ts'
import { plangate } from './runner.ts'

const canaries = new Canaries()
const { plan, tf } = planted(canaries)
const text = JSON.stringify(plan)
const token = (place: string): string => canaries.credential(place)
const named = token('the name of a file')
const foreign = {
  severity: 'high',
  title: token('the title of a foreign decision'),
  msg: token('the message of a foreign decision'),
  remediation: token('the remediation of a foreign decision'),
  address: `aws_x.y["${token('the address of a foreign decision')}"]`,
  path: [token('the path of a foreign decision')],
  frameworks: {
    [token('a framework of a foreign decision')]: ['x'],
    owasp_llm: [token('a control of a foreign decision')],
  },
  location: {
    file: `${token('the file of a foreign decision')}.tf`,
    line: 1,
    column: 1,
    endLine: 1,
    endColumn: 2,
    calls: [],
  },
}
const foreignWaiver = {
  policy: token('the policy of a waiver of a foreign decision'),
  address: token('the address of a waiver of a foreign decision'),
  owner: token('the owner of a waiver of a foreign decision'),
  reason: token('the reason of a waiver of a foreign decision'),
  source: token('the source of a waiver of a foreign decision'),
}
const { policy: _policy, address: _address, ...applied } = foreignWaiver
const decision = {
  verdict: 'fail',
  findings: [{ id: `a/${token('the id of a foreign decision')}`, status: 'fail', ...foreign }],
  undecided: [{ id: 'a/b', ...foreign }],
  waived: [{ id: 'a/c', ...foreign, waiver: applied }],
  unchanged: [{ id: 'a/d', ...foreign }],
  waivers: { expired: [foreignWaiver], unused: [foreignWaiver] },
  counts: { fail: 1, warn: 0, undecided: 1, waived: 1, unchanged: 1, policies: 4, resources: 1 },
  plan: {
    name: token('the plan of a foreign decision'),
    sha256: 'a'.repeat(64),
    formatVersion: '1.2',
    terraformVersion: token('the Terraform of a foreign decision'),
  },
  bundle: { revision: token('the bundle of a foreign decision'), sha256: 'b'.repeat(64) },
  config: { environment: 'prod', fail_on: 'medium', undecided: 'warn' },
}

const plans = {
  truncated: text.slice(0, text.indexOf('resource_drift')),
  trailing: `${text} "${token('what trails a plan')}"`,
  broken: text.replace('"resource_drift":', `"${token('what breaks a plan')}"`),
  version: JSON.stringify({ ...(plan as object), format_version: token('the version of a plan') }),
  variables: JSON.stringify({
    ...(plan as object),
    variables: { [token('the name of a variable')]: token('a variable that is none') },
  }),
  changes: JSON.stringify({ ...(plan as object), resource_changes: token('changes that are none') }),
  stream: `{"@level":"info","@message":"${token('a message of a stream')}"}\n{"@level":"info"}\n`,
  surrogate: text.replace('"a":"new"', `"a":"${token('a text that is not Unicode')}\\ud800"`),
  latin1: Buffer.from(text.replace('"a":"new"', `"a":"${token('bytes that are not UTF-8')}\u00ff"`), 'latin1'),
}

const folder = folderOf({
  [`${named}.plan.json`]: text,
  'plan.json': text,
  'main.tf': tf,
  'm/main.tf': 'variable "secret" {}\n',
  [`${named}.yaml`]: `waivers:
  - policy: main/deny
    address: "*printed*${token('the address of a waiver')}"
    path: ["${token('the path of a waiver')}"]
    owner: ${token('the owner of a waiver')}
    reason: ${token('the reason of a waiver')}
    ticket: ${token('the ticket of a waiver')}
    expires: 2020-01-01
  - policy: main/deny
    address: "aws_db_instance.main"
    path: [list]
    owner: ${token('the owner of a waiver that covers')}
    reason: ${token('the reason of a waiver that covers')}
`,
  'baseline.json': JSON.stringify({
    version: 1,
    findings: [
      { policy: 'main/deny', address: token('an address of a baseline'), path: [token('a path of a baseline')] },
    ],
  }),
  'given.json': JSON.stringify({ given: { token: token('a data file'), [token('a key of a data file')]: 1 } }),
  'plangate.yaml': `parameters:\n  BR-020:\n    approved_hosts: ["${token('a parameter')}"]\n`,
  'key.yaml': `${token('an unknown key of a config')}: 1\n`,
  'policy.yaml': `policies: [${token('an unknown policy of a config')}]\n`,
  'yaml.yaml': `a: *${token('an alias of a config that there is not')}\n`,
  'tag.yaml': `a: !<${token('a tag of a config that there is not')}> x\n`,
  'twice.yaml': `${token('a key of a config that is given twice')}: 1\n`.repeat(2),
  'parameter.yaml': `parameters:\n  BR-020:\n    ${token('an unknown parameter of a config')}: []\n`,
  'waiver.yaml': `waivers:\n  - ${token('an unknown key of a waiver')}: 1\n`,
  'data.json': `{"a": ${token('what breaks a data file')}}`,
  'policy/main.rego': talkative,
  'binary.plan': `PK\u0003\u0004${token('a binary plan')}`,
  terraform: `#!/bin/sh\necho '${token('what Terraform prints')}'\necho '${token('what Terraform prints of an error')}' >&2\nexit 3\n`,
  [`decisions/${named}.json`]: JSON.stringify(decision),
  'decisions/broken.json': JSON.stringify({ ...decision, [token('an unknown key of a decision')]: 1 }),
  ...Object.fromEntries(Object.entries(plans).map(([name, content]) => [`${name}.json`, content])),
  ...Object.fromEntries(Object.entries(failing).map(([name, rego]) => [`failing/${name}/main.rego`, rego])),
  ...spoken(canaries),
})

/** Texts that were searched, by what made them. */
const searched: string[] = []

/** The places of which texts show the canary. */
function leaks(texts: readonly string[]): readonly string[] {
  searched.push(...texts)
  return [...new Set(texts.flatMap((each) => shown(each, canaries.all)))]
}

const run = (...args: readonly string[]) =>
  plangate(...args)
    .in(folder)
    .env({ PLANGATE_DEBUG: '1' })

/** All that a run of the command says, and what is in the files that it writes. */
async function said(args: readonly string[], files: readonly string[] = []): Promise<readonly string[]> {
  const { stdout, stderr } = await run(...args).outcome()
  return [stdout, stderr, ...files.map((file) => readFileSync(join(folder, file), 'utf8'))]
}

/** All of many runs of the command, or where time matters some of them. */
const few = <T>(runs: readonly T[]): readonly T[] =>
  process.env['PLANGATE_TEST_FULL'] === undefined ? runs.filter((_, at) => at % 3 === 0) : runs

const written = FORMATS.filter((format) => format !== 'stdout')
const outputs = (prefix: string) =>
  FORMATS.flatMap((format) => ['-o', format === 'stdout' ? format : `${format}=${prefix}.${format}`])
const files = (prefix: string) => written.map((format) => `${prefix}.${format}`)
const flags = [
  '-p',
  'policy',
  '-p',
  'builtin',
  '--waivers',
  `${named}.yaml`,
  '--baseline',
  'baseline.json',
  '--data',
  'given.json',
]

afterAll(() => {
  const characters = searched.reduce((sum, { length }) => sum + length, 0)
  process.stdout.write(
    `canaries: ${canaries.all.length} places × ${searched.length} outputs, ${characters} characters\n`,
  )
})

describe('no secret shows in', () => {
  test('reports of any format, and what policies print', async () => {
    const summary = join(folder, 'summary.md')
    const { code, stdout, stderr } = await run('test', `${named}.plan.json`, ...flags, ...outputs('test'))
      .env({ GITHUB_STEP_SUMMARY: summary, PLANGATE_DEBUG: '1' })
      .outcome()
    expect({ code, prints: stderr.includes('PRNT - '), excerpts: stdout.includes(' | ') }).toEqual({
      code: 1,
      prints: true,
      excerpts: true,
    })
    const reports = [...files('test'), 'summary.md'].map((file) => readFileSync(join(folder, file), 'utf8'))
    expect(leaks([stdout, stderr, ...reports])).toEqual([])
    expect(leaks(await said(['report', 'test.json', ...outputs('again')], files('again')))).toEqual([])
  })

  test('a baseline', async () => {
    expect(
      leaks(
        await said(['baseline', `${named}.plan.json`, ...flags, '-o', `${named}.base.json`], [`${named}.base.json`]),
      ),
    ).toEqual([])
  })

  test('reports about a decision of somebody else', async () => {
    const path = `decisions/${named}.json`
    const texts = [
      await said(['report', path, ...outputs('foreign')], files('foreign')),
      ...(await Promise.all(
        ['stdout', 'json', 'markdown', 'html'].map((format) =>
          said(['report', path, '--framework', 'owasp', '-o', format]),
        ),
      )),
      await said(['report', 'decisions/broken.json']),
    ]
    expect(texts.slice(0, -1).every(([stdout]) => stdout !== '')).toBe(true)
    expect(leaks(texts.flat())).toEqual([])
  })

  test('errors about plans', async () => {
    const names = Object.keys(plans).map((name) => `${name}.json`)
    const texts = [
      await said(['test', '-p', 'builtin', ...names]),
      await said(['test', '-p', 'policy', '--time-limit', '1ms', 'plan.json']),
      await said(['test', '-p', 'policy', '--memory-limit', '1MiB', 'plan.json']),
      await said(['test', '-p', 'builtin', `${token('a plan that there is not')}.json`]),
    ]
    expect(texts[0]?.[1]?.match(/^error: /gm)?.length).toBeGreaterThan(7)
    expect(leaks(texts.flat())).toEqual([])
  })

  test.each(Object.keys(failing))('the error of %s', async (name) => {
    const [stdout = '', stderr = ''] = await said([
      'test',
      '-p',
      `failing/${name}`,
      'plan.json',
      '--strict-builtin-errors',
    ])
    expect(stderr).toMatch(/^error: /)
    expect(leaks([stdout, stderr])).toEqual([])
  })

  test('what is said when Terraform fails', async () => {
    const terraform = `${folder}/terraform`
    const texts = [
      await said(['test', '-p', 'builtin', 'binary.plan', '--terraform', '/bin/cat']),
      await said(['test', '-p', 'builtin', 'binary.plan', '--terraform', terraform]),
      await said(['test', '-p', 'builtin', 'binary.plan', '--terraform', token('a command')]),
    ]
    expect(leaks(texts.flat())).toEqual([])
  })

  test('errors about files and flags', async () => {
    const gate = ['test', '-p', 'builtin', 'plan.json']
    const runs = [
      ...['key', 'policy', 'yaml', 'tag', 'twice', 'parameter'].map((name) => [...gate, '--config', `${name}.yaml`]),
      [...gate, '--waivers', 'waiver.yaml'],
      [...gate, '--data', 'data.json'],
      ...[
        '--config',
        '--waivers',
        '--baseline',
        '--data',
        '--source',
        '--policy',
        '--namespace',
        '--policy-id',
        '--severity',
        '--framework',
        '--env',
        '--fail-on',
        '--undecided',
        '--output',
        '--jobs',
        '--time-limit',
        '--memory-limit',
        '--verification-key',
      ].map((flag) => [...gate, flag, token(`the value of ${flag}`)]),
      [...gate, `--${token('an unknown flag')}`],
      [...gate, `--${token('an unknown flag with a value')}=x`],
      [token('an unknown command')],
      ['bundle', token('an unknown command of a command')],
      ...['list', 'explain'].map((command) => [command, token(`the argument of ${command}`)]),
      ...['build', 'check', 'verify', 'fmt', 'deps', 'inspect', 'init', 'report'].map((command) => [
        command,
        `${token(`the argument of ${command}`)}/none`,
      ]),
    ]
    const texts: string[] = []
    for (const args of few(runs)) texts.push(...(await said(args)))
    expect(leaks(texts)).toEqual([])
  })

  test('what is said about policies whose text holds credentials', async () => {
    const runs = [
      ['list', '-p', 'own'],
      ['list', '-p', 'own', '-o', 'json'],
      ['inspect', '-a', 'own'],
      ['inspect', '-a', '--format', 'json', 'own'],
      ['deps', 'data.main.deny', '-d', 'own'],
      ...['text', 'json', 'sarif', 'github'].flatMap((format) => [
        ['check', '--format', format, 'broken'],
        ['check', '--format', format, 'unsafe'],
      ]),
      ['verify', 'own'],
      ['verify', '-v', 'own'],
      ['verify', '--var-values', 'own'],
      ['verify', '-v', '--explain', 'full', '--format', 'pretty', 'own'],
      ...['pretty', 'json', 'junit'].map((format) => ['verify', '--format', format, 'own']),
      ['test', '-p', 'own', 'plan.json'],
      ['test', '-p', 'unsafe', 'plan.json'],
      ['build', 'broken', '-o', 'broken.tar.gz'],
    ]
    const texts: string[] = []
    for (const args of few(runs)) {
      const each = await said(args)
      expect({ args, silent: each.join('') === '' }).toEqual({ args, silent: false })
      texts.push(...each)
    }
    expect(leaks(texts)).toEqual([])
  })

  test('a decision log', async () => {
    const lines: string[] = []
    const log = await openDecisionLog({ to: { callback: (line) => void lines.push(line) }, input: true })
    expect(
      (await run('build', 'policy', '-e', 'main/deny', '-e', 'main/warn', '-o', 'bundle.tar.gz').outcome()).code,
    ).toBe(0)
    await using gate = await loadGate(join(folder, 'bundle.tar.gz'), { log, workers: 'none' })
    const labels = { [token('the name of a label')]: token('a label') }
    await gate.evaluate(Buffer.from(text), { labels })
    for (const content of Object.values(plans)) {
      const error = await gate.evaluate(Buffer.from(content), { labels }).catch((cause: unknown) => cause)
      if (error instanceof PlangateError) lines.push(JSON.stringify(error), String(error.stack))
    }
    await log.close()
    expect(lines.length).toBeGreaterThan(10)
    expect(leaks(lines)).toEqual([])
  })
})

/** What secretlint finds in a text; AWS access keys too, which it looks for only when asked. */
async function judged(content: string): Promise<readonly string[]> {
  const config = {
    rules: [
      {
        id: '@secretlint/secretlint-rule-preset-recommend',
        rule: creator,
        rules: [{ id: '@secretlint/secretlint-rule-aws', options: { enableIDScanRule: true } }],
      },
    ],
  }
  const { messages } = await lintSource({
    source: { filePath: 'output.txt', content, contentType: 'text' },
    options: { config, noPhysicFilePath: true, maskSecrets: true },
  })
  return messages.map(({ ruleId, message }) => `${ruleId}: ${message}`)
}

test('secretlint finds no secret in any output, nor in reports about any stack', async () => {
  expect((await judged(text)).length).toBeGreaterThan(3)
  const { stdout } = await run(
    'test',
    '-p',
    'builtin',
    ...stacks().map(({ path }) => path),
    ...outputs('stacks'),
  ).outcome()
  const reports = [stdout, ...files('stacks').map((file) => readFileSync(join(folder, file), 'utf8'))]
  expect(await judged([...searched, ...reports].join('\n'))).toEqual([])
})

test('ordinary words, numbers and booleans that are marked are never masked', async () => {
  const words = [
    'true',
    'false',
    'null',
    '10',
    '443',
    '20260101',
    '123456789012',
    '1.5',
    'prod',
    'production',
    'PRODUCTION',
    'us-east-1',
    'aws',
    'admin',
    'Enabled',
    'yes',
    'x',
    '',
    'gp3',
    '10.0.0.1',
  ]
  const values = { ...words, number: 1234567890123, on: true, nothing: null }
  const change = {
    actions: ['create'],
    before: null,
    after: values,
    after_unknown: {},
    before_sensitive: false,
    after_sensitive: true,
  }
  const plain = {
    format_version: '1.2',
    planned_values: {},
    resource_changes: [{ address: 'aws_x.y', mode: 'managed', type: 'aws_x', name: 'y', change }],
  }
  const rego =
    'package main\n\ndeny contains sprintf("<%v>", [value]) if some value in input.resource_changes[_].change.after\n'
  const inside = folderOf({ 'plan.json': JSON.stringify(plain), 'p/main.rego': rego })
  const { stdout } = await plangate('test', '-p', 'p', '-o', 'json', 'plan.json').in(inside).outcome()
  const messages = JSON.parse(stdout).findings.map(({ msg }: { msg: string }) => msg)
  const expected = new Set(Object.values(values).map((value) => `<${value}>`))
  expect(messages.toSorted()).toEqual([...expected].toSorted())
})
