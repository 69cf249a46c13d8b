import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { PlangateError } from './errors.ts'
import { folderSha256, readFolder } from './folder.ts'
import { type BundleLimits, tooLarge } from './limits.ts'
import { noManifest } from './manifest.ts'

/** The files of a folder, and the digest of all. */
export interface Folder {
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly sha256: () => string
}

/**
 * Returns what is at a path: the bytes of a file, or the files of a folder.
 *
 * @param options.manifested whether a folder without a manifest is refused before it is read, however large it is
 * @throws PlangateError `ERR_BUNDLE_NOT_FOUND`, `ERR_BUNDLE_TOO_LARGE`, `ERR_BUNDLE_INVALID`, and as {@link readFolder}
 */
export const readDisk = async (
  path: string,
  limits: Required<BundleLimits>,
  { manifested }: { readonly manifested: boolean },
): Promise<Uint8Array | Folder> => {
  const missing = (cause: unknown) => Promise.reject(notFound(path, cause))
  const info = await stat(path).catch(missing)
  if (!info.isDirectory()) {
    if (info.size > limits.bytes) throw tooLarge('bytes', limits.bytes)
    return readFile(path).catch(missing)
  }
  if (manifested) await stat(join(path, '.manifest')).catch((cause: unknown) => Promise.reject(noManifest(cause)))
  const files = await readFolder(path, limits)
  return { files, sha256: () => folderSha256(files) }
}

const notFound = (path: string, cause: unknown): PlangateError =>
  new PlangateError('ERR_BUNDLE_NOT_FOUND', `cannot read a bundle at \`${path}\``, {
    hint: 'build one with `plangate build <policies> -o <file>.tar.gz`',
    cause,
  })
