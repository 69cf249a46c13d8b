/**
 * Writes test-plans/inputs/aws.providers.json: of a provider's schema, the attributes of the types that the library names.
 *
 * `terraform providers schema -json | node scripts/provider-schema.mjs`, in a folder that was initialised with the AWS
 * provider.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './dev/process.mjs'

const library = join(root, 'policies', 'plangate')
const words = new Set(
  readdirSync(library, { recursive: true })
    .filter((name) => name.endsWith('.rego') && !name.endsWith('_test.rego'))
    .flatMap((name) => readFileSync(join(library, name), 'utf8').match(/[a-z][a-z0-9_]*/g) ?? []),
)

const mapped = (entries = {}, map) =>
  Object.fromEntries(
    Object.entries(entries)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => [name, map(value)]),
  )

const attribute = ({ type, nested_type: nested }) =>
  nested === undefined
    ? { type }
    : { nested_type: { nesting_mode: nested.nesting_mode, attributes: mapped(nested.attributes, attribute) } }

const block = ({ attributes, block_types: blocks }) => ({
  attributes: mapped(attributes, attribute),
  block_types: mapped(blocks, (each) => ({ nesting_mode: each.nesting_mode, block: block(each.block) })),
})

const named = (schemas = {}) =>
  mapped(Object.fromEntries(Object.entries(schemas).filter(([type]) => words.has(type))), (schema) => ({
    block: block(schema.block),
  }))

const { format_version, provider_schemas } = JSON.parse(readFileSync(0, 'utf8'))
const trimmed = {
  format_version,
  provider_schemas: mapped(provider_schemas, ({ resource_schemas, data_source_schemas }) => ({
    resource_schemas: named(resource_schemas),
    data_source_schemas: named(data_source_schemas),
  })),
}
writeFileSync(join(root, 'test-plans', 'inputs', 'aws.providers.json'), `${JSON.stringify(trimmed)}\n`)
