import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { PlangateError, type PolicyEntry, readBundle } from '@plangate/bundle'
import { type AnnotationsResponse, loadOpa, type Opa, OpaError } from '@plangate/opa'
import { neededBuiltins } from './builtins.ts'
import { catalogueOf } from './catalogue.ts'
import { arrange, fromOpa, place } from './diagnostics.ts'
import { loadSources, type Source } from './sources.ts'
import type { CompileOptions, CompileResult, Diagnostic } from './types.ts'

// `as`: our own manifest
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  readonly version: string
}

const decisionRule = /^(deny|violation|warn)(_[a-zA-Z0-9]+)*$/

/**
 * Returns an OPA bundle of Rego and data, with a WebAssembly module, and what its author should know.
 *
 * Whatever is wrong with the sources is a diagnostic. The same sources and options give the same bytes, in any order
 * and from a folder as from memory.
 *
 * @throws PlangateError `ERR_SOURCE_NOT_FOUND`, `ERR_SOURCE_INVALID`, `ERR_OPA_MISSING`
 * @example
 * const { bundle, diagnostics } = await compileBundle({ sources: 'policies' })
 */
export const compileBundle = async (options: CompileOptions): Promise<CompileResult> => {
  const { sources: given, data, onProgress = () => {} } = options
  onProgress('read')
  const sources = [...(await loadSources(given)), ...(data === undefined ? [] : [dataSource(data)])]
  onProgress('load')
  const opa = await loadOpa().catch((error: unknown) => {
    if (!(error instanceof OpaError)) throw error
    const { code, message, hint } = error
    throw new PlangateError(code, message, { ...(hint === undefined ? {} : { hint }), cause: error })
  })
  try {
    return await compile(opa, sources, options)
  } catch (error) {
    if (!(error instanceof OpaError)) throw error
    return failed([stopped(opa, sources, error)], sources)
  }
}

const compile = async (
  opa: Opa,
  sources: readonly Source[],
  { entrypoints = [], namespaces = [], revision, roots, regoVersion = 1, onProgress = () => {} }: CompileOptions,
): Promise<CompileResult> => {
  onProgress('check')
  const checked = opa.annotations(sources, { regoVersion })
  const { catalogue, diagnostics } = catalogueOf(checked)
  const found = [...fromOpa(checked.diagnostics), ...diagnostics]
  if (found.some(({ severity }) => severity === 'error')) return failed(found, sources, catalogue)

  onProgress('build')
  const request = {
    entrypoints: [...new Set([...entrypoints, ...decisions(checked, namespaces)])].sort(),
    ...(roots === undefined ? {} : { roots }),
    regoVersion,
    metadata: { plangate: { compiler: version, opa: opa.version, catalogue } },
  }
  const built = opa.build(sources, { ...request, revision: revision ?? hashOf(sources, request) })
  if (built.bundle === undefined) return failed([...found, ...fromOpa(built.diagnostics)], sources, catalogue)
  const { wasm } = await readBundle(built.bundle, unlimited)
  const builtins = wasm === undefined ? [] : neededBuiltins(wasm)
  return {
    bundle: built.bundle,
    diagnostics: arrange([...found, ...unavailable(opa, builtins)], sources),
    entrypoints: built.entrypoints.toSorted(),
    catalogue,
    builtins,
  }
}

// What has just been made is no stranger's archive.
const unlimited = { bytes: Infinity, entries: Infinity, ratio: Infinity }

const failed = (
  diagnostics: readonly Diagnostic[],
  sources: readonly Source[],
  catalogue: readonly PolicyEntry[] = [],
): CompileResult => ({ diagnostics: arrange(diagnostics, sources), entrypoints: [], catalogue, builtins: [] })

const dataSource = (data: Readonly<Record<string, unknown>>): Source => ({
  path: 'data.json',
  file: '',
  contents: new TextEncoder().encode(JSON.stringify(data)),
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
  for (const { path, contents } of sources) hash.update(`\0${path}\0${contents.length}\0`).update(contents)
  return hash.digest('hex').slice(0, 40)
}

/** Says which source OPA could not stand: the first that stops it alone. */
const stopped = (opa: Opa, sources: readonly Source[], { message, hint }: OpaError): Diagnostic => {
  const culprit = sources.find((source) => {
    try {
      opa.annotations([source])
      return false
    } catch {
      return true
    }
  })
  return {
    code: 'opa_failed',
    severity: 'error',
    message,
    ...place(culprit?.path),
    ...(hint === undefined ? {} : { hint }),
  }
}

const unavailable = (opa: Opa, needed: readonly string[]): readonly Diagnostic[] =>
  needed
    .filter((name) => !opa.builtins.some((builtin) => builtin.name === name && builtin.callable))
    .map((name) => ({
      code: 'builtin_unavailable',
      severity: 'warning',
      message: `\`${name}\` is not there when plangate evaluates`,
      ...place(),
      hint: 'bring what it would fetch as data',
    }))
