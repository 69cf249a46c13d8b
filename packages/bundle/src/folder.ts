import { lstat, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sha256 } from './sha256.ts'
import { type BundleLimits, tooLarge } from './limits.ts'
import { bundlePath, notAFile } from './paths.ts'

/**
 * Returns the files under a folder that holds an unpacked bundle, by path from that folder, in code-unit order of paths.
 *
 * @throws PlangateError `ERR_BUNDLE_LINK` for anything that is neither a file nor a folder, `ERR_BUNDLE_TOO_LARGE`,
 * `ERR_BUNDLE_UNSAFE_PATH`
 */
export const readFolder = async (folder: string, limits: Required<BundleLimits>): Promise<Map<string, Uint8Array>> => {
  const files: [string, Uint8Array][] = []
  let entries = 0
  let bytes = 0
  const walk = async (prefix: string): Promise<void> => {
    for (const entry of await readdir(join(folder, prefix), { withFileTypes: true })) {
      entries += 1
      if (entries > limits.entries) throw tooLarge('entries', limits.entries)
      const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`
      if (entry.isDirectory()) {
        await walk(path)
        continue
      }
      if (!entry.isFile()) throw notAFile(path, entry.isSymbolicLink() ? 'symlink' : 'special file')
      bytes += (await lstat(join(folder, path))).size
      if (bytes > limits.bytes) throw tooLarge('bytes', limits.bytes)
      files.push([bundlePath(path), await readFile(join(folder, path))])
    }
  }
  await walk('')
  return new Map(files.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/**
 * Returns the sha256, in hex, of a folder's files: of `path`, NUL, number of bytes, NUL and the bytes, file by file in
 * code-unit order of paths.
 */
export const folderSha256 = (files: ReadonlyMap<string, Uint8Array>): string => {
  const hash = sha256()
  for (const [path, bytes] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${path}\0${bytes.length}\0`).update(bytes)
  }
  return hash.digest('hex')
}
