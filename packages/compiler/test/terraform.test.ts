import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ajv } from 'ajv'
import { describe, expect, test } from '@jest/globals'
import { checkPolicies } from '../src/index.ts'

const inRepository = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url))
const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))

const schema = readJson(inRepository('packages/compiler/schemas/terraform.json'))
const plans = ['test-plans/stacks', 'test-plans/policies', 'test-plans/inputs'].flatMap((folder) =>
  readdirSync(inRepository(folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('plan.json'))
    .sort()
    .map((name) => join(folder, name)),
)

/** The schema as OPA reads it: an object that lists properties has no others. */
const closed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(closed)
  if (typeof value !== 'object' || value === null) return value
  const copy = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, closed(inner)]))
  return copy['type'] === 'object' && 'properties' in copy ? { ...copy, additionalProperties: false } : copy
}

describe('the schema of a plan', () => {
  // `as`: ajv takes any object for a schema
  const validate = new Ajv({ strictTypes: false }).compile(closed(schema) as object)

  test('knows every key of every real plan, bare and in a run of HCP Terraform', () => {
    expect(plans.length).toBeGreaterThan(100)
    const wrong = plans.flatMap((path) => {
      const plan = readJson(inRepository(path))
      return [plan, { plan, run: { id: 'run-1' } }].flatMap((input) =>
        validate(input) ? [] : [{ path, errors: validate.errors }],
      )
    })
    expect(wrong).toEqual([])
  })

  test.each([
    ['another format', { format_version: '0.1' }],
    ['a key that no plan has', { format_version: '1.2', resource_chnages: [] }],
    ['a change without actions', { format_version: '1.2', output_changes: { x: {} } }],
    ['no object', 'plan'],
  ])('refuses %s', (_, input) => {
    expect(validate(input)).toBe(false)
  })
})

const found = async (...rules: readonly string[]): Promise<readonly unknown[]> => {
  const sources = { 'a.rego': `package a\n\n${rules.join('\n\n')}\n` }
  const { diagnostics } = await checkPolicies({ sources, schemas: ['terraform'] })
  return diagnostics.map(({ code, message, line, column, endColumn, hint }) => ({
    code,
    message,
    place: `${line}:${column}-${endColumn}`,
    hint,
  }))
}

test('a misspelt key of a plan is a type error that names the nearest', async () => {
  expect(
    await found(
      'a contains r.address if some r in input.resource_chnages',
      'b contains r.adress if some r in input.resource_changes',
      'c contains r.change.afterunknown if some r in input.plan.resource_changes',
      'd := input.planned_values.root_module.child_modules[_].child_modules[_].resources[_].valeus.x',
      'e if input.resource_changes[0].mode == 1',
    ),
  ).toEqual([
    {
      code: 'rego_type_error',
      message: 'undefined ref: input.resource_chnages[__local0__]',
      place: '3:35-57',
      hint: 'did you mean `resource_changes`?',
    },
    { code: 'rego_type_error', message: 'undefined ref: r.adress', place: '5:12-20', hint: 'did you mean `address`?' },
    {
      code: 'rego_type_error',
      message: 'undefined ref: r.change.afterunknown',
      place: '7:12-33',
      hint: 'did you mean `after_unknown`?',
    },
    {
      code: 'rego_type_error',
      message:
        'undefined ref: input.planned_values.root_module.child_modules[_].child_modules[_].resources[_].valeus.x',
      place: '9:6-92',
      hint: 'did you mean `values`?',
    },
    { code: 'rego_type_error', message: 'match error', place: '11:6-41', hint: undefined },
  ])
})

test('what only a provider knows stays open', async () => {
  expect(
    await found(
      'a contains r.change.after.any.thing[0].at.all if some r in input.resource_changes',
      'b if input.resource_changes[0].change.after == null',
      'c if input.resource_changes[0].change.after_unknown == true',
      'd if input.resource_changes[0].index in {0, "key"}',
      'e := input.variables.x.value.y',
      'f := input.configuration.root_module.module_calls.x.module.module_calls.y.expressions.z.references',
      'g := input.run.workspace.name',
      'h := {p | walk(input, [p, v]); v.whatever}',
      'i := object.get(input, ["plan", "x"], 1)',
    ),
  ).toEqual([])
})
