import { lstat, readFile, readdir, realpath, stat } from 'node:fs/promises'
import { basename, join, relative, sep } from 'node:path'
import { PlangateError } from '@plangate/bundle'

/** One file to compile. `path` is where it lies in the bundle, `file` how the caller named it. */
export interface Source {
  readonly path: string
  readonly file: string
  readonly contents: Uint8Array
}

const dataFiles: ReadonlySet<string> = new Set(['data.json', 'data.yaml', 'data.yml'])

const isSource = (name: string): boolean =>
  dataFiles.has(name) || (name.endsWith('.rego') && !name.endsWith('_test.rego'))

const isSkipped = (name: string): boolean => name.startsWith('.') || name === 'node_modules'

/**
 * Returns the files to compile, sorted by path and contents, so that the order of sources and folders never shows.
 *
 * @throws PlangateError `ERR_SOURCE_NOT_FOUND` or `ERR_SOURCE_INVALID`; TypeError for an in-memory path with `..`
 */
export const loadSources = async (
  sources: string | readonly string[] | Readonly<Record<string, string>>,
): Promise<Source[]> => {
  const found = new Map<string, Source>()
  if (typeof sources === 'string') await readSource(sources, found)
  else if (isList(sources)) for (const source of sources) await readSource(source, found)
  else for (const [path, text] of Object.entries(sources)) addText(path, text, found)
  return distinct([...found.values()])
}

// `Array.isArray` does not narrow a readonly array away
const isList = (sources: readonly string[] | Readonly<Record<string, string>>): sources is readonly string[] =>
  Array.isArray(sources)

const addText = (path: string, text: string, found: Map<string, Source>): void => {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.')
  if (parts.includes('..')) throw new TypeError(`the path of a source may not leave the bundle: \`${path}\``)
  if (parts.some(isSkipped) || !isSource(parts.at(-1) ?? '')) return
  found.set(path, { path: parts.join('/'), file: path, contents: new TextEncoder().encode(text) })
}

/** Adds what lies at `source` to `found`, which goes by real path: a file that is named twice is one file. */
const readSource = async (source: string, found: Map<string, Source>): Promise<void> => {
  const real = await realpath(source).catch((cause: unknown) => {
    throw new PlangateError('ERR_SOURCE_NOT_FOUND', `no policies at \`${source}\``, {
      hint: 'name a folder or a file with Rego',
      cause,
    })
  })
  if ((await stat(real)).isDirectory()) return readFolder(source, real, real, found)
  const name = basename(source)
  if (!dataFiles.has(name) && !name.endsWith('.rego')) {
    throw new PlangateError('ERR_SOURCE_INVALID', `\`${source}\` is neither Rego nor data`, {
      hint: 'sources are folders, `*.rego`, `data.json` and `data.yaml`',
    })
  }
  if (isSource(name)) await add(name, source, real, found)
}

const readFolder = async (source: string, root: string, folder: string, found: Map<string, Source>): Promise<void> => {
  for (const name of (await readdir(folder)).sort()) {
    if (isSkipped(name)) continue
    const path = join(folder, name)
    const inside = relative(root, path)
    const info = await lstat(path)
    if (info.isDirectory()) await readFolder(source, root, path, found)
    else if (info.isSymbolicLink()) await readLink(source, root, path, found)
    else if (info.isFile() && isSource(name)) await add(inside, join(source, inside), path, found)
  }
}

/** A link to a file of the same folder is that file; any other is refused, if what it leads to would be read at all. */
const readLink = async (source: string, root: string, path: string, found: Map<string, Source>): Promise<void> => {
  const inside = relative(root, path)
  const refuse = (what: string, cause?: unknown): never => {
    throw new PlangateError('ERR_SOURCE_INVALID', `\`${join(source, inside)}\` is a link ${what}`, {
      hint: 'name the folder that it leads to as a source of its own',
      cause,
    })
  }
  const wanted = isSource(basename(path))
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

/** Code-unit order, which is the same everywhere. */
export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
