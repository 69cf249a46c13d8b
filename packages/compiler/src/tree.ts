import { readFile, readdir, realpath, stat } from 'node:fs/promises'
import { posix, sep } from 'node:path'
import { PlangateError } from '@plangate/bundle'
import type { Files } from '@plangate/opa'
import { judged } from './judge.ts'

/** Which files below a path OPA would read, and whether it follows links there. */
interface Reading {
  readonly wanted: RegExp
  readonly links: boolean
  /** Which files that are named, and not found in a folder, are packed bundles. */
  readonly packed: RegExp
}

/** What OPA's loader takes from folders of data. It follows links. */
const ofData: Reading = { wanted: /\.(rego|json|ya?ml|tar\.gz)$/, links: true, packed: /\.tar\.gz$/ }

/** What OPA takes from a folder that is a bundle. It passes over links. */
const ofBundle: Reading = { wanted: /(\.(rego|json|ya?ml|wasm|pb)|\.manifest)$/, links: false, packed: /(?<!\.rego)$/ }

const nothing = new Uint8Array()

/** Returns the path without what OPA takes off it: `file://`, and `a.b:`, which says where data is mounted. */
const located = (path: string): string => {
  const bare = path.replace(/^file:\/\//, '')
  return /^[^/:]+:(?!\/\/)/.test(bare) ? bare.slice(bare.indexOf(':') + 1) : bare
}

/**
 * Returns the files that OPA would read for `--data`, each with the path by which OPA asks for it. A folder is there as
 * well, its path ended by a slash.
 *
 * @throws PlangateError `ERR_SOURCE_NOT_FOUND`, `ERR_SOURCE_INVALID`, and for a packed bundle what `readBundle` throws
 */
export const dataFiles = (paths: readonly string[]): Promise<Files> => collect(paths.map(located), ofData)

/** Returns the files that OPA would read for `--bundle`, as {@link dataFiles} does. */
export const bundleFiles = (paths: readonly string[]): Promise<Files> =>
  collect(
    paths.map((path) => path.replace(/^file:\/\//, '')),
    ofBundle,
  )

const collect = async (paths: readonly string[], reading: Reading): Promise<Files> => {
  const found = new Map<string, Uint8Array>()
  for (const path of paths) {
    const at = posix.normalize(path.split(sep).join('/'))
    const info = await stat(at).catch((cause: unknown) => Promise.reject(missing(path, cause)))
    if (info.isDirectory()) await walk(at, reading, [], found)
    else found.set(at, await read(at, reading.packed.test(at)))
  }
  return [...found].map(([path, contents]) => ({ path, contents }))
}

const walk = async (
  folder: string,
  reading: Reading,
  above: readonly string[],
  found: Map<string, Uint8Array>,
): Promise<void> => {
  // A link that leads to a folder above would never end; OPA's own walk ends there when the system has had enough.
  const real = await realpath(folder)
  if (above.includes(real)) {
    throw new PlangateError('ERR_SOURCE_INVALID', `\`${folder}\` is a link to a folder that it lies in`, {
      hint: 'remove the link, or name the folders beside it',
    })
  }
  found.set(folder.replace(/\/*$/, '/'), nothing)
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = posix.join(folder, entry.name)
    if (entry.isSymbolicLink() && !reading.links) continue
    const target = entry.isSymbolicLink() ? await stat(path).catch(() => undefined) : entry
    if (target?.isDirectory()) await walk(path, reading, [...above, real], found)
    else if (target?.isFile() && reading.wanted.test(entry.name))
      found.set(path, await read(path, path.endsWith('.tar.gz')))
  }
}

const read = async (path: string, isPacked: boolean): Promise<Uint8Array> => {
  const contents = await readFile(path).catch((cause: unknown) => {
    throw new PlangateError('ERR_SOURCE_INVALID', `\`${path}\` cannot be read`, { cause })
  })
  return isPacked ? judged(path, contents) : contents
}

const missing = (path: string, cause: unknown): PlangateError =>
  new PlangateError('ERR_SOURCE_NOT_FOUND', `there is nothing at \`${path}\``, {
    hint: 'name a folder or a file',
    cause,
  })
