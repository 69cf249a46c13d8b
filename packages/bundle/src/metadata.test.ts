import { describe, expect, test } from '@jest/globals'
import { policyEntry } from './metadata.ts'

const path = ['plangate', 'policies', 'model_endpoint', 'network_isolation']
const annotation = {
  scope: 'package',
  title: 'Model container has no network isolation',
  description: 'A container that can reach the internet can send the model away.',
  related_resources: [{ ref: 'https://docs.aws.amazon.com/sagemaker/latest/dg/mkt-algo-model-internet-free.html' }],
  custom: {
    severity: 'high',
    severity_by_environment: { dev: 'medium' },
    remediation: 'Set enable_network_isolation to true.',
    resource_types: ['aws_sagemaker_model'],
    frameworks: {
      nist_800_53: ['SC-7', 'SC-7(5)'],
      mitre_atlas: ['AML.T0025', 'AML.T0010.001'],
      owasp_llm: ['LLM10:2025'],
    },
    aliases: ['SM-011', 'CKV2_AWS_6', 'AWS-0107'],
    parameters: { allowed_regions: { type: 'array', description: 'Globs of regions', default: [] } },
  },
}

/** The annotation with the value at a dotted path replaced, or removed when it is undefined. */
const change = (at: string, value: unknown): unknown => {
  const copy: Record<string, unknown> = structuredClone(annotation)
  const keys = at.split('.')
  const last = keys.pop() ?? ''
  // `as`: the paths in the table below walk objects only
  const parent = keys.reduce((inner, key) => inner[key] as Record<string, unknown>, copy)
  if (value === undefined) delete parent[last]
  else parent[last] = value
  return copy
}

describe('policyEntry', () => {
  test('returns the row of the catalogue, with the id from the path and the sources as addresses', () => {
    expect(policyEntry(path, annotation)).toEqual({
      id: 'model_endpoint/network_isolation',
      title: annotation.title,
      description: annotation.description,
      ...annotation.custom,
      source: ['https://docs.aws.amazon.com/sagemaker/latest/dg/mkt-algo-model-internet-free.html'],
    })
  })

  test('fills in frameworks, aliases and parameters', () => {
    const { title, description, related_resources, custom } = annotation
    const { severity, remediation, resource_types } = custom
    const entry = policyEntry(['a', 'b'], {
      title,
      description,
      related_resources,
      custom: { severity, remediation, resource_types },
    })
    expect({ frameworks: entry.frameworks, aliases: entry.aliases, parameters: entry.parameters }).toEqual({
      frameworks: {},
      aliases: [],
      parameters: {},
    })
  })

  test.each<[string, unknown, string]>([
    ['title', undefined, '`title`: Invalid input: expected string, received undefined'],
    ['description', '', '`description`: Too small: expected string to have >=1 characters'],
    ['related_resources', [], '`related_resources`: Too small: expected array to have >=1 items'],
    ['titel', 'x', 'Unrecognized key: "titel"'],
    ['custom.severty', 'x', '`custom`: Unrecognized key: "severty"'],
    ['custom.severity', 'HIGH', '`custom.severity`: Invalid option: expected one of "critical"|"high"|"medium"|"low"'],
    [
      'custom.environments',
      ['production'],
      '`custom.environments.0`: Invalid option: expected one of "dev"|"stage"|"prod"',
    ],
    ['custom.frameworks.nist_800_53', ['sc-7'], '`custom.frameworks.nist_800_53.0`: expected an id such as SC-7(5)'],
    [
      'custom.frameworks.mitre_atlas',
      ['T0025'],
      '`custom.frameworks.mitre_atlas.0`: expected an id such as AML.T0010.001',
    ],
    [
      'custom.frameworks.owasp_llm',
      ['LLM11:2025'],
      '`custom.frameworks.owasp_llm.0`: expected an id such as LLM02:2025',
    ],
    ['custom.frameworks.pci', ['1'], '`custom.frameworks`: Unrecognized key: "pci"'],
    ['custom.aliases', ['sm-011'], '`custom.aliases.0`: expected an id such as SM-011 or CKV_AWS_24'],
    [
      'custom.parameters',
      { 'max-gpus': { type: 'integer', description: 'x' } },
      '`custom.parameters.max-gpus`: Invalid key in record',
    ],
  ])('names what is wrong with %s', (at, value, issue) => {
    expect(() => policyEntry(path, change(at, value))).toThrow(
      expect.objectContaining({
        code: 'ERR_POLICY_INVALID',
        message: `metadata of package \`${path.join('.')}\` is not valid: ${issue}`,
      }),
    )
  })

  test('needs a category and a name in the path', () => {
    expect(() => policyEntry(['a'], annotation)).toThrow(
      expect.objectContaining({
        code: 'ERR_POLICY_INVALID',
        message: 'metadata of package `a` is not valid: the package path needs a category and a name',
      }),
    )
  })
})
