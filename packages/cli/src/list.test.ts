import { expect, test } from '@jest/globals'
import type { PolicyEntry } from '@plangate/sdk'
import { listed } from './list.ts'

const entry: PolicyEntry = {
  id: 'training/nodes',
  title: 'GPU nodes without a bound',
  description: 'They cost.',
  severity: 'medium',
  remediation: 'Bound them.',
  resource_types: ['aws_eks_node_group'],
  frameworks: {},
  aliases: ['CP-001'],
  parameters: {
    largest: { type: 'integer', description: 'nodes', default: 8 },
    approved: { type: 'array', description: 'types' },
  },
  source: [],
}

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
  const { active, missing } = listed(entry, config)
  expect({ active, missing }).toEqual(expected)
})

test.each([
  ['no environment said is prod', {}, true],
  ['in another environment it is inactive', { environment: 'dev' as const }, false],
])('%s', (_, config, expected) => {
  expect(listed({ ...entry, parameters: {}, environments: ['prod'] }, config).active).toBe(expected)
})
