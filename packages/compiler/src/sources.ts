import { readPaths, readTexts } from './gather.ts'
import { number } from './numbers.ts'
import { type Found, mostRego, type Selection, tooMuch } from './selection.ts'

/**
 * One file to compile. `path` is where it lies in the bundle, `file` how the caller named it. What was part of a bundle
 * already has the number of that bundle, and under `name` the path that it has there.
 */
export interface Source {
  readonly path: string
  readonly file: string
  readonly contents: Uint8Array
  readonly bundle?: number
  readonly name?: string
}

/**
 * Returns the files to compile, sorted by path and contents, so that the order of sources and folders never shows.
 *
 * @throws PlangateError `ERR_SOURCE_NOT_FOUND`, `ERR_SOURCE_INVALID` or `ERR_SOURCE_TOO_LARGE`, `ERR_USAGE` for a glob
 * that is none, and for an archive what `readBundle` throws; `ERR_ARGUMENT_INVALID` for an in-memory path
 * with `..`
 */
export const loadSources = async (
  sources: string | readonly string[] | Readonly<Record<string, string>>,
  selection: Selection = {},
): Promise<Source[]> => {
  const { loose, bundles } = await (typeof sources === 'string'
    ? readPaths([sources], selection)
    : isList(sources)
      ? readPaths(sources, selection)
      : readTexts(sources, selection))
  const files = [...loose, ...number(bundles)]
  const rego = files.reduce((sum, { path, contents }) => sum + (path.endsWith('.rego') ? contents.length : 0), 0)
  if (rego > mostRego) throw tooMuch('the policies are', rego)
  return distinct(files)
}

// `Array.isArray` does not narrow a readonly array away
const isList = (sources: readonly string[] | Readonly<Record<string, string>>): sources is readonly string[] =>
  Array.isArray(sources)

/**
 * Returns the sources sorted, with a path of its own for each Rego file: two folders may both hold a `main.rego`. Data
 * files of no bundle keep their path, since the path is where they are mounted.
 */
const distinct = (sources: readonly (Found & Pick<Source, 'bundle'>)[]): Source[] => {
  const sorted = sources.toSorted(
    (a, b) => compare(a.path, b.path) || Buffer.compare(a.contents, b.contents) || (a.bundle ?? 0) - (b.bundle ?? 0),
  )
  const taken = new Map<string, number>()
  return sorted.flatMap((source, index): Source[] => {
    const { path, bundle } = source
    const before = sorted[index - 1]
    const isCopy =
      before?.path === path && before.bundle === bundle && Buffer.compare(before.contents, source.contents) === 0
    if (isCopy && bundle === undefined) return []
    const inBundle = bundle === undefined ? source : { ...source, name: path }
    if (!path.endsWith('.rego')) return [bundle === undefined ? source : { ...inBundle, path: `${bundle}:${path}` }]
    const count = (taken.get(path) ?? 0) + 1
    taken.set(path, count)
    return [count === 1 ? inBundle : { ...inBundle, path: path.replace(/\.rego$/, `~${count}.rego`) }]
  })
}

/** Why the system refused a file, in words. */
export const reasonOf = (cause: unknown): string => {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined
  if (code === 'ENOENT') return 'there is no such file'
  if (code === 'EISDIR') return 'it is a folder'
  if (code === 'EACCES') return 'permission denied'
  return typeof code === 'string' ? code : 'unknown reason'
}

/** Code-unit order, which is the same everywhere. */
export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
