import type { PolicyEntry } from '@plangate/bundle'
import { describe, expect, test } from '@jest/globals'
import { missingParameters, parseConfig } from './config.ts'

const catalogue: readonly PolicyEntry[] = [
  {
    id: 'training_clusters/gpu_bound',
    title: 'GPU nodes have a bound',
    description: 'why',
    severity: 'medium',
    remediation: 'fix',
    resource_types: [],
    frameworks: {},
    aliases: ['TC-001'],
    parameters: {
      max_gpus: { type: 'integer', description: 'most GPUs', default: 8 },
      types: { type: 'array', description: 'instance types' },
    },
    source: [],
  },
]
const waiver = { policy: 'TC-001', address: '*', owner: 'ml', reason: 'a test' }

describe('parseConfig', () => {
  test('returns a configuration that names policies by id or alias', () => {
    const config = {
      environment: 'dev',
      fail_on: 'low',
      undecided: 'ignore',
      parameters: { 'TC-001': { max_gpus: 4 }, 'training_clusters/gpu_bound': { types: ['p5.*'] } },
      waivers: [{ ...waiver, expires: '2026-12-31', ticket: 'X-1' }],
      today: '2026-11-21',
    }
    expect(parseConfig(config, catalogue)).toEqual(config)
  })

  test('takes a parameter by an alias that several policies share when one of them has it', () => {
    const other = catalogue.map((entry) => ({ ...entry, id: 'training_clusters/other', parameters: {} }))
    const config = { parameters: { 'TC-001': { max_gpus: 4 } } }
    expect(parseConfig(config, [...catalogue, ...other])).toEqual(config)
  })

  test('takes the names of policies to ask for their ids, and rules of a user’s own as they are', () => {
    const other = catalogue.map((entry) => ({ ...entry, id: 'training_clusters/a' }))
    expect(parseConfig({ policies: ['main/deny_x', 'TC-001', 'TC-001'] }, [...catalogue, ...other])).toEqual({
      policies: ['main/deny_x', 'training_clusters/a', 'training_clusters/gpu_bound'],
    })
    expect(parseConfig({ waivers: [{ ...waiver, policy: 'team/warn' }] }, catalogue).waivers).toHaveLength(1)
  })

  test('takes any name when nothing is known about the policies', () => {
    expect(parseConfig({ waivers: [waiver], parameters: { a: { b: 1 } } }, [])).toEqual({
      waivers: [waiver],
      parameters: { a: { b: 1 } },
    })
  })

  test.each<[unknown, string]>([
    [{ enviroment: 'dev' }, 'Unrecognized key: "enviroment"'],
    [{ environment: 'production' }, '`environment`: Invalid option: expected one of "dev"|"stage"|"prod"'],
    [{ waivers: [{ ...waiver, expires: '31.12.2026' }] }, '`waivers.0.expires`: expected a day as YYYY-MM-DD'],
    [
      { waivers: [{ ...waiver, owner: undefined }] },
      '`waivers.0.owner`: Invalid input: expected string, received undefined',
    ],
    [
      { waivers: [{ ...waiver, policy: 'TC-002' }] },
      '`waivers.0.policy`: there is no policy `TC-002`, did you mean `TC-001`?',
    ],
    [{ waivers: [{ ...waiver, policy: 'quotas' }] }, '`waivers.0.policy`: there is no policy `quotas`'],
    [
      { parameters: { gpu_bound: { max_gpus: 4 } } },
      '`parameters`: there is no policy `gpu_bound`, did you mean `training_clusters/gpu_bound`?',
    ],
    [{ policies: [] }, '`policies`: Too small: expected array to have >=1 items'],
    [{ policies: ['TC-001', 'TC-2'] }, '`policies.1`: there is no policy `TC-2`'],
    [
      { parameters: { 'TC-001': { max: 4 } } },
      '`parameters.TC-001.max`: policy `training_clusters/gpu_bound` takes `max_gpus`, `types`',
    ],
    [
      { parameters: { 'TC-001': { max_gpu: 4 } } },
      '`parameters.TC-001.max_gpu`: policy `training_clusters/gpu_bound` takes `max_gpus`, `types`, did you mean `max_gpus`?',
    ],
    [{ parameters: { 'TC-001': { types: [111122223333] } } }, '`parameters.TC-001.types`: expected a list of strings'],
    [{ parameters: { 'TC-001': { max_gpus: '4' } } }, '`parameters.TC-001.max_gpus`: expected integer'],
    [{ parameters: { 'TC-001': { types: 'p5' } } }, '`parameters.TC-001.types`: expected a list of strings'],
  ])('refuses %j', (config, issue) => {
    expect(() => parseConfig(config, catalogue)).toThrow(
      expect.objectContaining({ code: 'ERR_CONFIG_INVALID', message: `the configuration is not valid: ${issue}` }),
    )
  })
})

test.each([
  ['without the parameter that it needs', {}, ['types']],
  ['given by id', { parameters: { 'training_clusters/gpu_bound': { types: [] } } }, []],
  ['given by alias', { parameters: { 'TC-001': { types: ['p5'] } } }, []],
  ['another parameter does not do', { parameters: { 'TC-001': { max_gpus: 9 } } }, ['types']],
])('missingParameters: %s', (_, config, expected) => {
  expect(catalogue.map((entry) => missingParameters(entry, config))).toEqual([expected])
})
