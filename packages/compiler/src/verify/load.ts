import { readFile, realpath, stat } from 'node:fs/promises'
import { sep } from 'node:path'
import { PlangateError } from '@plangate/bundle'
import type { Files } from '@plangate/opa'
import { list, readAll } from '../folder.ts'
import { ignoring } from '../ignore.ts'
import { judged } from '../judge.ts'
import { bundleFilter, type Filter } from '../selection.ts'
import { reasonOf } from '../sources.ts'
import type { TestOptions } from './types.ts'

/** The files for tests by the name that messages have for them, and the paths under which OPA finds them. */
export interface TestSources {
  readonly paths: readonly string[]
  readonly files: Files
}

// `opa test` takes these for data too, and every folder of an npm package has some.
const npms = /^(package|package-lock|npm-shrinkwrap|[jt]sconfig(\..+)?)\.json$/
const taken = /\.(rego|json|ya?ml)$/

const testFilter = (ignore: readonly string[]): Filter => {
  const isIgnored = ignoring(ignore)
  return {
    isSource: (name) => taken.test(name) && !npms.test(name),
    isSkipped: (name) => name.startsWith('.') || name === 'node_modules' || isIgnored(name),
  }
}

/**
 * Returns all that lies at the sources. OPA itself reads it, and mounts data.
 *
 * @throws PlangateError `ERR_SOURCE_NOT_FOUND`, `ERR_SOURCE_INVALID`, `ERR_SOURCE_TOO_LARGE`, and for a packed bundle
 * what `readBundle` throws
 */
export const loadTests = async ({ sources, bundle = false, ignore = [] }: TestOptions): Promise<TestSources> => {
  if (typeof sources !== 'string' && !isList(sources)) {
    const files = Object.entries(sources).map(([path, text]) => named(path, new TextEncoder().encode(text)))
    return { paths: ['.'], files }
  }
  const paths = (typeof sources === 'string' ? [sources] : sources).map((path) => path.split(sep).join('/'))
  const filter = bundle ? bundleFilter({ ignore }) : testFilter(ignore)
  const files = await Promise.all(paths.map((path) => read(bundle ? path : withoutPrefix(path), filter, bundle)))
  return { paths, files: files.flat() }
}

// `Array.isArray` does not narrow a readonly array away
const isList = (sources: TestOptions['sources']): sources is readonly string[] => Array.isArray(sources)

const named = (label: string, contents: Uint8Array): Files[number] => ({ path: label, label, contents })

/** A path as OPA takes it: `a.b:file` stands for `file`, whose data is mounted at `a.b`. */
const withoutPrefix = (path: string): string => {
  const [prefix = '', ...rest] = path.split(':')
  const isPlain = rest.length === 0 || prefix === '' || path.indexOf('://') === path.indexOf(':')
  return isPlain || (sep === '\\' && /^[a-zA-Z]$/.test(prefix)) ? path : rest.join(':')
}

const read = async (source: string, filter: Filter, bundle: boolean): Promise<Files> => {
  const root = await realpath(source).catch((cause: unknown) => {
    throw new PlangateError('ERR_SOURCE_NOT_FOUND', `no tests at \`${source}\``, {
      hint: 'name a folder or a file with Rego',
      cause,
    })
  })
  if ((await stat(root)).isDirectory()) {
    const found = await readAll(await list({ source, root, filter, follow: false }, root, '', [root]))
    return found.map(({ file, contents }) => named(file, contents))
  }
  const contents = await readFile(root).catch((cause: unknown) => {
    throw new PlangateError('ERR_SOURCE_INVALID', `\`${source}\` cannot be read: ${reasonOf(cause)}`, { cause })
  })
  const isPacked = source.endsWith('.tar.gz') || (bundle && !source.endsWith('.rego'))
  return [named(source, isPacked ? await judged(source, contents) : contents)]
}
