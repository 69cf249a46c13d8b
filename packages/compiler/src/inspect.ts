import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import {
  bundleLimits,
  type BundleLimits,
  PlangateError,
  type PolicyEntry,
  Rewriting,
  readFiles,
  readToken,
  SIGNATURES_FILE,
} from '@plangate/bundle'
import * as z from 'zod'
import type { AnnotationsResponse, AsyncOpa, Files } from '@plangate/opa'
import { optionsOf, textArgument } from './arguments.ts'
import { neededBuiltins } from './builtins.ts'
import { catalogueOf } from './catalogue.ts'
import { fromOpa } from './diagnostics.ts'
import { type EngineOptions, withOpa } from './engine.ts'
import { given } from './format.ts'
import { compare } from './sources.ts'
import { bundleFiles } from './tree.ts'
import type { Diagnostic } from './types.ts'

/** How {@link inspectBundle} reads: the flags of `opa inspect`, and how much a bundle may hold. */
export interface InspectOptions extends EngineOptions {
  /** Whether METADATA is given as well. */
  readonly annotations?: boolean
  readonly v0Compatible?: boolean
  readonly v1Compatible?: boolean
  readonly bundleLimits?: BundleLimits
}

/** What plangate says about a bundle beside what `opa inspect` says. It stands under `plangate` in the JSON. */
export interface Inspection {
  /** `archive` is a packed bundle; a folder need not be a bundle yet, and a file is one source. */
  readonly kind: 'archive' | 'folder' | 'file'
  /** Hex sha256 of the bytes of an archive. */
  readonly sha256?: string
  /** Rules that can be evaluated, as `main/deny`: of the WebAssembly, or those whose METADATA says so. Sorted. */
  readonly entrypoints: readonly string[]
  /**
   * The built-in functions that the policies call, sorted: those that OPA's WebAssembly holds, and those that it leaves
   * to its host. What only bundles without sources call is not known to be `native`.
   */
  readonly builtins: { readonly native: readonly string[]; readonly host: readonly string[] }
  /** The policies, as the manifest has them, or else as the METADATA of the sources says. */
  readonly catalogue: readonly PolicyEntry[]
  /**
   * Walks of resources that the WebAssembly makes through an index by type, where the manifest says so: file by file, in
   * order of lines. The sources beside it are as they were written.
   */
  readonly typeIndex?: readonly Rewriting[]
  /** Bytes: packed, of all files, of the WebAssembly, and file by file in order of paths. */
  readonly sizes: {
    readonly packed?: number
    readonly unpacked: number
    readonly wasm?: number
    readonly files: readonly { readonly path: string; readonly bytes: number }[]
  }
  /** What the signature claims to be, of which nothing is proven here; null where there is none. */
  readonly signature: { readonly algorithm: string; readonly keyId: string } | { readonly problem: string } | null
}

