import { createHash } from 'node:crypto'
import { type PolicyEntry, type Reads, readBundle } from '@plangate/bundle'
import type { AnnotationsResponse, AsyncOpa, BuildRequest } from '@plangate/opa'
import { neededBuiltins } from './builtins.ts'
import { catalogueOf } from './catalogue.ts'
import { fromOpa, place } from './diagnostics.ts'
import { misencoded } from './encoding.ts'
import { withOpa } from './engine.ts'
import { documentsOf } from './reads.ts'
import type { Source } from './sources.ts'
import { stopped } from './stopped.ts'
import type { CompileOptions, CompileResult, CompileSettings, Diagnostic } from './types.ts'
import { version } from './version.ts'

const decisionRule = /^(deny|violation|warn)(_[a-zA-Z0-9]+)*$/

/** Returns the bundle of sources that no cache holds, with its diagnostics as OPA names files and in no order. */
export const makeBundle = async (sources: readonly Source[], options: CompileOptions): Promise<CompileResult> => {
  const { onProgress = () => {} } = options
  const unread = misencoded(sources)
  if (unread.length > 0) return failed(unread)
  onProgress('load')
  return withOpa(options, async (opa) => {
    try {
      return await compile(opa, sources, options)
    } catch (error) {
      return failed([await stopped(opa, sources, error)])
    }
  })
}

const compile = async (opa: AsyncOpa, sources: readonly Source[], options: CompileOptions): Promise<CompileResult> => {
  const { regoVersion = 1, capabilities, onProgress = () => {} } = options
  onProgress('check')
  const reading = { regoVersion, ...(capabilities === undefined ? {} : { capabilities }) }
  const checked = await opa.annotations(sources, reading)
  const { catalogue, diagnostics } = catalogueOf(checked)
  const found = [...fromOpa(checked.diagnostics), ...diagnostics]
  if (found.some(({ severity }) => severity === 'error')) return failed(found, catalogue)

  onProgress('build')
  const { namespaces = [], entrypoints = [], metadata = {} } = options
  const request = {
    ...reading,
    ...asked(options),
    entrypoints: [...new Set([...entrypoints, ...decisions(checked, namespaces)])].sort(),
    policies: documentsOf(catalogue, checked),
    metadata: { ...metadata, plangate: { compiler: version, opa: opa.version, catalogue } },
  }
  const built = await opa.build(sources, {
    ...request,
    typeIndex: request.typeIndex ?? request.target === 'wasm',
    fallback: hashOf(sources, request),
  })
  if (built.bundle === undefined) return failed([...found, ...fromOpa(built.diagnostics)], catalogue)
  const builtins = await builtinsOf(built.bundle, request)
  return {
    bundle: built.bundle,
    diagnostics: [...found, ...unavailable(opa, builtins)],
    entrypoints: built.entrypoints.toSorted(),
    catalogue,
    builtins,
    // `as`: the report as it stands in the manifest, where the schema holds for readers
    ...(built.reads === undefined ? {} : { reads: built.reads as Reads }),
    ...(built.typeIndex === undefined ? {} : { typeIndex: built.typeIndex }),
  }
}

/** The settings that OPA itself understands, each only where it is given. */
const asked = ({
  target = 'wasm',
  revision,
  roots,
  optimize,
  partialNamespace,
  pruneUnused,
  includePrint,
  stripSource,
  planFormat,
  planAddons,
  typeIndex,
}: CompileSettings): Omit<BuildRequest, 'regoVersion' | 'entrypoints' | 'fallback'> => ({
  target,
  ...(typeIndex === undefined ? {} : { typeIndex }),
  ...(revision === undefined ? {} : { revision }),
  ...(roots === undefined ? {} : { roots }),
  ...(optimize === undefined ? {} : { optimize }),
  ...(partialNamespace === undefined ? {} : { partialNamespace }),
  ...(pruneUnused === undefined ? {} : { pruneUnused }),
  ...(includePrint === undefined ? {} : { includePrint }),
  ...(stripSource === undefined ? {} : { stripSource }),
  ...(planFormat === undefined ? {} : { planFormat }),
  ...(planAddons === undefined ? {} : { planAddons }),
})

/** What the WebAssembly of a bundle needs of its host; the other targets bring none. */
const builtinsOf = async (bundle: Uint8Array, { target }: Pick<BuildRequest, 'target'>): Promise<readonly string[]> => {
  if (target !== 'wasm') return []
  const { wasm } = await readBundle(bundle, unlimited)
  return wasm === undefined ? [] : neededBuiltins(wasm)
}

// What has just been made is no stranger's archive.
const unlimited = { bytes: Infinity, entries: Infinity, ratio: Infinity }

const failed = (diagnostics: readonly Diagnostic[], catalogue: readonly PolicyEntry[] = []): CompileResult => ({
  diagnostics,
  entrypoints: [],
  catalogue,
  builtins: [],
})

const decisions = ({ modules }: AnnotationsResponse, namespaces: readonly string[]): readonly string[] =>
  modules
    .filter((module) => namespaces.includes(module.package.join('.')))
    .flatMap((module) =>
      module.rules.filter((rule) => decisionRule.test(rule)).map((rule) => [...module.package, rule]),
    )
    .map((path) => path.map(encodeURIComponent).join('/'))

const hashOf = (sources: readonly Source[], request: unknown): string => {
  const hash = createHash('sha256').update(JSON.stringify(request))
  for (const { path, contents, bundle = 0, name = path } of sources) {
    hash.update(`\0${JSON.stringify([path, bundle, name, contents.length])}\0`).update(contents)
  }
  return hash.digest('hex').slice(0, 40)
}

const unavailable = (opa: Pick<AsyncOpa, 'builtins'>, needed: readonly string[]): readonly Diagnostic[] =>
  needed
    .filter((name) => !opa.builtins.some((builtin) => builtin.name === name && builtin.callable))
    .map((name) => ({
      code: 'builtin_unavailable',
      severity: 'warning',
      message: `\`${name}\` is not there when plangate evaluates`,
      ...place(),
      hint: 'bring what it would fetch as data',
    }))
