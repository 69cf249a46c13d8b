import {
  coverageText,
  type Explain,
  explainFailures,
  jsonTests,
  junitTests,
  prettyTests,
  profileText,
  runTests,
  type TestOptions,
  type TestReport,
  type TestRun,
  testText,
} from '@plangate/compiler'
import { PlangateError } from '@plangate/sdk'
import { comparedResults, compareTests, type Remark } from './compare.ts'
import { printDiagnostics } from './diagnostics.ts'
import { exitCodes } from './exit.ts'
import { outputStyle, withProgress } from './terminal.ts'
import { usageError } from './usage.ts'
import { bytes, count, coverageRuns, milliseconds, percent } from './values.ts'

/** The flags of `plangate verify`. */
export interface VerifyFlags {
  readonly bundle: boolean
  readonly run?: string
  readonly ignore?: readonly string[]
  readonly format: 'text' | 'pretty' | 'json' | 'junit' | 'gobench'
  readonly verbose: boolean
  readonly varValues: boolean
  readonly explain?: Explain
  readonly coverage: boolean
  readonly coverageRuns?: string
  readonly threshold?: number
  readonly timeout: string
  readonly runTimeout?: string
  readonly memoryLimit?: string
  readonly count: number
  readonly parallel: number
  readonly exitZeroOnSkipped?: boolean
  readonly failOnEmpty: boolean
  readonly sort: 'none' | 'duration'
  readonly target: 'rego' | 'both'
  readonly bench: boolean
  readonly benchmem: boolean
  readonly profile: boolean
  readonly profileSort?: readonly string[]
  readonly profileLimit?: number
  readonly maxErrors: number
  readonly capabilities?: string
  readonly schema?: readonly string[]
  readonly v0Compatible: boolean
  readonly color: boolean
}

const steps = { read: 'reading policies', load: 'starting OPA', test: 'running tests' } as const

/** Runs the tests of `sources`, prints their results and returns the exit code. */
export async function verify(sources: readonly string[], flags: VerifyFlags): Promise<number> {
  const options = optionsOf(sources, flags)
  const report = await withProgress((show) => runTests({ ...options, onProgress: (step) => show(steps[step]) }))
  if (report.error !== undefined) throw notRun(report, flags)
  const last = report.runs.at(-1)
  const compare = flags.target === 'both' && last !== undefined
  const printed = compare && flags.format === 'junit' ? report.runs.slice(0, -1) : report.runs
  for (const run of printed) process.stdout.write(await text(run, options, flags))
  const code = exitCode(report.runs, flags)
  if (!compare) return code
  const remarks = await compared(last, options, flags)
  const print = flags.format === 'text' ? process.stdout : process.stderr
  print.write(comparisonText(remarks, flags.verbose))
  return remarks.some(({ kind }) => kind === 'different') ? exitCodes.findings : code
}

/** The comparison of a run, which in JUnit stands in the same document as the run; that is printed whatever happens. */
async function compared(run: TestRun, options: TestOptions, { format }: VerifyFlags): Promise<readonly Remark[]> {
  let remarks: readonly Remark[] = []
  try {
    remarks = await withProgress((show) => compareTests(run, options, show))
    return remarks
  } finally {
    if (format === 'junit') process.stdout.write(junitTests([run, { results: comparedResults(remarks) }]))
  }
}

function optionsOf(sources: readonly string[], flags: VerifyFlags): TestOptions {
  const { bundle, run, ignore, format, verbose, varValues, explain, bench, benchmem, threshold } = flags
  const { profile, profileSort, profileLimit, runTimeout = '', memoryLimit = '', capabilities, schema } = flags
  if (format === 'gobench' && !bench) throw usageError('`--format gobench` needs `--bench`', 'add `--bench`')
  const coverage = wantsCoverage(flags) ? coverageRuns(flags.coverageRuns) : false
  if (coverage !== false && bench) throw usageError('`--coverage` and `--bench` do not go together', 'leave one out')
  if (threshold !== undefined) percent('--threshold', threshold)
  return {
    sources,
    bundle,
    verbose: verbose && format !== 'text',
    varValues,
    coverage,
    count: count('--count', flags.count),
    parallel: count('--parallel', flags.parallel),
    maxErrors: count('--max-errors', flags.maxErrors),
    regoVersion: flags.v0Compatible ? 0 : 1,
    testTimeoutMs: bench && flags.timeout === '5s' ? 30_000 : milliseconds('--timeout', flags.timeout),
    // One time for all there is to do: for the tests, for their explanation and for them as WebAssembly.
    ...(runTimeout === '' ? {} : { signal: AbortSignal.timeout(milliseconds('--run-timeout', runTimeout)) }),
    ...(memoryLimit === '' ? {} : { limits: { memoryBytes: bytes('--memory-limit', memoryLimit) } }),
    ...(run === undefined ? {} : { run }),
    ...(ignore === undefined ? {} : { ignore }),
    ...(explain === undefined ? {} : { explain }),
    ...(capabilities === undefined ? {} : { capabilities }),
    ...(schema === undefined ? {} : { schemas: schema }),
    ...(bench ? { bench: { memory: benchmem, goBench: format === 'gobench' } } : {}),
    ...(profile ? { profile: { sort: profileSort ?? [], limit: count('--profile-limit', profileLimit ?? 10) } } : {}),
    ...(format === 'json' ? { words: 'json' } : format === 'text' && !bench && !varValues ? {} : { words: 'pretty' }),
  }
}

