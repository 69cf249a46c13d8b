import { describe, expect, test } from '@jest/globals'
import type { PolicyEntry } from '@plangate/sdk'
import { type Filters, filtered, listed } from './catalogue.ts'
import { table } from './list.ts'
import { outputStyle } from './terminal.ts'

const nodes: PolicyEntry = {
  id: 'training/nodes',
  title: 'GPU nodes without a bound',
  description: 'They cost.',
  severity: 'medium',
  severity_by_environment: { dev: 'low' },
  remediation: 'Bound them.',
  resource_types: ['aws_eks_node_group'],
  frameworks: { nist_800_53: ['SC-6'], owasp_llm: ['LLM10:2025'] },
  aliases: ['CP-001', 'CKV_AWS_1'],
  parameters: {
    largest: { type: 'integer', description: 'nodes', default: 8 },
    approved: { type: 'array', description: 'types' },
  },
  source: [],
}
const bucket: PolicyEntry = {
  ...nodes,
  id: 'stores/bucket',
  title: 'bucket is public',
  severity: 'critical',
  severity_by_environment: { dev: 'high' },
  environments: ['stage', 'prod'],
  resource_types: ['aws_s3_bucket', 'aws_s3_bucket_policy'],
  frameworks: { nist_800_53: ['AC-3'] },
  aliases: ['ST-001'],
  parameters: {},
}
const catalogue = [bucket, nodes]

const ids = (filters: Partial<Filters>, environment: 'dev' | 'prod' = 'prod') =>
  filtered(listed(catalogue, {}), { names: [], ...filters }, environment).map(({ id }) => id)

const style = (columns: number) => ({ ...outputStyle(false), columns })

describe('what a config makes of a policy', () => {
  test.each([
    ['without the parameter that it needs it is inactive', {}, { active: false, missing: ['approved'] }],
    ['given by id', { parameters: { 'training/nodes': { approved: [] } } }, { active: true, missing: [] }],
    ['given by alias', { parameters: { 'CP-001': { approved: ['p5'] } } }, { active: true, missing: [] }],
    [
      'another parameter does not do',
      { parameters: { 'CP-001': { largest: 9 } } },
      { active: false, missing: ['approved'] },
    ],
  ])('%s', (_, config, expected) => {
    expect(listed([nodes], config)).toMatchObject([expected])
  })

  test.each([
    ['no environment said is prod', {}, true],
    ['in another environment it is inactive', { environment: 'dev' as const }, false],
  ])('%s', (_, config, active) => {
    expect(listed([bucket], config)).toMatchObject([{ active }])
  })

  test.each([
    ['by default', nodes, {}, { dev: 'warn', stage: 'fail', prod: 'fail' }],
    ['where it does not hold', bucket, {}, { dev: 'off', stage: 'fail', prod: 'fail' }],
    ['as strict as the config says', nodes, { fail_on: 'high' as const }, { dev: 'warn', stage: 'warn', prod: 'warn' }],
    ['and where even low fails', nodes, { fail_on: 'low' as const }, { dev: 'fail', stage: 'fail', prod: 'fail' }],
  ])('what a finding does, %s', (_, entry, config, profiles) => {
    expect(listed([entry], config)).toMatchObject([{ profiles }])
  })

  test('each environment, each severity and each parameter is spelt out', () => {
    const config = { parameters: { 'CP-001': { approved: [] } } }
    expect(listed([nodes], config)).toEqual([
      {
        ...nodes,
        severity_by_environment: { dev: 'low', stage: 'medium', prod: 'medium' },
        environments: ['dev', 'stage', 'prod'],
        profiles: { dev: 'warn', stage: 'fail', prod: 'fail' },
        parameters: {
          largest: { ...nodes.parameters['largest'], given: false },
          approved: { ...nodes.parameters['approved'], given: true },
        },
        active: true,
        missing: [],
      },
    ])
  })

  test('a parameter that no policy takes is an error', () => {
    expect(() => listed(catalogue, { parameters: { 'CP-001': { aproved: [] } } })).toThrow('did you mean `approved`?')
  })
})

describe('filters', () => {
  test.each<[string, Partial<Filters>, readonly string[]]>([
    ['nothing said', {}, ['stores/bucket', 'training/nodes']],
    ['an id', { names: ['training/nodes'] }, ['training/nodes']],
    ['an alias of another tool, in any case', { names: ['ckv_aws_1'] }, ['training/nodes']],
    ['a category and a glob', { names: ['stores', 'CP-*'] }, ['stores/bucket', 'training/nodes']],
    ['severities', { severity: ['critical', 'HIGH'] }, ['stores/bucket']],
    ['a framework', { framework: ['owasp'] }, ['training/nodes']],
    ['a control', { framework: ['nist_800_53:AC-3'] }, ['stores/bucket']],
    ['controls of a family', { framework: ['nist_800_53:sc-*'] }, ['training/nodes']],
    ['an id with a colon in it', { framework: ['owasp-llm:LLM10:2025'] }, ['training/nodes']],
    ['a resource type', { service: ['aws_s3_bucket_policy'] }, ['stores/bucket']],
    ['a glob of types', { service: ['aws_eks_*'] }, ['training/nodes']],
    ['a service', { service: ['s3'] }, ['stores/bucket']],
    ['all that is said', { service: ['s3'], severity: ['low'] }, []],
  ])('%s', (_, filters, expected) => {
    expect(ids(filters)).toEqual(expected)
  })

  test('the severity is that of the environment', () => {
    expect([ids({ severity: ['low'] }, 'dev'), ids({ severity: ['low'] })]).toEqual([['training/nodes'], []])
  })

  test.each<[Partial<Filters>, string, string]>([
    [{ names: ['training/node'] }, 'there is no policy `training/node`', 'did you mean `training/nodes`?'],
    [{ severity: ['bad'] }, 'there is no severity `bad`', 'severities are `critical`, `high`, `medium`, `low`'],
    [{ framework: ['mitre_atlass'] }, 'there is no framework `mitre_atlass`', 'did you mean `mitre_atlas`?'],
    [
      { framework: ['nist'] },
      '`nist` may be `nist_800_53` or `nist_ai_rmf`',
      'frameworks are `nist_800_53`, `mitre_atlas`, `owasp_llm`, `cis_aws`, `nist_ai_rmf`, `iso_42001`, `soc_2`',
    ],
  ])('%j is refused', (filters, message, hint) => {
    expect(() => ids(filters)).toThrow(expect.objectContaining({ code: 'ERR_USAGE', message, hint }))
  })
})

describe('the text', () => {
  const policies = listed(catalogue, {})

  test('is a line for each policy in a pipe', () => {
    expect(table(policies, 'prod', style(Infinity))).toBe(`\
stores/bucket   ST-001  critical  bucket is public
training/nodes  CP-001  medium    GPU nodes without a bound  (inactive: needs \`approved\`)

2 policies, 1 inactive`)
  })

  test('is by category and wrapped in a terminal, with the severity of the environment', () => {
    expect(table(listed(catalogue, { environment: 'dev' }), 'dev', style(56))).toBe(`\
stores
  high      ST-001  bucket  bucket is public
                            inactive: holds in stage and
                            prod only

training
  low       CP-001  nodes  GPU nodes without a bound
                           inactive: needs \`approved\`

2 policies, 2 inactive`)
  })

  test('says when there is none', () => {
    expect(table([], 'prod', style(Infinity))).toBe('0 policies')
  })
})
