import { readFile, readdir, realpath, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { badArgument, bundleLimits, PlangateError, type Verification } from '@plangate/bundle'
import { yamlToJson } from './yaml.ts'
import { list, type Pending, readAll } from './folder.ts'
import { inBundle } from './judge.ts'
import {
  bundleFilter,
  dataFiles,
  type Filter,
  type Found,
  type Loaded,
  looseFilter,
  manifests,
  type Selection,
} from './selection.ts'

/** Returns texts by their path as sources; with a `.manifest` they are a bundle. */
export const readTexts = (texts: Readonly<Record<string, string>>, selection: Selection): Loaded => {
  const { bundles = 'none', verification } = selection
  if (verification !== undefined) throw unsigned('a text')
  const paths = Object.keys(texts).map((file) => ({
    file,
    parts: file.split('/').filter((part) => !/^\.?$/.test(part)),
  }))
  const leaving = paths.find(({ parts }) => parts.includes('..'))
  if (leaving) throw badArgument('sources', `may not leave the bundle by their paths, as \`${leaving.file}\` does`)
  const manifested = paths.some(({ parts }) => manifests.includes(parts.join('/')))
  const isBundle = bundles === 'all' || (bundles === 'detect' && manifested)
  const filter = isBundle ? bundleFilter(selection) : looseFilter(selection)
  const found = paths
    .filter(({ parts }) => !parts.some(filter.isSkipped) && filter.isSource(parts.at(-1) ?? ''))
    .map(({ file, parts }) => ({
      path: parts.join('/'),
      file,
      contents: new TextEncoder().encode(texts[file]),
    }))
  return isBundle ? { loose: [], bundles: [found] } : { loose: found, bundles: [] }
}

/** Returns what lies at the paths. A file or a bundle that is named twice is there once. */
export const readPaths = async (sources: readonly string[], selection: Selection): Promise<Loaded> => {
  const { bundles = 'none', followSymlinks: follow = false, verification } = selection
  const tree = (source: string, root: string, filter: Filter): Promise<readonly Pending[]> =>
    list({ source, root, filter, follow }, root, '', [root])
  const loose = new Map<string, Pending>()
  const trees = new Map<string, readonly Found[]>()
  for (const source of sources) {
    const real = await realpath(source).catch((cause: unknown) => {
      throw new PlangateError('ERR_SOURCE_NOT_FOUND', `no policies at \`${source}\``, {
        hint: 'name a folder or a file with Rego',
        cause,
      })
    })
    const kind = await kindOf(source, real, bundles)
    if (verification !== undefined) {
      if (kind !== 'archive' && kind !== 'bundle') throw unsigned(`\`${source}\``)
      trees.set(real, await readVerified(source, bundleFilter(selection), verification))
    } else if (kind === 'archive') trees.set(real, await readPacked(source, bundleFilter(selection)))
    else if (kind === 'bundle') trees.set(real, await readAll(await tree(source, real, bundleFilter(selection))))
    else if (kind === 'file') readLoose(source, real, looseFilter(selection), loose)
    else
      for (const each of await tree(source, real, looseFilter(selection))) {
        if (!loose.has(each.at)) loose.set(each.at, each)
      }
  }
  return { loose: await readAll([...loose.values()]), bundles: [...trees.values()] }
}

type Kind = 'archive' | 'bundle' | 'folder' | 'file'

const kindOf = async (source: string, real: string, bundles: Selection['bundles']): Promise<Kind> => {
  if ((await stat(real)).isDirectory()) {
    return bundles === 'all' || (bundles === 'detect' && (await hasManifest(real))) ? 'bundle' : 'folder'
  }
  return bundles === 'all' || (bundles === 'detect' && /\.(tar\.gz|tgz)$/.test(source)) ? 'archive' : 'file'
}

const hasManifest = async (folder: string): Promise<boolean> => {
  const names = await readdir(folder)
  return manifests.some((name) => names.includes(name))
}

const readLoose = (source: string, real: string, filter: Filter, found: Map<string, Pending>): void => {
  const name = basename(source)
  if (!dataFiles.has(name) && !name.endsWith('.rego')) {
    throw new PlangateError('ERR_SOURCE_INVALID', `\`${source}\` is neither Rego nor data`, {
      hint: 'sources are folders, `*.rego`, `data.json`, `data.yaml`, and bundles as `*.tar.gz` where they are taken',
    })
  }
  if (filter.isSource(name) && !found.has(real)) found.set(real, { path: name, file: source, at: real })
}

const readPacked = (source: string, filter: Filter): Promise<readonly Found[]> =>
  wanted(source, filter, async () => {
    const { readArchive } = await import('@plangate/bundle')
    return readArchive(await readFile(source), bundleLimits())
  })

/**
 * Takes only what the signature has proven, from the very bytes, and not the signature itself, for which OPA would want
 * a key. A link in a folder is refused.
 */
const readVerified = (source: string, filter: Filter, verification: Verification): Promise<readonly Found[]> =>
  wanted(source, filter, async () => {
    const { readSigned } = await import('@plangate/bundle')
    const { files } = await readSigned(source, verification, { yamlToJson })
    return new Map([...files].filter(([path]) => path !== '.signatures.json'))
  })

const wanted = async (
  source: string,
  filter: Filter,
  read: () => Promise<ReadonlyMap<string, Uint8Array>>,
): Promise<readonly Found[]> =>
  [...(await inBundle(source, read))].flatMap(([path, contents]) => {
    const parts = path.split('/')
    if (parts.some(filter.isSkipped) || !filter.isSource(parts.at(-1) ?? '')) return []
    return [{ path, file: `${source}/${path}`, contents }]
  })

const unsigned = (what: string): PlangateError =>
  new PlangateError('ERR_BUNDLE_SIGNATURE_MISSING', `${what} is no bundle, and only a bundle can be signed`, {
    hint: 'make bundles of all sources and sign them, with `plangate build` and `plangate bundle sign`',
  })
