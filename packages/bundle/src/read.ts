import { readDisk } from '#platform/disk'
import { sha256 } from '#platform/sha256'
import { verifyFiles } from '#platform/verify'
import { badArgument } from './argument.ts'
import { readArchive } from './archive.ts'
import { bundleData } from './data.ts'
import { PlangateError } from './errors.ts'
import { type BundleLimits, bundleLimits } from './limits.ts'
import { type Manifest, noManifest, parseManifest } from './manifest.ts'
import { bundlePath } from './paths.ts'
import type { YamlToJson } from './digest.ts'
import type { Signature, SignedFiles, Verification } from './verify.ts'

/** An OPA bundle as it was read. */
export interface Bundle {
  readonly manifest: Manifest
  /** The WASM module that the manifest names; undefined when it names none. */
  readonly wasm: Uint8Array | undefined
  /** The tree that policies see as `data`: every `data.json` at the path of its folder. */
  readonly data: unknown
  /** All files by path from the root of the bundle, without a leading `/`. */
  readonly files: ReadonlyMap<string, Uint8Array>
  /** Hex sha256 of the `.tar.gz` bytes; of a folder, of its files as `path NUL size NUL bytes` in order of paths. */
  readonly sha256: string
  /** What its signature has proven; undefined where that was not asked. */
  readonly signature: Signature | undefined
}

/** How a bundle is read: how much it may hold, and what its signature has to prove, if anything. */
export interface ReadOptions extends BundleLimits {
  readonly verification?: Verification | undefined
}

/**
 * Returns the bundle in a `.tar.gz` (its path or its bytes) or in a folder.
 *
 * Nothing is written anywhere and nothing in the archive is followed; an archive that asks for either is refused.
 * A signature is verified on the very bytes that are returned, before anything in them is used.
 *
 * @throws PlangateError `ERR_BUNDLE_NOT_FOUND`, `ERR_BUNDLE_INVALID`, `ERR_BUNDLE_UNSAFE_PATH`, `ERR_BUNDLE_LINK`,
 * `ERR_BUNDLE_DUPLICATE`, `ERR_BUNDLE_TOO_LARGE`, `ERR_BUNDLE_NO_WASM`, and those of {@link verifyFiles}
 */
export const readBundle = async (
  source: string | Uint8Array,
  { verification, ...limits }: ReadOptions = {},
): Promise<Bundle> => {
  const read = await readFiles(source, bundleLimits(limits), { manifested: true })
  const signature =
    verification === undefined ? undefined : await verifyFiles(read, verification).catch(badVerification)
  return { ...assemble(read.files), sha256: read.sha256(), signature }
}

// Given what a caller without types may pass, too.
const badVerification = (cause: unknown): never => {
  throw cause instanceof PlangateError ? cause : badArgument('verification', 'is no object with `keys`', cause)
}

/**
 * Returns what the signature of a bundle proves, in a `.tar.gz` or a folder, whatever else is in it.
 *
 * To use a bundle, verify it with {@link readBundle} or {@link readSigned}, which return the bytes that were verified.
 *
 * @param options.yamlToJson converts data in YAML, which cannot be verified without
 * @throws PlangateError as {@link readBundle} about the files, and those of {@link verifyFiles}
 */
export const verifyBundle = async (
  source: string | Uint8Array,
  verification: Verification,
  options: VerifyOptions = {},
): Promise<Signature> => (await readSigned(source, verification, options)).signature

/** How a bundle is verified: how much it may hold, and how YAML is read. */
export interface VerifyOptions extends BundleLimits {
  readonly yamlToJson?: YamlToJson
}

/** Returns the files of a bundle that {@link verifyBundle} accepts, and what their signature proves. */
export const readSigned = async (
  source: string | Uint8Array,
  verification: Verification,
  { yamlToJson, ...limits }: VerifyOptions = {},
): Promise<{ readonly files: ReadonlyMap<string, Uint8Array>; readonly signature: Signature }> => {
  const read = await readFiles(source, bundleLimits(limits))
  return { files: read.files, signature: await verifyFiles(read, verification, yamlToJson) }
}

/** The files of a bundle as they lie there, and the digest of all. */
interface BundleFiles extends SignedFiles {
  readonly sha256: () => string
}

/**
 * Returns the files in a `.tar.gz` or a folder.
 *
 * @param options.manifested whether a folder without a manifest is refused before it is read, however large it is
 * @throws PlangateError as {@link readBundle} about the files, not about what is in them
 */
export const readFiles = async (
  source: string | Uint8Array,
  limits: Required<BundleLimits>,
  { manifested = false }: { readonly manifested?: boolean } = {},
): Promise<BundleFiles> => {
  if (typeof source !== 'string') return fromArchive(source, limits)
  const found = await readDisk(source, limits, { manifested })
  return found instanceof Uint8Array ? fromArchive(found, limits) : { ...found, folder: source }
}

const fromArchive = async (bytes: Uint8Array, limits: Required<BundleLimits>): Promise<BundleFiles> => ({
  files: await readArchive(bytes, limits),
  sha256: () => sha256().update(bytes).digest('hex'),
})

const assemble = (files: ReadonlyMap<string, Uint8Array>): Omit<Bundle, 'sha256' | 'signature'> => {
  const text = files.get('.manifest')
  if (text === undefined) throw noManifest()
  const manifest = parseManifest(new TextDecoder().decode(text))
  return { manifest, wasm: wasmModule(manifest, files), data: bundleData(files), files }
}

const wasmModule = (manifest: Manifest, files: ReadonlyMap<string, Uint8Array>): Uint8Array | undefined => {
  const modules = new Set(manifest.wasm.map(({ module }) => bundlePath(module)))
  if (modules.size > 1) {
    throw new PlangateError('ERR_BUNDLE_INVALID', `the manifest names ${modules.size} WASM modules, expected one`)
  }
  for (const module of modules) {
    const wasm = files.get(module)
    if (wasm !== undefined) return wasm
    throw new PlangateError('ERR_BUNDLE_NO_WASM', `the manifest names \`${module}\`, which the bundle does not hold`)
  }
  return undefined
}
