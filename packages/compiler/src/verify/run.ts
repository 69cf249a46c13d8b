import {
  type AsyncOpa,
  openThread,
  type SourceDiagnostic,
  type TestRequest,
  type TestResponse,
  type TestResult,
} from '@plangate/opa'
import { testOptions } from '../arguments.ts'
import { loadCapabilities } from '../capabilities.ts'
import { arrange, fromOpa } from '../diagnostics.ts'
import { translated, withOpa } from '../engine.ts'
import { loadSchemas } from '../schemas.ts'
import { compare } from '../sources.ts'
import type { Diagnostic } from '../types.ts'
import { loadTests, type TestSources } from './load.ts'
import type { TestOptions, TestReport } from './types.ts'

/**
 * Returns the results of Rego tests, by OPA's own runner.
 *
 * Results come by file and line; durations are those of this run. A test is ended after its time, except by coverage and
 * benchmarks, and where a single built-in call takes all of it: `limits.timeoutMs` ends everything, wherever it is.
 *
 * @throws PlangateError `ERR_SOURCE_NOT_FOUND`, `ERR_SOURCE_INVALID`, `ERR_SCHEMA_INVALID`, `ERR_CAPABILITIES_INVALID`,
 * `ERR_OPA_MISSING`, `ERR_OPA_FAILED`, `ERR_MEMORY_LIMIT`, `ERR_ABORTED`, `ERR_TIME_LIMIT`
 * @example
 * const { runs } = await runTests({ sources: 'policies' })
 */
export const runTests = async (asked: TestOptions): Promise<TestReport> => {
  const options = testOptions(asked)
  const { onProgress = () => {} } = options
  onProgress('read')
  const sources = await loadTests(options)
  const request = await requestOf(options, sources)
  onProgress('load')
  const shards = shardsOf(options)
  const work = async (opa: AsyncOpa, shard: TestRequest['shard']): Promise<TestResponse> => {
    onProgress('test')
    return opa.test(sources.files, shard === undefined ? request : { ...request, shard })
  }
  if (shards === 1) return reported(await withOpa(options, (opa) => work(opa, undefined)), sources)
  const answers = await inThreads(options, shards, work)
  return reported(answers.find(({ error }) => error !== undefined) ?? merged(answers), sources)
}

/** Returns the request that the options stand for. */
export const requestOf = async (options: TestOptions, { paths }: TestSources): Promise<TestRequest> => {
  const {
    bundle = false,
    regoVersion = 1,
    count = 1,
    maxErrors = 10,
    bench,
    profile,
    words,
    coverage = false,
  } = options
  const { run, only, explain, verbose = false, varValues = false, testTimeoutMs = bench ? 30_000 : 5_000 } = options
  const schemas = (await Promise.all((options.schemas ?? []).map(loadSchemas))).flat()
  const capabilities = await loadCapabilities(options.capabilities)
  return {
    paths,
    bundle,
    regoVersion,
    ...(capabilities === undefined ? {} : { capabilities }),
    schemas,
    ...(run === undefined ? {} : { run }),
    ...(only === undefined ? {} : { only }),
    timeoutMs: testTimeoutMs,
    count,
    maxErrors,
    verbose: verbose || explain !== undefined,
    varValues,
    ...(explain === undefined ? {} : { explain }),
    coverage: coverage !== false,
    coverageRuns: coverage === true ? ['index_excluded', 'early_exit'] : coverage === false ? [] : coverage,
    ...(bench === undefined ? {} : { bench: { memory: bench.memory ?? true, goBench: bench.goBench ?? false } }),
    ...(profile === undefined ? {} : { profile: { sort: sortOf(profile.sort), limit: profile.limit ?? 10 } }),
    json: words === 'json',
    pretty: words === 'pretty',
  }
}

const columns = ['total_time_ns', 'num_eval', 'num_redo', 'file', 'line']

/** The columns that are asked for, and then those that OPA sorts by. */
const sortOf = (asked: readonly string[] = []): readonly string[] => [
  ...asked,
  ...columns.filter((column) => !asked.includes(column)),
]

const shardsOf = ({ parallel = 1, coverage = false, bench, profile }: TestOptions): number =>
  coverage !== false || bench !== undefined || profile !== undefined ? 1 : Math.max(1, parallel)

/** Each shard in a thread of its own, which ends with it. */
const inThreads = async (
  { signal, limits: { timeoutMs, memoryBytes } = {} }: TestOptions,
  shards: number,
  work: (opa: AsyncOpa, shard: TestRequest['shard']) => Promise<TestResponse>,
): Promise<readonly TestResponse[]> => {
  const threads = Array.from({ length: shards }, () => openThread(memoryBytes === undefined ? {} : { memoryBytes }))
  const signals = [signal, timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs)]
  const ending = AbortSignal.any(signals.filter((each) => each !== undefined))
  try {
    const running = threads.map((thread, index) =>
      thread.run((opa) => work(opa, { index, of: shards }), { signal: ending }),
    )
    return await Promise.all(running)
  } catch (error) {
    throw await translated(error)
  } finally {
    await Promise.all(threads.map((thread) => thread.close()))
  }
}

/** The results of all shards, run by run, as one that ran everything would have them. */
const merged = (answers: readonly TestResponse[]): TestResponse => {
  const length = Math.min(...answers.map(({ runs }) => runs.length))
  const runs = Array.from({ length }, (_, at) => ({
    results: answers.flatMap(({ runs: each }) => each[at]?.results ?? []).toSorted(byPlace),
  }))
  return { diagnostics: [], runs }
}

const byPlace = (a: TestResult, b: TestResult): number =>
  compare(a.file, b.file) || a.line - b.line || a.column - b.column || compare(a.name, b.name)

const reported = ({ error, diagnostics, runs }: TestResponse, sources: TestSources): TestReport => ({
  diagnostics: diagnosed(diagnostics, sources),
  ...(error === undefined ? {} : { error }),
  runs,
})

/** Returns what OPA found, with the files named as the caller named them. */
export const diagnosed = (found: readonly SourceDiagnostic[], { files }: TestSources): readonly Diagnostic[] => {
  // OPA's side takes the slash off where a path begins with one.
  const sources = files.map(({ label = '', contents }) => ({ path: label.replace(/^\//, ''), file: label, contents }))
  return arrange(fromOpa(found), sources)
}
