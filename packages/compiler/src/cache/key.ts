import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { opaChecksum } from '@plangate/opa/checksum'
import type { Source } from '../sources.ts'
import type { CompileSettings } from '../types.ts'
import { version } from '../version.ts'

/** Settings with what stands behind their paths, without those that only say which sources there are. */
type Settled = Omit<CompileSettings, 'sources' | 'data' | 'bundle' | 'ignore' | 'followSymlinks'>

/**
 * Returns a sha256 of all that a bundle is made of: sources, settings, and the code that compiles, OPA's included.
 *
 * A setting that is a path has to be replaced by what it leads to before.
 */
export const keyOf = async (sources: readonly Source[], settings: Settled): Promise<string> => {
  const { capabilities, entrypoints, includePrint, metadata, namespaces, optimize, partialNamespace } = settings
  const { planAddons, planFormat, pruneUnused, regoVersion, revision, roots, stripSource, target, typeIndex } = settings
  const all: { readonly [K in keyof Required<Settled>]: unknown } = {
    capabilities,
    entrypoints,
    includePrint,
    metadata,
    namespaces,
    optimize,
    partialNamespace,
    planAddons,
    planFormat,
    pruneUnused,
    regoVersion,
    revision,
    roots,
    stripSource,
    target,
    typeIndex,
  }
  const hash = createHash('sha256').update(JSON.stringify([version, await opaChecksum(), await codeHash(), all]))
  for (const source of sources) {
    const { contents } = source
    hash.update(`\0${JSON.stringify({ ...source, file: undefined, contents: contents.length })}\0`).update(contents)
  }
  return hash.digest('hex')
}

let code: Promise<string> | undefined

/**
 * A hash of the code of this package and of those it uses: in a clone, it changes while the version does not. Where the
 * code has been bundled into other files, the hash lies beside them.
 */
const codeHash = (): Promise<string> => {
  code ??= readFile(new URL('code.sha256', import.meta.url), 'utf8').catch(hashFolders)
  return code
}

const hashFolders = async (): Promise<string> => {
  const { resolve } = createRequire(import.meta.url)
  const ours = dirname(dirname(fileURLToPath(import.meta.url)))
  const hash = createHash('sha256')
  for (const folder of [ours, ...['@plangate/bundle', '@plangate/opa'].map((name) => dirname(resolve(name)))]) {
    const names = (await readdir(folder, { recursive: true })).filter((name) => /(?<!\.d|\.test)\.[jt]s$/.test(name))
    const texts = await Promise.all(names.sort().map((name) => readFile(join(folder, name))))
    for (const [index, text] of texts.entries()) hash.update(`\0${names[index]}\0${text.length}\0`).update(text)
  }
  return hash.digest('hex')
}
