import { type ArgumentKind, badArgument, readArgument, readOptions } from '@plangate/bundle'
import type { CacheOptions } from './cache/store.ts'
import type { EngineOptions } from './engine.ts'
import type { CheckOptions, CompileOptions, CompileSettings } from './types.ts'
import type { TestOptions } from './verify/types.ts'

// Callers without types give what they like: arguments are read once, where they come in, and what is wrong is told by name.

type Kinds<T> = { readonly [K in keyof T]?: ArgumentKind }
type Sources = CompileSettings['sources']

/** Returns options of which each is what it has to be; `kinds` says what those have to be that OPA's engine does not share. */
export const optionsOf = <T extends EngineOptions>(given: T | undefined, kinds: Kinds<T>): T => {
  const engine: Kinds<EngineOptions> = { thread: 'string', signal: 'signal', limits: 'object', idleMs: 'number' }
  // `as`: both name fields of T
  const wanted = { ...engine, ...kinds } as Kinds<T>
  const options = readOptions('options', given, wanted)
  const limits = readOptions('options.limits', options.limits, { timeoutMs: 'positive', memoryBytes: 'positive' })
  const { thread } = options
  if (thread !== undefined && thread !== 'own' && thread !== 'caller')
    throw badArgument('options.thread', 'is `own` or `caller`')
  const capabilities: unknown = 'capabilities' in options ? options.capabilities : undefined
  const isRight = typeof capabilities === 'string' || (typeof capabilities === 'object' && capabilities !== null)
  if (capabilities !== undefined && !isRight) throw badArgument('options.capabilities', 'is a string or an object')
  checkJson('options.capabilities', capabilities)
  // `as`: what T requires is looked at by its own reader
  return { ...options, ...(options.limits === undefined ? {} : { limits }) } as T
}

/** Returns options with sources: a path, several, or texts by path. */
export const withSources = <T extends EngineOptions & { readonly sources: Sources }>(given: T, kinds: Kinds<T>): T => {
  const options = optionsOf(given, kinds)
  const sources = readArgument('options.sources', (): Sources | undefined => {
    const { sources: value } = options
    if (typeof value === 'string') return value
    if (typeof value !== 'object' || value === null) return undefined
    const copy: readonly string[] | Readonly<Record<string, string>> = Array.isArray(value)
      ? Array.from<string>(value)
      : { ...value }
    return Object.values(copy).every((each) => typeof each === 'string') ? copy : undefined
  })
  if (sources === undefined) throw badArgument('options.sources', 'is a path, a list of paths, or texts by path')
  return { ...options, sources }
}

/** Checks that a value can be told as JSON: it has no cycle, and no bigint. */
const checkJson = (name: string, value: unknown): void => {
  if (value === undefined || typeof value === 'string') return
  readArgument(name, () => JSON.stringify(value))
}

const choice = (options: object, name: string, values: readonly unknown[]): void => {
  // `as`: looked up by name
  const value = (options as Readonly<Record<string, unknown>>)[name]
  if (value === undefined || values.includes(value)) return
  throw badArgument(`options.${name}`, `is one of ${values.map((each) => `\`${String(each)}\``).join(', ')}`)
}

/** Returns what a compile is given. */
export const compileOptions = (given: CompileOptions): CompileOptions => {
  const options = withSources(given, {
    bundle: 'boolean',
    ignore: 'strings',
    followSymlinks: 'boolean',
    data: 'object',
    entrypoints: 'strings',
    namespaces: 'strings',
    revision: 'string',
    roots: 'strings',
    metadata: 'object',
    partialNamespace: 'string',
    pruneUnused: 'boolean',
    includePrint: 'boolean',
    stripSource: 'boolean',
    planAddons: 'strings',
    typeIndex: 'boolean',
    verification: 'object',
    onProgress: 'function',
  })
  checkJson('options.metadata', options.metadata)
  choice(options, 'target', ['wasm', 'rego', 'plan'])
  choice(options, 'regoVersion', [0, 1])
  choice(options, 'optimize', [0, 1, 2])
  choice(options, 'planFormat', ['json', 'proto'])
  const { cache } = options
  return cache === undefined || cache === false ? options : { ...options, cache: cacheOptions('options.cache', cache) }
}

/** Returns where a cache is. */
export const cacheOptions = (name: string, given: CacheOptions): CacheOptions =>
  readOptions(name, given, { folder: 'string', maxBytes: 'positive', onError: 'function' })

/** Returns what a check is given. */
export const checkOptions = (given: CheckOptions): CheckOptions => {
  const options = withSources(given, {
    strict: 'boolean',
    bundle: 'boolean',
    maxErrors: 'number',
    ignore: 'strings',
    schemas: 'strings',
    providerSchemas: 'strings',
    onProgress: 'function',
  })
  choice(options, 'regoVersion', [0, 1, 'both'])
  return options
}

/** Returns which tests are run, and how. */
export const testOptions = (given: TestOptions): TestOptions => {
  const options = withSources(given, {
    bundle: 'boolean',
    ignore: 'strings',
    run: 'string',
    only: 'strings',
    testTimeoutMs: 'positive',
    count: 'positive',
    parallel: 'positive',
    maxErrors: 'number',
    schemas: 'strings',
    verbose: 'boolean',
    varValues: 'boolean',
    bench: 'object',
    profile: 'object',
    onProgress: 'function',
  })
  choice(options, 'regoVersion', [0, 1])
  choice(options, 'words', ['json', 'pretty'])
  const { coverage } = options
  if (coverage !== undefined && typeof coverage !== 'boolean' && !isTexts(coverage))
    throw badArgument('options.coverage', 'is `true`, `false` or a list of strings')
  const bench = options.bench && readOptions('options.bench', options.bench, { memory: 'boolean', goBench: 'boolean' })
  const profile =
    options.profile && readOptions('options.profile', options.profile, { sort: 'strings', limit: 'number' })
  return { ...options, ...(bench === undefined ? {} : { bench }), ...(profile === undefined ? {} : { profile }) }
}

const isTexts = (value: unknown): boolean =>
  readArgument('options', () => Array.isArray(value) && Array.from(value).every((each) => typeof each === 'string'))

/** Returns an argument that is a text. */
export const textArgument = (name: string, value: unknown): string => {
  if (typeof value !== 'string') throw badArgument(name, 'is a string')
  return value
}

/** Returns an argument that is bytes, and not those that were transferred elsewhere. */
export const bytesArgument = (name: string, value: unknown): Uint8Array =>
  readArgument(name, () => {
    if (!(value instanceof Uint8Array)) throw badArgument(name, 'is bytes')
    return value.length === 0 ? new Uint8Array() : value
  })
