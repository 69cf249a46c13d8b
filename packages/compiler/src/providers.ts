import { readFile } from 'node:fs/promises'
import { firstIssue, PlangateError } from '@plangate/bundle'
import type { Shape } from '@plangate/opa'
import * as z from 'zod'
import { reasonOf } from './sources.ts'

/** What `terraform providers schema -json` prints, as far as it is read here before a type is asked for. */
const ProviderSchemas = z.looseObject({
  format_version: z.string().regex(/^[01]\./),
  provider_schemas: z.record(
    z.string(),
    z.looseObject({
      resource_schemas: z.record(z.string(), z.unknown()).optional(),
      data_source_schemas: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
})

interface Block {
  readonly attributes?: Readonly<Record<string, Attribute>> | undefined
  readonly block_types?: Readonly<Record<string, Nested>> | undefined
}

interface Attribute {
  readonly type?: unknown
  readonly nested_type?: (Block & { readonly nesting_mode: string }) | undefined
}

interface Nested {
  readonly nesting_mode: string
  readonly block: Block
}

const Block: z.ZodType<Block> = z.lazy(() =>
  z.looseObject({
    attributes: z.record(z.string(), Attribute).optional(),
    block_types: z.record(z.string(), z.looseObject({ nesting_mode: z.string(), block: Block })).optional(),
  }),
)

const Attribute: z.ZodType<Attribute> = z.lazy(() =>
  z.looseObject({
    type: z.unknown(),
    nested_type: z
      .looseObject({ nesting_mode: z.string(), attributes: z.record(z.string(), Attribute).optional() })
      .optional(),
  }),
)

const ResourceSchema = z.looseObject({ block: Block })

/**
 * Returns the attributes of all resources and data sources in the files, by type; null for a type that none of the
 * texts names. What is a resource and a data source has the attributes of both.
 *
 * @throws PlangateError `ERR_SCHEMA_INVALID`
 * @see https://developer.hashicorp.com/terraform/cli/commands/providers/schema
 */
export const loadResources = async (
  files: readonly string[],
  texts: readonly string[],
): Promise<Readonly<Record<string, Shape | null>>> => {
  const words = new Set(texts.flatMap((text) => text.match(/[a-z][a-z0-9_-]*/g) ?? []))
  const found = new Map<string, Shape | null>()
  for (const file of files) {
    const { provider_schemas } = parsed(ProviderSchemas, await readJson(file), file)
    for (const provider of Object.values(provider_schemas)) {
      for (const schemas of [provider.resource_schemas ?? {}, provider.data_source_schemas ?? {}]) {
        for (const [type, schema] of Object.entries(schemas)) {
          const shape = words.has(type) ? shapeOf(parsed(ResourceSchema, schema, file).block) : null
          found.set(type, both(found.get(type) ?? {}, shape))
        }
      }
    }
  }
  return Object.fromEntries(found)
}

const readJson = async (file: string): Promise<unknown> => {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (cause) {
    throw invalid(file, cause instanceof SyntaxError ? 'is not JSON' : `cannot be read: ${reasonOf(cause)}`, cause)
  }
}

const parsed = <T>(schema: z.ZodType<T>, value: unknown, file: string): T => {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw invalid(file, `is not right: ${firstIssue(result.error)}`, result.error)
}

const invalid = (file: string, what: string, cause: unknown): PlangateError =>
  new PlangateError('ERR_SCHEMA_INVALID', `the provider schema \`${file}\` ${what}`, {
    hint: 'name a file that `terraform providers schema -json` wrote',
    cause,
  })

const shapeOf = ({ attributes = {}, block_types = {} }: Block): Shape => ({
  attributes: Object.fromEntries([
    ...Object.entries(attributes).map(([name, { type, nested_type }]): [string, Shape] => [
      name,
      nested_type === undefined ? typed(type) : nested(nested_type.nesting_mode, shapeOf(nested_type)),
    ]),
    ...Object.entries(block_types).map(([name, { nesting_mode, block }]): [string, Shape] => [
      name,
      nested(nesting_mode, shapeOf(block)),
    ]),
  ]),
})

const nested = (mode: string, shape: Shape): Shape => {
  if (mode === 'list' || mode === 'set') return { list: shape }
  if (mode === 'map') return { map: shape }
  return mode === 'single' || mode === 'group' ? shape : {}
}

/** The shape of a type as Terraform writes it: `"string"`, `["list", "string"]`, `["object", {"a": "string"}]`. */
const typed = (type: unknown): Shape => {
  if (!Array.isArray(type)) return {}
  const [kind, inner]: readonly unknown[] = type
  if (kind === 'list' || kind === 'set') return { list: typed(inner) }
  if (kind === 'map') return { map: typed(inner) }
  if (kind !== 'object' || typeof inner !== 'object' || inner === null) return {}
  return { attributes: Object.fromEntries(Object.entries(inner).map(([name, each]) => [name, typed(each)])) }
}

/** What has the attributes of both; where they are of another kind, nothing is known. */
const both = (left: Shape | null, right: Shape | null): Shape | null => {
  if (left === null || right === null) return null
  if (Object.keys(left).length === 0) return right
  if (left.attributes === undefined || right.attributes === undefined) {
    return JSON.stringify(left) === JSON.stringify(right) ? left : {}
  }
  const names = new Set([...Object.keys(left.attributes), ...Object.keys(right.attributes)])
  const { attributes: one } = left
  const { attributes: other } = right
  return {
    attributes: Object.fromEntries([...names].map((name) => [name, either(one[name], other[name])])),
  }
}

const either = (left: Shape | undefined, right: Shape | undefined): Shape => {
  if (left === undefined || right === undefined) return left ?? right ?? {}
  if (Object.keys(left).length === 0 || Object.keys(right).length === 0) return {}
  return both(left, right) ?? {}
}
