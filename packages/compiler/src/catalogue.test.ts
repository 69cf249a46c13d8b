import { expect, test } from '@jest/globals'
import { sample, sampleCatalogue } from '../test/sample.ts'
import { compileBundle } from './compile.ts'

const policy = sample['plangate/policies/storage/disk/disk.rego'] ?? ''
const entry = 'package main\n\n# METADATA\n# entrypoint: true\np := 1\n'
const hint = 'see the METADATA of any policy in the library for the expected keys'

test.each([
  [
    'without METADATA is an error',
    'package plangate.policies.storage.disk\n\ndeny contains 1\n',
    { severity: 'error', message: 'policy `storage/disk` has no METADATA on its package', line: 1 },
  ],
  [
    'without a severity is an error',
    policy.replace('#   severity: high\n', ''),
    {
      severity: 'error',
      message:
        'metadata of package `plangate.policies.storage.disk` is not valid: `custom.severity`: Invalid option: expected one of "critical"|"high"|"medium"|"low"',
      line: 1,
      hint,
    },
  ],
  [
    'with a misspelt key is an error',
    policy.replace('resource_types', 'resource_type'),
    {
      severity: 'error',
      message:
        'metadata of package `plangate.policies.storage.disk` is not valid: `custom.resource_types`: Invalid input: expected array, received undefined',
      line: 1,
      hint,
    },
  ],
])('a package of the library %s', async (_, text, expected) => {
  const file = 'plangate/policies/storage/disk/disk.rego'
  const { bundle, diagnostics } = await compileBundle({ sources: { ...sample, [file]: text } })
  expect({ bundle, diagnostics }).toEqual({
    bundle: undefined,
    diagnostics: [{ code: 'metadata_error', file, column: 1, endLine: expected.line, endColumn: 1, ...expected }],
  })
})

test('a policy elsewhere joins the catalogue by its severity', async () => {
  const text = policy.replace('plangate.policies.storage.disk', 'ours.storage.disk')
  const { catalogue, diagnostics } = await compileBundle({ sources: { 'main.rego': entry, 'disk.rego': text } })
  expect({ catalogue, diagnostics }).toEqual({ catalogue: sampleCatalogue, diagnostics: [] })
})

test('METADATA elsewhere that is not ours is a warning at most', async () => {
  const sources = {
    'main.rego': entry,
    'a.rego': '# METADATA\n# title: a\n# custom:\n#   severity: high\npackage ours.a\n',
    'b.rego': '# METADATA\n# title: b\n# custom:\n#   team: x\npackage ours.b\n',
  }
  const { bundle, catalogue, diagnostics } = await compileBundle({ sources })
  expect(bundle).toBeInstanceOf(Uint8Array)
  expect({ catalogue, diagnostics }).toEqual({
    catalogue: [],
    diagnostics: [
      {
        code: 'metadata_error',
        severity: 'warning',
        message:
          'metadata of package `ours.a` is not valid: `description`: Invalid input: expected string, received undefined',
        file: 'a.rego',
        line: 1,
        column: 1,
        endLine: 1,
        endColumn: 1,
        hint,
      },
    ],
  })
})

test('an id belongs to one policy', async () => {
  const text = policy.replace('plangate.policies.storage.disk', 'ours.storage.disk')
  const { diagnostics } = await compileBundle({ sources: { ...sample, 'ours.rego': text } })
  expect(diagnostics).toEqual([
    {
      code: 'metadata_error',
      severity: 'error',
      message: '`storage/disk` names two policies, `ours.storage.disk` and `plangate.policies.storage.disk`',
      file: 'plangate/policies/storage/disk/disk.rego',
      line: 1,
      column: 1,
      endLine: 1,
      endColumn: 1,
    },
  ])
})
