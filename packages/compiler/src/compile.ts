import { readArgument } from '@plangate/bundle'
import { compileOptions } from './arguments.ts'
import { cached } from './cache/cached.ts'
import { keyOf } from './cache/key.ts'
import { loadCapabilities } from './capabilities.ts'
import { arrange } from './diagnostics.ts'
import { loadSources, type Source } from './sources.ts'
import type { CompileOptions, CompileResult } from './types.ts'

/**
 * Returns an OPA bundle of Rego and data, with a WebAssembly module, and what its author should know.
 *
 * Whatever is wrong with the sources is a diagnostic. The same sources and options give the same bytes, in any order
 * and from a folder as from memory.
 *
 * @throws PlangateError `ERR_SOURCE_NOT_FOUND`, `ERR_SOURCE_INVALID`, `ERR_OPA_MISSING`, `ERR_OPA_FAILED`,
 * `ERR_MEMORY_LIMIT`, `ERR_TIME_LIMIT`, `ERR_ABORTED`, `ERR_CACHE_UNSAFE`
 * @example
 * const { bundle, diagnostics } = await compileBundle({ sources: 'policies' })
 */
export const compileBundle = async (asked: CompileOptions): Promise<CompileResult> => {
  const options = compileOptions(asked)
  const { sources: given, data, capabilities: allowed, bundle = false, cache = false, onProgress = () => {} } = options
  onProgress('read')
  const sources = [
    ...(await loadSources(given, { ...options, bundles: bundle ? 'all' : 'detect' })),
    ...(data === undefined ? [] : [dataSource(data)]),
  ]
  const capabilities = await loadCapabilities(allowed)
  const settled = { ...options, ...(capabilities === undefined ? {} : { capabilities }) }
  const make = async (): Promise<CompileResult> => (await import('./make.ts')).makeBundle(sources, settled)
  const result = await cached(cache, () => keyOf(sources, settled), make)
  return { ...result, diagnostics: arrange(result.diagnostics, sources) }
}

const dataSource = (data: Readonly<Record<string, unknown>>): Source => ({
  path: 'data.json',
  file: '',
  contents: readArgument('options.data', () => new TextEncoder().encode(JSON.stringify(data))),
})
