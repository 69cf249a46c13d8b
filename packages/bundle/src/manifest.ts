import * as z from '#zod'
import { firstIssue, PlangateError } from './errors.ts'
import { PolicyEntry } from './metadata.ts'
import { Reads } from './reads.ts'

/**
 * A walk of resources that was compiled to look into an index by type: the file in the bundle and the line where it
 * stands, what it was and is, as Rego, and the types that it compares with; none where the type is in a variable.
 */
export const Rewriting = z.strictObject({
  file: z.string(),
  line: z.int(),
  before: z.string(),
  after: z.string(),
  types: z.array(z.string()).readonly(),
})
export type Rewriting = z.infer<typeof Rewriting>

/**
 * What plangate's compiler adds to a manifest under `metadata.plangate`: its own and OPA's version, the catalogue, and
 * what of the input and of data is read, and which walks of resources the WebAssembly makes through an index.
 */
export const BundleMetadata = z.strictObject({
  compiler: z.string().min(1),
  opa: z.string().min(1),
  catalogue: z.array(PolicyEntry),
  reads: Reads.optional(),
  typeIndex: z.array(Rewriting).optional(),
})
export type BundleMetadata = z.infer<typeof BundleMetadata>

/**
 * The `.manifest` of an OPA bundle, https://www.openpolicyagent.org/docs/management-bundles#bundle-file-format.
 *
 * Loose: keys that plangate does not read are kept as they are.
 */
export const Manifest = z.looseObject({
  revision: z.string().default(''),
  roots: z.array(z.string()).default(['']),
  rego_version: z.int().optional(),
  wasm: z
    .array(
      z.looseObject({
        entrypoint: z.string().min(1),
        module: z.string().min(1),
        annotations: z.array(z.unknown()).optional(),
      }),
    )
    .default([]),
  metadata: z.looseObject({ plangate: BundleMetadata.optional() }).default({}),
})
export type Manifest = z.infer<typeof Manifest>

/**
 * Returns the manifest in the text of a `.manifest` file.
 *
 * @throws PlangateError `ERR_BUNDLE_INVALID` when it is not JSON or not a manifest
 */
export const parseManifest = (text: string): Manifest => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new PlangateError('ERR_BUNDLE_INVALID', '`.manifest` is not JSON', { cause })
  }
  // A process reads one or two: code that zod makes for them would cost more than it saves.
  const parsed = Manifest.safeParse(value, { jitless: true })
  if (parsed.success) return parsed.data
  throw new PlangateError('ERR_BUNDLE_INVALID', `\`.manifest\` is not valid: ${firstIssue(parsed.error)}`, {
    cause: parsed.error,
  })
}

/** Returns the error for a bundle without a manifest. */
export const noManifest = (cause?: unknown): PlangateError =>
  new PlangateError('ERR_BUNDLE_INVALID', 'the bundle has no `.manifest`', {
    hint: 'a folder of Rego is not a bundle yet: build one with `plangate build`',
    cause,
  })