function wantsCoverage(flags: VerifyFlags): boolean {
  return flags.coverage || flags.coverageRuns !== undefined || (flags.threshold ?? 0) > 0
}

/** The error for sources that cannot be loaded or compiled, after what is wrong with them has been printed. */
function notRun({ error = '', diagnostics }: TestReport, { color }: VerifyFlags): PlangateError {
  printDiagnostics(diagnostics, { color })
  const errors = Math.max(1, diagnostics.length)
  const hint = diagnostics.length === 0 ? error : 'mend what is listed above and run it again'
  return new PlangateError(
    'ERR_POLICY_INVALID',
    `the tests do not compile: ${errors} error${errors === 1 ? '' : 's'}`,
    {
      hint,
    },
  )
}

async function text(run: TestRun, options: TestOptions, flags: VerifyFlags): Promise<string> {
  const { format, color, verbose, sort } = flags
  const failures = verbose || flags.varValues || flags.explain !== undefined
  const profile = run.profile === undefined ? '' : profileText(run.profile)
  if (format === 'junit') return junitTests([run])
  if (format === 'json') return run.coverage?.json ?? jsonTests(run, { sort: sort === 'duration' })
  if (format === 'pretty' && run.coverage !== undefined && isPassed(run)) return run.coverage.json
  if (format !== 'text' || flags.bench) return `${prettyTests(run, { failures })}${profile}`
  const explained = flags.varValues ? run : await explainFailures(run, options)
  const coverage = run.coverage === undefined ? '' : `\n${coverageText(run.coverage.report)}`
  return `${testText(explained, { color: outputStyle(color).color, verbose })}${profile}${coverage}`
}

function isPassed({ results }: TestRun): boolean {
  return results.every(({ outcome }) => outcome === 'pass' || outcome === 'skip')
}

function exitCode(runs: readonly TestRun[], flags: VerifyFlags): number {
  const results = runs.flatMap((run) => run.results)
  const failed = results.some(({ outcome }) => outcome !== 'pass' && !(outcome === 'skip' && flags.exitZeroOnSkipped))
  if (failed) return exitCodes.findings
  if (results.length === 0 && flags.failOnEmpty) {
    process.stderr.write('no tests were run\n')
    return exitCodes.findings
  }
  const { coverage: report } = runs.at(-1) ?? {}
  const { threshold = 0 } = flags
  if (report === undefined || report.report.coverage >= threshold) return exitCodes.pass
  const got = report.report.coverage.toFixed(2)
  process.stderr.write(`Code coverage threshold not met: got ${got} instead of ${threshold.toFixed(2)}\n`)
  return exitCodes.findings
}

/** The differences one by one, and how many tests were compared; `verbose` adds those that could not be. */
function comparisonText(remarks: readonly Remark[], verbose: boolean): string {
  const of = (wanted: Remark['kind']): readonly Remark[] => remarks.filter(({ kind }) => kind === wanted)
  const [equal, different, incomparable] = [of('equal'), of('different'), of('incomparable')]
  const lines = [...different.map(line('DIFF ')), ...(verbose ? incomparable.map(line('skip ')) : [])]
  const counts = `${equal.length} equal, ${different.length} different, ${incomparable.length} not comparable`
  return `${lines.join('')}compiled to WebAssembly: ${counts}\n`
}

function line(word: string): (remark: Remark) => string {
  return ({ result: { file, line: row, package: path, name }, text: said }) =>
    `${word} ${path}.${name} ${file}:${row}\n      ${said.replaceAll('\n', ' ')}\n`
}
