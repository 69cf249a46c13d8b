import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from '@jest/globals'
import { checkPolicies } from '../src/index.ts'

const inRepository = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url))

const aws = inRepository('test-plans/inputs/aws.providers.json')
const library = inRepository('policies/plangate')

const folder = mkdtempSync(join(tmpdir(), 'providers-'))
afterAll(() => rmSync(folder, { recursive: true }))

const found = async (sources: Readonly<Record<string, string>>): Promise<readonly unknown[]> => {
  const { diagnostics } = await checkPolicies({ sources, providerSchemas: [aws] })
  return diagnostics.map(({ code, severity, message, line, column, endColumn, hint }) => ({
    code,
    severity,
    message,
    place: `${line}:${column}-${endColumn}`,
    hint,
  }))
}

const rules = (...lines: readonly string[]): Readonly<Record<string, string>> => ({
  'a.rego': `package a\n\n${lines.join('\n')}\n`,
})

const model = 'some r in input.resource_changes; r.type == "aws_sagemaker_model"'

describe('with the schema of the AWS provider', () => {
  test('a misspelt attribute is an error with the type and the nearest name', async () => {
    const sources = rules(
      `a if { ${model}; not r.change.after.enable_network_isolaton }`,
      `b if { ${model}; r.change.after.primary_container[0].image_config[_].repo_access_mode == "Vpc" }`,
      `c if { ${model}; r.change.after.vpc_config.subnets }`,
    )
    expect(await found(sources)).toEqual([
      {
        code: 'unknown_attribute',
        severity: 'error',
        message: '`aws_sagemaker_model` has no attribute `enable_network_isolaton`',
        place: '3:94-117',
        hint: 'did you mean `enable_network_isolation`?',
      },
      {
        code: 'unknown_attribute',
        severity: 'error',
        message: '`aws_sagemaker_model.primary_container.image_config` has no attribute `repo_access_mode`',
        place: '4:127-143',
        hint: 'it has `repository_access_mode`, `repository_auth_config`',
      },
      {
        code: 'unknown_attribute',
        severity: 'error',
        message: '`aws_sagemaker_model.vpc_config` has no attribute `subnets`',
        place: '5:101-108',
        hint: 'it is a list: go through its elements, or name one as in `[0]`',
      },
    ])
  })

  test('what articles get wrong', async () => {
    const sources = rules(
      'a if { some r in input.resource_changes; r.type == "aws_sagemaker_endpoint_configuration"; r.change.after.enable_network_isolation }',
      'b if { some r in input.resource_changes; r.type == "aws_sagemaker_notebook_instance"; r.change.after.kms_key_arn }',
    )
    expect(await found(sources)).toMatchObject([
      { message: '`aws_sagemaker_endpoint_configuration` has no attribute `enable_network_isolation`' },
      {
        message: '`aws_sagemaker_notebook_instance` has no attribute `kms_key_arn`',
        hint: 'did you mean `kms_key_id`?',
      },
    ])
  })

  test('a type that is nearly another is warned of', async () => {
    const sources = rules('a if { some r in input.resource_changes; r.type == "aws_sagemaker_modle" }')
    expect(await found(sources)).toMatchObject([
      { code: 'unknown_type', severity: 'warning', place: '3:52-73', hint: 'did you mean `aws_sagemaker_model`?' },
    ])
  })

  test('right attributes, attributes of unknown types and other providers are let be', async () => {
    const sources = rules(
      `a if { ${model}; r.change.after.vpc_config[0].security_group_ids; r.change.before.tags.Name }`,
      `b if { ${model}; r.change.after_unknown.primary_container[_].model_data_source[_].s3_data_source[_].s3_uri }`,
      'c if { some r in input.resource_changes; r.change.after.anything }',
      'd if { some r in input.resource_changes; r.type == "google_vertex_ai_endpoint"; r.change.after.anything }',
      'e if { some r in input.resource_changes; startswith(r.type, "aws_"); r.change.after.anything }',
    )
    expect(await found(sources)).toEqual([])
  })
})

test('the library is right about plans and about the AWS provider, and shows no order', async () => {
  const ignore = process.env['PLANGATE_TEST_FULL'] ? [] : ['*_test.rego']
  const options = { ignore, strict: true, schemas: ['terraform'], providerSchemas: [aws] }
  expect(await checkPolicies({ sources: library, ...options })).toEqual({ diagnostics: [] })
})

test.each([
  ['that is not there', undefined, 'cannot be read: there is no such file'],
  ['that is no JSON', '{', 'is not JSON'],
  [
    'that is another document',
    '{"format_version": "1.0"}',
    'is not right: `provider_schemas`: Invalid input: expected record, received undefined',
  ],
  [
    'of another format',
    '{"format_version": "9.0", "provider_schemas": {}}',
    'is not right: `format_version`: Invalid string: must match pattern /^[01]\\./',
  ],
])('a file %s is a coded error', async (_, text, what) => {
  const file = join(folder, 'schema.json')
  rmSync(file, { force: true })
  if (text !== undefined) writeFileSync(file, text)
  await expect(checkPolicies({ sources: {}, providerSchemas: [file] })).rejects.toMatchObject({
    code: 'ERR_SCHEMA_INVALID',
    message: `the provider schema \`${file}\` ${what}`,
  })
})
