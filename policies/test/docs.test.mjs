import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { Config, Waiver, loadGate, parseConfig } from '@plangate/sdk'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { load } from 'js-yaml'
import { indexPage } from '../docs/html/index.mjs'
import { policyPage } from '../docs/html/policy.mjs'
import { moving, readLibrary, servicesOf, toolOf } from '../docs/library.mjs'
import { catalogue, movingTable } from '../docs/markdown.mjs'
import { configSchema } from '../docs/schema.mjs'

const library = readLibrary()
const gate = await loadGate(fileURLToPath(new URL('../dist/library.tar.gz', import.meta.url)))

const accepted = (config) => {
  try {
    parseConfig(config, gate.catalogue)
    return true
  } catch {
    return false
  }
}

const leads = (tool, id) => {
  const { [tool]: ids } = moving(library)
  return ids.find(([each]) => each === id)?.[1].map((policy) => policy.id)
}

test('the policies are read without a build as the compiler reads them', () => {
  const keys = new Set(gate.catalogue.flatMap((entry) => Object.keys(entry)))
  const read = library.policies.map((policy) =>
    Object.fromEntries(Object.entries(policy).filter(([key]) => keys.has(key))),
  )
  expect(read).toEqual(gate.catalogue)
})

test('each policy has a README, and each category a section', () => {
  expect(library.policies.filter(({ readme }) => !readme.includes('## Rationale'))).toEqual([])
  const sections = [...catalogue(library).matchAll(/^## (\w+)$/gm)].map(([, name]) => name)
  expect(sections).toEqual([...new Set(library.policies.map(({ category }) => category)), 'Parameters'])
})

describe('the schema of plangate.yaml', () => {
  const schema = configSchema(library)
  const check = new Ajv2020({ formats: { date: true }, allowUnionTypes: true }).compile(schema)
  test('has the keys that a configuration and a waiver have', () => {
    // What the command reads besides is compared where it does so.
    expect(Object.keys(schema.properties)).toEqual(expect.arrayContaining(Object.keys(Config.shape)))
    expect(Object.keys(schema.$defs.waiver.properties).sort()).toEqual(Object.keys(Waiver.shape).sort())
  })

  test.each([
    ['nothing', '{}', true],
    [
      'all that there is',
      'environment: stage\nfail_on: high\nundecided: fail\nonly_changed: true\ntoday: "2026-11-21"',
      true,
    ],
    ['a parameter by id', 'parameters: { training_clusters/unbounded_batch: { max_vcpus: 96 } }', true],
    ['a parameter by alias', 'parameters: { SM-013: { approved_registries: ["1111.dkr.ecr.*.amazonaws.com"] } }', true],
    ['an alias of two policies, one of which takes it', 'parameters: { CP-005: { required_tags: [owner] } }', true],
    ['a parameter of another policy', 'parameters: { SM-013: { max_vcpus: 96 } }', false],
    ['a misspelt parameter', 'parameters: { CP-012: { max_vcpu: 96 } }', false],
    ['a policy without parameters', 'parameters: { SM-011: { a: 1 } }', false],
    ['a policy that is not there', 'parameters: { SM-999: {} }', false],
    ['a text for a number', 'parameters: { CP-012: { max_vcpus: "96" } }', false],
    ['a fraction', 'parameters: { CP-012: { max_vcpus: 9.5 } }', false],
    ['a text for a list', 'parameters: { SM-009: { approved_instance_types: ml.m5.large } }', false],
    ['an account without quotes', 'parameters: { SM-036: { approved_accounts: [111122223333] } }', false],
    ['another environment', 'environment: production', false],
    ['another key', 'enviroment: dev', false],
    ['policies by id, alias and rule', 'policies: [model_endpoints/vpc, SM-011, CKV_AWS_22, main/deny]', true],
    ['no policies', 'policies: []', false],
    ['a policy misspelt', 'policies: [model_endpoint/vpc]', false],
    [
      'a waiver',
      'waivers: [{ policy: SM-011, address: "*", owner: ml, reason: test, path: [tags, 0], expires: "2026-12-31" }]',
      true,
    ],
    ['a waiver without an owner', 'waivers: [{ policy: SM-011, address: "*", reason: test }]', false],
    ['a waiver of nothing', 'waivers: [{ policy: SM-999, address: "*", owner: ml, reason: test }]', false],
    [
      'a day that is none',
      'waivers: [{ policy: SM-011, address: "*", owner: ml, reason: test, expires: soon }]',
      false,
    ],
  ])('and plangate say the same of %s', (_, yaml, expected) => {
    const config = load(yaml)
    expect({ schema: check(config), plangate: accepted(config) }).toEqual({ schema: expected, plangate: expected })
  })

  test('every name of every policy takes the defaults of its parameters', () => {
    const parameters = {}
    for (const policy of library.policies)
      for (const name of [policy.id, ...policy.aliases])
        for (const [key, { default: value }] of Object.entries(policy.parameters))
          if (value !== undefined) parameters[name] = { ...parameters[name], [key]: value }
    expect({ schema: check({ parameters }), plangate: accepted({ parameters }) }).toEqual({
      schema: true,
      plangate: true,
    })
  })
})

test('an id leads to the policies that look at the same', () => {
  expect({
    checkov: leads('checkov', 'CKV_AWS_122'),
    trivy: leads('trivy', 'AWS-0090'),
    prowler: leads('prowler', 'sagemaker_models_network_isolation_enabled'),
    row: leads('plangate', 'SM-011'),
  }).toEqual({
    checkov: ['notebooks/direct_internet'],
    trivy: ['model_stores/unversioned'],
    prowler: ['model_endpoints/network_isolation'],
    row: ['model_endpoints/network_isolation'],
  })
})

test('an id of another tool that leads nowhere is an error', () => {
  expect(() => movingTable({ ...library, equivalents: { kics: { x: ['no/policy'] } } })).toThrow(
    'no policy `no/policy`',
  )
})

test.each([
  ['CKV2_AWS_68', 'checkov'],
  ['AWS-0107', 'trivy'],
  ['AC_AWS_0499', 'terrascan'],
  ['AC-001', 'plangate'],
  ['SM-011', 'plangate'],
])('%s is an id of %s', (id, tool) => {
  expect(toolOf(id)).toBe(tool)
})

test('services are named as people call them', () => {
  const types = [
    'aws_instance',
    'aws_sagemaker_model',
    'kubernetes_job_v1',
    'variable',
    '*',
    'aws_fsx_lustre_file_system',
  ]
  expect(servicesOf({ resource_types: types })).toEqual([
    'EC2 and VPC',
    'FSx',
    'Kubernetes',
    'SageMaker',
    'the plan itself',
  ])
})

describe('the pages', () => {
  const pages = new Map(library.policies.map((policy) => [`${policy.id}.html`, policyPage(policy, library)]))
  const index = indexPage(library)

  test('lead to each other, and nowhere else on the disk', () => {
    const lost = [...pages, ['index.html', index]].flatMap(([name, page]) =>
      [...page.matchAll(/ href="([^"#]+)"/g)]
        .map(([, href]) => href)
        .filter((href) => !href.startsWith('https://'))
        .map((href) => posix.join(posix.dirname(name), href))
        .filter((path) => path !== 'index.html' && !pages.has(path))
        .map((path) => `${name}: ${path}`),
    )
    expect(lost).toEqual([])
  })

  test('need nothing else: no style and no script but those whose hash they state', () => {
    for (const page of [...pages.values(), index]) {
      expect(page).not.toMatch(/ (style|src|on\w+)="|url\(|@import/)
      const stated = /Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1]
      const inside = [...page.matchAll(/<(style|script)>([^]*?)<\/\1>/g)].map(
        ([, kind, text]) => `${kind}-src 'sha256-${createHash('sha256').update(text).digest('base64')}'`,
      )
      expect(stated).toBe(["default-src 'none'", ...inside, "base-uri 'none'", "form-action 'none'"].join('; '))
    }
  })

  test('a page has what METADATA and the README say, and takes neither for HTML', () => {
    const policy = {
      ...library.policies.find(({ id }) => id === 'model_endpoints/image_digest'),
      title: 'a <b> & `c`',
      readme:
        '# x\n\nA <script>alert(1)</script>.\n\n## Avoid\n\n```hcl\n"<a>" = 1\n```\n\n[k](../customer_key/README.md) [l](javascript:alert(1))\n',
    }
    const page = policyPage(policy, library)
    for (const part of [
      '<h1>a &lt;b&gt; &amp; <code>c</code></h1>',
      '&lt;script&gt;alert(1)&lt;/script&gt;',
      '&quot;&lt;a&gt;&quot; = 1',
      '<a href="customer_key.html">k</a> l',
      '<code>approved_registries</code>',
      '<strong>SR-3</strong> Supply Chain Controls and Processes',
      '<tr><th scope="row">dev</th><td><span class="severity medium">medium</span></td><td>warns</td></tr>',
      'policy: model_endpoints/image_digest\n    address: aws_sagemaker_model.example',
    ])
      expect(page).toContain(part)
  })
})
