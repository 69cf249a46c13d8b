import { lstat, readFile, readdir, realpath, stat } from 'node:fs/promises'
import { basename, join, relative, sep } from 'node:path'
import { PlangateError } from '@plangate/bundle'
import { ignoring } from './ignore.ts'

/** One file to compile. `path` is where it lies in the bundle, `file` how the caller named it. */
export interface Source {
  readonly path: string
  readonly file: string
  readonly contents: Uint8Array
}

const dataFiles: ReadonlySet<string> = new Set(['data.json', 'data.yaml', 'data.yml'])

/** Which files are taken of a folder. */
export interface Selection {
  /** Whether `*_test.rego` are taken too. Default false. */
  readonly tests?: boolean
  /** Globs of names of files and folders that are left out, at any depth below a source. */
  readonly ignore?: readonly string[]
}

interface Filter {
  readonly isSource: (name: string) => boolean
  readonly isSkipped: (name: string) => boolean
}

const filterOf = ({ tests = false, ignore = [] }: Selection): Filter => {
  const isIgnored = ignoring(ignore)
  return {
    isSource: (name) => dataFiles.has(name) || (name.endsWith('.rego') && (tests || !name.endsWith('_test.rego'))),
    isSkipped: (name) => name.startsWith('.') || name === 'node_modules' || isIgnored(name),
  }
}

/**
 * Returns the files to compile, sorted by path and contents, so that the order of sources and folders never shows.
 *
 * @throws PlangateError `ERR_SOURCE_NOT_FOUND` or `ERR_SOURCE_INVALID`; TypeError for an in-memory path with `..`
 */
export const loadSources = async (
  sources: string | readonly string[] | Readonly<Record<string, string>>,
  selection: Selection = {},
): Promise<Source[]> => {
  const found = new Map<string, Source>()
  const filter = filterOf(selection)
  if (typeof sources === 'string') await readSource(sources, filter, found)
  else if (isList(sources)) for (const source of sources) await readSource(source, filter, found)
  else for (const [path, text] of Object.entries(sources)) addText(path, text, filter, found)
  return distinct([...found.values()])
}

// `Array.isArray` does not narrow a readonly array away
const isList = (sources: readonly string[] | Readonly<Record<string, string>>): sources is readonly string[] =>
  Array.isArray(sources)

const addText = (path: string, text: string, filter: Filter, found: Map<string, Source>): void => {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.')
  if (parts.includes('..')) throw new TypeError(`the path of a source may not leave the bundle: \`${path}\``)
  if (parts.some(filter.isSkipped) || !filter.isSource(parts.at(-1) ?? '')) return
  found.set(path, { path: parts.join('/'), file: path, contents: new TextEncoder().encode(text) })
}

/** Adds what lies at `source` to `found`, which goes by real path: a file that is named twice is one file. */
const readSource = async (source: string, filter: Filter, found: Map<string, Source>): Promise<void> => {
  const real = await realpath(source).catch((cause: unknown) => {
    throw new PlangateError('ERR_SOURCE_NOT_FOUND', `no policies at \`${source}\``, {
      hint: 'name a folder or a file with Rego',
      cause,
    })
  })
  if ((await stat(real)).isDirectory()) return readFolder({ source, root: real, filter, found }, real)
  const name = basename(source)
  if (!dataFiles.has(name) && !name.endsWith('.rego')) {
    throw new PlangateError('ERR_SOURCE_INVALID', `\`${source}\` is neither Rego nor data`, {
      hint: 'sources are folders, `*.rego`, `data.json` and `data.yaml`',
    })
  }
  if (filter.isSource(name)) await add(name, source, real, found)
}

/** A folder that is being read: as the caller named it, its real path, what is wanted, and what has been found. */
interface Walk {
  readonly source: string
  readonly root: string
  readonly filter: Filter
  readonly found: Map<string, Source>
}

const readFolder = async (walk: Walk, folder: string): Promise<void> => {
  const { source, root, filter, found } = walk
  for (const name of (await readdir(folder)).sort()) {
    if (filter.isSkipped(name)) continue
    const path = join(folder, name)
    const inside = relative(root, path)
    const info = await lstat(path)
    if (info.isDirectory()) await readFolder(walk, path)
    else if (info.isSymbolicLink()) await readLink(walk, path)
    else if (info.isFile() && filter.isSource(name)) await add(inside, join(source, inside), path, found)
  }
}

/** A link to a file of the same folder is that file; any other is refused, if what it leads to would be read at all. */
const readLink = async ({ source, root, filter, found }: Walk, path: string): Promise<void> => {
  const inside = relative(root, path)
  const refuse = (what: string, cause?: unknown): never => {
    throw new PlangateError('ERR_SOURCE_INVALID', `\`${join(source, inside)}\` is a link ${what}`, {
      hint: 'name the folder that it leads to as a source of its own',
      cause,
    })
  }
  const wanted = filter.isSource(basename(path))
  const real = await realpath(path).catch((cause: unknown) => (wanted ? refuse('to nowhere', cause) : undefined))
  if (real === undefined) return
  if ((await stat(real)).isDirectory()) refuse('to a folder')
  if (!wanted) return
  if (!real.startsWith(root + sep)) refuse('out of its folder')
  await add(inside, join(source, inside), path, found)
}

const add = async (inside: string, file: string, path: string, found: Map<string, Source>): Promise<void> => {
  if (found.has(path)) return
  const contents = await readFile(path).catch((cause: unknown) => {
    throw new PlangateError('ERR_SOURCE_INVALID', `\`${file}\` cannot be read`, { cause })
  })
  found.set(path, { path: inside.split(sep).join('/'), file: file.split(sep).join('/'), contents })
}

/**
 * Returns the sources sorted, with a path of its own for each Rego file: two folders may both hold a `main.rego`. Data
 * files keep their path, since the path is where they are mounted.
 */
const distinct = (sources: readonly Source[]): Source[] => {
  const sorted = sources.toSorted((a, b) => compare(a.path, b.path) || Buffer.compare(a.contents, b.contents))
  const taken = new Map<string, number>()
  return sorted.flatMap((source, index) => {
    const before = sorted[index - 1]
    const isCopy = before?.path === source.path && Buffer.compare(before.contents, source.contents) === 0
    if (isCopy) return []
    const count = (taken.get(source.path) ?? 0) + 1
    taken.set(source.path, count)
    if (count === 1 || !source.path.endsWith('.rego')) return [source]
    return [{ ...source, path: source.path.replace(/\.rego$/, `~${count}.rego`) }]
  })
}

/** Why the system refused a file, in words. */
export const reasonOf = (cause: unknown): string => {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  if (code === 'ENOENT') return 'there is no such file'
  if (code === 'EISDIR') return 'it is a folder'
  if (code === 'EACCES') return 'permission denied'
  return typeof code === 'string' ? code : 'unknown reason'
}

/** Code-unit order, which is the same everywhere. */
export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
