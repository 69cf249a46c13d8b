import type { TestResult, TestRun } from '@plangate/opa'
import { runTests } from './run.ts'
import type { TestOptions } from './types.ts'

/**
 * Returns the run with `failure` at each test that fails: the expression that failed, and the values of its variables.
 *
 * For that the tests that fail are run once more, since the values of all variables of all tests would cost much more.
 */
export const explainFailures = async (run: TestRun, options: TestOptions): Promise<TestRun> => {
  const failed = run.results.filter(({ outcome }) => outcome === 'fail').map(nameOf)
  // Of several tests with one name OPA numbers all but the first, and a number cannot be asked for.
  const only = failed.filter((name) => !name.includes('#')).slice(0, mostExplained)
  if (only.length === 0) return run
  const { run: _, bench: __, profile: ___, ...rest } = options
  const { runs } = await runTests({ ...rest, only, count: 1, coverage: false, varValues: true, words: 'pretty' })
  const failures = new Map((runs[0]?.results ?? []).map((result) => [nameOf(result), result.failure]))
  return {
    ...run,
    results: run.results.map((result) => {
      const failure = result.outcome === 'fail' ? failures.get(nameOf(result)) : undefined
      return failure === undefined ? result : { ...result, failure }
    }),
  }
}

/** Nobody reads more at once. */
const mostExplained = 50

const nameOf = (result: TestResult): string => `${result.package}.${result.name}`
