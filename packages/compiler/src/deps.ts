import { optionsOf, textArgument } from './arguments.ts'
import { fromOpa } from './diagnostics.ts'
import { type EngineOptions, withOpa } from './engine.ts'
import { given } from './format.ts'
import { bundleFiles, dataFiles } from './tree.ts'
import type { Diagnostic } from './types.ts'

/** What {@link dependencies} analyses: the flags of `opa deps`. */
export interface DepsOptions extends EngineOptions {
  /** Files and folders of Rego and data; `a.b:` before a path says where its data is mounted. */
  readonly data?: readonly string[]
  /** Bundles, packed or as folders. OPA forgets `data` where there is one. */
  readonly bundles?: readonly string[]
  /** Globs of names of files and folders to leave out of `data`. */
  readonly ignore?: readonly string[]
  /** `pretty` is OPA's table. Default `pretty`. */
  readonly format?: 'pretty' | 'json'
  readonly v0Compatible?: boolean
  readonly v1Compatible?: boolean
}

/** What a query depends on, as text. It is empty where diagnostics say why, or where the query depends on nothing. */
export interface DepsResult {
  readonly text: string
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Returns what `opa deps` prints about a query, byte for byte: the documents it reads, of `input` and `data` that come
 * from outside, and those that rules make.
 *
 * @throws PlangateError `ERR_SOURCE_NOT_FOUND`, `ERR_SOURCE_INVALID`, and those of the engine, such as `ERR_OPA_MISSING`
 */
export const dependencies = async (query: string, asked?: DepsOptions): Promise<DepsResult> => {
  textArgument('query', query)
  const options = optionsOf<DepsOptions>(asked, {
    data: 'strings',
    bundles: 'strings',
    ignore: 'strings',
    format: 'string',
    v0Compatible: 'boolean',
    v1Compatible: 'boolean',
  })
  const { data = [], bundles = [], ignore = [], format = 'pretty', v0Compatible, v1Compatible } = options
  const files = [...(await dataFiles(data)), ...(await bundleFiles(bundles))]
  const flags = given({ v0Compatible, v1Compatible })
  return withOpa(options, async (opa) => {
    const request = { query, data, bundles, ignore, json: format === 'json', ...flags }
    const { text, diagnostics } = await opa.deps(files, request)
    return { text, diagnostics: fromOpa(diagnostics) }
  })
}