/** The outcome of {@link inspectBundle}. Without a report, the diagnostics say why there is none. */
export interface InspectResult {
  /** The JSON of `opa inspect --format json`, byte for byte. */
  readonly opa?: string
  readonly plangate?: Inspection
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Returns what `opa inspect` says about a packed bundle, a folder or a file of Rego, and what plangate says beside it.
 * Nothing is verified: a stranger can have written what is told here.
 *
 * @throws PlangateError `ERR_BUNDLE_NOT_FOUND`, `ERR_BUNDLE_INVALID` and the other codes of `readBundle` about archives,
 * `ERR_SOURCE_INVALID`, and those of the engine, such as `ERR_OPA_MISSING`
 */
export const inspectBundle = async (path: string, asked?: InspectOptions): Promise<InspectResult> => {
  const options = optionsOf<InspectOptions>(asked, {
    annotations: 'boolean',
    v0Compatible: 'boolean',
    v1Compatible: 'boolean',
    bundleLimits: 'object',
  })
  const { annotations = false, v0Compatible, v1Compatible } = options
  const subject = await open(textArgument('path', path).replace(/^file:\/\//, ''), bundleLimits(options.bundleLimits))
  return withOpa(options, async (opa) => {
    const request = { path: subject.path, annotations, ...given({ v0Compatible, v1Compatible }) }
    const { text, diagnostics } = await opa.inspect(subject.forOpa, request)
    if (diagnostics.length > 0) return { diagnostics: fromOpa(diagnostics) }
    const said = await opa.annotations(subject.files, { regoVersion: v0Compatible ? 0 : 1 })
    return { opa: text, plangate: inspectionOf(subject, JSON.parse(text), said, opa), diagnostics: [] }
  })
}

interface Subject {
  readonly kind: Inspection['kind']
  readonly path: string
  /** What OPA reads: the archive itself, or files below the path. */
  readonly forOpa: Files
  /** The files by their path in the bundle. */
  readonly files: Files
  readonly packed?: Uint8Array
}

const open = async (path: string, limits: Required<BundleLimits>): Promise<Subject> => {
  const info = await stat(path).catch((cause: unknown) => {
    throw new PlangateError('ERR_BUNDLE_NOT_FOUND', `there is nothing at \`${path}\``, {
      hint: 'name a bundle, a folder or a file of Rego',
      cause,
    })
  })
  if (info.isDirectory() || path.endsWith('.rego')) {
    const forOpa = await bundleFiles([path])
    const kept = forOpa.filter((file) => !file.path.endsWith('/'))
    const prefix = forOpa[0]?.path === './' ? '' : (forOpa[0]?.path ?? '')
    if (!info.isDirectory()) return { kind: 'file', path, forOpa, files: kept }
    const files = kept.map((file) => ({ ...file, path: file.path.slice(prefix.length) }))
    return { kind: 'folder', path, forOpa, files }
  }
  const missing = (cause: unknown) =>
    Promise.reject(new PlangateError('ERR_BUNDLE_NOT_FOUND', `\`${path}\` cannot be read`, { cause }))
  const packed = info.size > limits.bytes ? new Uint8Array() : await readFile(path).catch(missing)
  // What a stranger packed is judged here before OPA unpacks it.
  const read = await readFiles(info.size > limits.bytes ? path : packed, limits)
  const files = [...read.files].map(([name, contents]) => ({ path: name, contents }))
  return { kind: 'archive', path, forOpa: [{ path, contents: packed }], files, packed }
}

/** What is read of OPA's own JSON. */
interface Said {
  readonly manifest?: {
    readonly wasm?: readonly { readonly entrypoint: string; readonly module: string }[]
    readonly metadata?: {
      readonly plangate?: { readonly catalogue?: readonly PolicyEntry[]; readonly typeIndex?: unknown }
    }
  }
  readonly capabilities?: { readonly builtins?: readonly { readonly name: string }[] }
}

const inspectionOf = (
  { kind, files, packed }: Subject,
  { manifest, capabilities }: Said,
  annotated: AnnotationsResponse,
  opa: AsyncOpa,
): Inspection => {
  const sizes = files.map((file) => ({ path: file.path, bytes: file.contents.length }))
  const modules = files.filter(({ path }) => /(^|\/)policy\.wasm$/.test(path))
  const native = new Set(opa.builtins.filter((builtin) => builtin.native).map(({ name }) => name))
  const called = (capabilities?.builtins ?? []).map(({ name }) => name)
  const host = modules.length > 0 ? modules.flatMap(hostBuiltins) : called.filter((name) => !native.has(name))
  const own = annotated.annotations.filter(({ annotation }) => annotation['entrypoint'] === true)
  const wasm = manifest?.wasm ?? []
  const entrypoints =
    wasm.length > 0 ? wasm.map(({ entrypoint }) => entrypoint) : own.map((each) => each.path.join('/'))
  return {
    kind,
    ...(packed === undefined ? {} : { sha256: createHash('sha256').update(packed).digest('hex') }),
    entrypoints: sorted(entrypoints),
    builtins: { native: sorted(called.filter((name) => native.has(name))), host: sorted(host) },
    catalogue: manifest?.metadata?.plangate?.catalogue ?? catalogueOf(annotated).catalogue,
    ...rewritingsOf(manifest?.metadata?.plangate?.typeIndex),
    sizes: {
      ...(packed === undefined ? {} : { packed: packed.length }),
      unpacked: bytesOf(files),
      ...(modules.length === 0 ? {} : { wasm: bytesOf(modules) }),
      files: sizes.toSorted((a, b) => compare(a.path, b.path)),
    },
    signature: signatureOf(files),
  }
}

const rewritingsOf = (said: unknown): Pick<Inspection, 'typeIndex'> => {
  const { data } = z.array(Rewriting).safeParse(said)
  return data === undefined ? {} : { typeIndex: data }
}

const bytesOf = (files: Files): number => files.reduce((total, { contents }) => total + contents.length, 0)

const sorted = (names: readonly string[]): readonly string[] => [...new Set(names)].sort(compare)

const hostBuiltins = ({ path, contents }: Files[number]): readonly string[] => {
  try {
    return neededBuiltins(contents)
  } catch (cause) {
    throw new PlangateError('ERR_BUNDLE_INVALID', `\`${path}\` is no WebAssembly of a policy`, {
      hint: 'build the bundle again',
      cause,
    })
  }
}

const signatureOf = (files: Files): Inspection['signature'] => {
  const file = files.find(({ path }) => path === SIGNATURES_FILE)
  if (file === undefined) return null
  try {
    const { algorithm, keyId } = readToken(file.contents)
    return { algorithm, keyId }
  } catch (error) {
    if (error instanceof PlangateError) return { problem: error.message }
    throw error
  }
}
