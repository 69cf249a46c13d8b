import { readFile, readdir, realpath, stat } from 'node:fs/promises'
import { basename, join, sep } from 'node:path'
import { PlangateError } from '@plangate/bundle'
import { type Filter, type Found, mostRego, tooMuch } from './selection.ts'

/** A file that is still to be read, and where it is. */
export interface Pending extends Omit<Found, 'contents'> {
  readonly at: string
}

/** A folder that is being read: as the caller named it, its real path, what is wanted, and whether links are followed. */
export interface Walk {
  readonly source: string
  readonly root: string
  readonly filter: Filter
  readonly follow: boolean
}

/** Lists the files of `folder`, which is `inside` its source; `above` are the real paths of the folders that led here. */
export const list = async (
  walk: Walk,
  folder: string,
  inside: string,
  above: readonly string[],
): Promise<Pending[]> => {
  const found: Pending[] = []
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const { name } = entry
    if (walk.filter.isSkipped(name)) continue
    const at = join(folder, name)
    const path = inside === '' ? name : `${inside}/${name}`
    if (entry.isDirectory()) found.push(...(await list(walk, at, path, [...above, at])))
    else if (entry.isSymbolicLink()) found.push(...(await listLink(walk, at, path, above)))
    else if (entry.isFile() && walk.filter.isSource(name)) found.push({ path, file: fileIn(walk.source, path), at })
  }
  return found
}

const fileIn = (source: string, path: string): string => join(source, path).split(sep).join('/')

/**
 * A link to a file of the same folder is that file; any other is refused unless links are followed, if what it leads to
 * would be read at all.
 */
const listLink = async (walk: Walk, at: string, path: string, above: readonly string[]): Promise<Pending[]> => {
  const { source, root, filter, follow } = walk
  const refuse = (what: string, hint: string, cause?: unknown): never => {
    throw new PlangateError('ERR_SOURCE_INVALID', `\`${join(source, path)}\` is a link ${what}`, { hint, cause })
  }
  const elsewhere = 'name what it leads to as a source of its own, or build with `--follow-symlinks`'
  const wanted = filter.isSource(basename(path))
  const real = await realpath(at).catch((cause: unknown) =>
    wanted ? refuse('to nowhere', 'mend it, or ignore it by its name (`--ignore`)', cause) : undefined,
  )
  if (real === undefined) return []
  if ((await stat(real)).isDirectory()) {
    if (!follow) return refuse('to a folder', elsewhere)
    if (above.includes(real)) return refuse('to a folder that it lies in', 'ignore it by its name (`--ignore`)')
    return list(walk, real, path, [...above, real])
  }
  if (!wanted) return []
  if (!follow && !real.startsWith(root + sep)) return refuse('out of its folder', elsewhere)
  return [{ path, file: fileIn(source, path), at }]
}

// So many files are open at once.
const atOnce = 64

/** Returns the files with their contents. */
export const readAll = async (pending: readonly Pending[]): Promise<readonly Found[]> => {
  const found: Found[] = []
  for (let start = 0; start < pending.length; start += atOnce) {
    found.push(...(await Promise.all(pending.slice(start, start + atOnce).map(readOne))))
  }
  return found
}

const readOne = async ({ path, file, at }: Pending): Promise<Found> => {
  if (path.endsWith('.rego')) {
    const { size } = await stat(at)
    if (size > mostRego) throw tooMuch(`\`${file}\` is`, size)
  }
  const contents = await readFile(at).catch((cause: unknown) => {
    throw unreadable(file, cause)
  })
  return { path, file, contents }
}

/** Returns the error for a file that the system does not give. */
export const unreadable = (file: string, cause: unknown): PlangateError =>
  new PlangateError('ERR_SOURCE_INVALID', `\`${file}\` cannot be read`, {
    hint: 'see that it is there and that you may read it',
    cause,
  })
