import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { readArchive } from './archive.ts'
import { bundleData } from './data.ts'
import { PlangateError } from './errors.ts'
import { folderSha256, readFolder } from './folder.ts'
import { type BundleLimits, bundleLimits, tooLarge } from './limits.ts'
import { type Manifest, parseManifest } from './manifest.ts'
import { bundlePath } from './paths.ts'

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
}

/**
 * Returns the bundle in a `.tar.gz` (its path or its bytes) or in a folder.
 *
 * Nothing is written anywhere and nothing in the archive is followed; an archive that asks for either is refused.
 *
 * @throws PlangateError `ERR_BUNDLE_NOT_FOUND`, `ERR_BUNDLE_INVALID`, `ERR_BUNDLE_UNSAFE_PATH`, `ERR_BUNDLE_LINK`,
 * `ERR_BUNDLE_DUPLICATE`, `ERR_BUNDLE_TOO_LARGE`, `ERR_BUNDLE_NO_WASM`
 */
export const readBundle = async (source: string | Uint8Array, limits: BundleLimits = {}): Promise<Bundle> => {
  const all = bundleLimits(limits)
  if (typeof source !== 'string') return fromArchive(source, all)
  let info: Awaited<ReturnType<typeof stat>>
  try {
    info = await stat(source)
  } catch (cause) {
    throw notFound(source, cause)
  }
  if (info.isDirectory()) return fromFolder(source, all)
  if (info.size > all.bytes) throw tooLarge('bytes', all.bytes)
  return fromArchive(await readFile(source).catch((cause: unknown) => Promise.reject(notFound(source, cause))), all)
}

const notFound = (path: string, cause: unknown): PlangateError =>
  new PlangateError('ERR_BUNDLE_NOT_FOUND', `cannot read a bundle at \`${path}\``, {
    hint: 'build one with `plangate build <policies> -o <file>.tar.gz`',
    cause,
  })

const fromArchive = async (bytes: Uint8Array, limits: Required<BundleLimits>): Promise<Bundle> =>
  assemble(await readArchive(bytes, limits), () => createHash('sha256').update(bytes).digest('hex'))

const fromFolder = async (folder: string, limits: Required<BundleLimits>): Promise<Bundle> => {
  // A folder of something else, however large, is told apart before it is read.
  await stat(join(folder, '.manifest')).catch((cause: unknown) => Promise.reject(noManifest(cause)))
  const files = await readFolder(folder, limits)
  return assemble(files, () => folderSha256(files))
}

const noManifest = (cause?: unknown): PlangateError =>
  new PlangateError('ERR_BUNDLE_INVALID', 'the bundle has no `.manifest`', {
    hint: 'a folder of Rego is not a bundle yet: build one with `plangate build`',
    cause,
  })

const assemble = (files: ReadonlyMap<string, Uint8Array>, sha256: () => string): Bundle => {
  const text = files.get('.manifest')
  if (text === undefined) throw noManifest()
  const manifest = parseManifest(new TextDecoder().decode(text))
  return { manifest, wasm: wasmModule(manifest, files), data: bundleData(files), files, sha256: sha256() }
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
