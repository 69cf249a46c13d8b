import type { PolicyEntry, Reads } from '@plangate/bundle'
import type { AnnotationsResponse } from '@plangate/opa'
import { withSources } from './arguments.ts'
import { loadCapabilities } from './capabilities.ts'
import { catalogueOf } from './catalogue.ts'
import { arrange, fromOpa } from './diagnostics.ts'
import { type EngineOptions, withOpa } from './engine.ts'
import { loadSources } from './sources.ts'
import type { CompileSettings, Diagnostic } from './types.ts'

/** The rules of a policy that say what it finds. */
const finding = /^(deny|undecided|violation|warn)(_[a-zA-Z0-9]+)*$/

/** What {@link analyseReads} reads, and how it is done. */
export interface ReadsOptions
  extends Pick<CompileSettings, 'sources' | 'entrypoints' | 'regoVersion' | 'capabilities'>,
    EngineOptions {}

/** What the sources read, unless at least one diagnostic is an error. */
export interface ReadsResult {
  readonly reads?: Reads
  /** Sorted by file, line and column. */
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Returns which parts of the input and of data each entrypoint and each policy of the sources can touch: more than they
 * do touch where that cannot be told, and never less.
 *
 * @throws PlangateError `ERR_SOURCE_NOT_FOUND`, `ERR_SOURCE_INVALID`, `ERR_OPA_MISSING`, `ERR_OPA_FAILED`,
 * `ERR_MEMORY_LIMIT`, `ERR_TIME_LIMIT`, `ERR_ABORTED`
 * @example
 * const { reads } = await analyseReads({ sources: 'policies', entrypoints: ['main/deny'] })
 */
export const analyseReads = async (asked: ReadsOptions): Promise<ReadsResult> => {
  const options = withSources(asked, { entrypoints: 'strings' })
  const { entrypoints = [], regoVersion = 1 } = options
  const sources = await loadSources(options.sources)
  const capabilities = await loadCapabilities(options.capabilities)
  const reading = { regoVersion, ...(capabilities === undefined ? {} : { capabilities }) }
  return withOpa(options, async (opa) => {
    const checked = await opa.annotations(sources, reading)
    const found = [...fromOpa(checked.diagnostics)]
    if (found.length > 0) return { diagnostics: arrange(found, sources) }
    const policies = documentsOf(catalogueOf(checked).catalogue, checked)
    const { diagnostics, reads } = await opa.reads(sources, { ...reading, entrypoints, policies })
    // `as`: the report as the compiler writes it into manifests, where the schema holds for readers
    return {
      diagnostics: arrange(fromOpa(diagnostics), sources),
      ...(reads === undefined ? {} : { reads: reads as Reads }),
    }
  })
}

/** The documents that each policy of the catalogue is made of, by its id. */
export const documentsOf = (
  catalogue: readonly PolicyEntry[],
  { modules }: Pick<AnnotationsResponse, 'modules'>,
): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    catalogue.map(({ id }) => [
      id,
      modules
        .filter((module) => module.package.slice(-2).join('/') === id)
        .flatMap((module) => module.rules.filter((rule) => finding.test(rule)).map((rule) => [...module.package, rule]))
        .map((path) => path.map(encodeURIComponent).join('/'))
        .toSorted(),
    ]),
  )
