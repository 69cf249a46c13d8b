import { checkOptions } from './arguments.ts'
import type { AsyncOpa, CheckRequest, Files } from '@plangate/opa'
import { loadCapabilities } from './capabilities.ts'
import { catalogueOf } from './catalogue.ts'
import { arrange, fromOpa } from './diagnostics.ts'
import { withOpa } from './engine.ts'
import { loadResources } from './providers.ts'
import { loadSchemas } from './schemas.ts'
import type { Selection } from './selection.ts'
import { loadSources, type Source } from './sources.ts'
import { stopped } from './stopped.ts'
import type { CheckOptions, CheckResult, Diagnostic } from './types.ts'

/**
 * Returns what is wrong with Rego, tests included: what `opa check` says, and what the library asks of METADATA.
 *
 * @throws PlangateError `ERR_SOURCE_NOT_FOUND`, `ERR_SOURCE_INVALID`, `ERR_SCHEMA_INVALID`, `ERR_OPA_MISSING`
 * @example
 * const { diagnostics } = await checkPolicies({ sources: 'policies', strict: true, schemas: ['terraform'] })
 */
export const checkPolicies = async (given: CheckOptions): Promise<CheckResult> => {
  const options = checkOptions(given)
  const { strict = false, maxErrors = 10, regoVersion = 1, onProgress = () => {} } = options
  onProgress('read')
  const sources = await checkedSources(options)
  const schemas = (await Promise.all((options.schemas ?? []).map(loadSchemas))).flat()
  const { providerSchemas = [] } = options
  const texts = providerSchemas.length === 0 ? [] : sources.map(({ contents }) => new TextDecoder().decode(contents))
  const capabilities = await loadCapabilities(options.capabilities)
  const request: CheckRequest = {
    regoVersion: regoVersion === 1 ? 1 : 0,
    both: regoVersion === 'both',
    strict,
    maxErrors,
    schemas,
    resources: await loadResources(providerSchemas, texts),
    ...(capabilities === undefined ? {} : { capabilities }),
  }
  onProgress('load')
  return withOpa(options, async (opa) => {
    onProgress('check')
    try {
      const found = arrange(await check(opa, sources, request), sources)
      return { diagnostics: [...found.filter((each) => !isLimit(each)), ...found.filter(isLimit)] }
    } catch (error) {
      return { diagnostics: arrange([await stopped(opa, sources, error)], sources) }
    }
  })
}

/** OPA ends its list with this when there are more errors than it was asked for. */
const isLimit = ({ message, file }: Diagnostic): boolean => message === 'error limit reached' && file === ''

/** The sources, which are bundles where that is asked for: in memory there is one. */
const checkedSources = async ({ sources, ignore = [], bundle = false }: CheckOptions): Promise<readonly Checked[]> => {
  const selection = { tests: true, ignore }
  if (!bundle) return loadSources(sources, selection)
  const roots = typeof sources === 'string' ? [sources] : Array.isArray(sources) ? sources : [sources]
  const bundles = await Promise.all(roots.map((root) => loadSources(root, selectionOf(root, selection))))
  return bundles.flatMap((files, index) =>
    files.map(({ name, path, ...file }) => ({
      ...file,
      path: `${index}/${name ?? path}`,
      name: name ?? path,
      bundle: index + 1,
    })),
  )
}

/** An archive is read as a bundle; what is a folder keeps to the files that a check takes. */
const selectionOf = (root: string | Readonly<Record<string, string>>, selection: Selection): Selection =>
  typeof root === 'string' && /\.(tar\.gz|tgz)$/.test(root) ? { ...selection, bundles: 'detect' } : selection

type Checked = Source & Pick<Files[number], 'name' | 'bundle'>

const check = async (
  opa: AsyncOpa,
  sources: readonly Checked[],
  request: CheckRequest,
): Promise<readonly Diagnostic[]> => {
  const labelled = sources.map(({ file, ...source }) => ({ ...source, label: file }))
  const found = fromOpa((await opa.check(labelled, request)).diagnostics)
  if (found.some(({ code }) => code === 'rego_parse_error')) return found
  const policies = sources.filter(({ path }) => !path.endsWith('_test.rego'))
  const { diagnostics } = catalogueOf(await opa.annotations(policies, { regoVersion: request.regoVersion }))
  return [...found, ...diagnostics.map((each) => inMetadata(each, policies))]
}

/** A diagnostic about METADATA with the range of the key that it names, or of the whole block, or of the package. */
const inMetadata = (diagnostic: Diagnostic, sources: readonly Source[]): Diagnostic => {
  const source = sources.find(({ path }) => path === diagnostic.file)
  if (source === undefined || diagnostic.line === 0) return diagnostic
  const lines = new TextDecoder().decode(source.contents).split(/\r?\n/)
  const from = diagnostic.line - 1
  const length = lines.slice(from).findIndex((text) => !text.startsWith('#'))
  const block = lines.slice(from, length === -1 ? undefined : from + Math.max(length, 1))
  const key = /`(?:\w+\.)*(\w+)(?:\.\d+)*`: /.exec(diagnostic.message)?.[1]
  const named = block.findIndex((text) => new RegExp(`^# +(- )?${key}:`).test(text))
  const [first, last] = key === undefined || named === -1 ? [0, block.length - 1] : [named, named]
  const column = (block[first]?.search(/[^#\s]/) ?? 0) + 1
  return {
    ...diagnostic,
    line: from + first + 1,
    column: named === -1 ? 1 : column,
    endLine: from + last + 1,
    endColumn: [...(block[last] ?? '')].length + 1,
  }
}
