import type { TestResult, TestRun } from '@plangate/opa'

const line = '-'.repeat(80)

/** How many tests have which outcome; of a test with cases, each case counts. */
export interface Counts {
  readonly pass: number
  readonly fail: number
  readonly skip: number
  readonly error: number
}

/** Returns how many tests of a run have which outcome. */
export const countsOf = ({ results }: TestRun): Counts => {
  const counts = { pass: 0, fail: 0, skip: 0, error: 0 }
  for (const { outcome, cases = [] } of results) {
    const leaves = outcome === 'pass' || outcome === 'fail' ? cases.filter(({ leaf }) => leaf) : []
    if (leaves.length === 0) counts[outcome] += 1
    for (const { fail } of leaves) counts[fail ? 'fail' : 'pass'] += 1
  }
  return counts
}

/**
 * Returns what `opa test` prints about a run whose results come with OPA's words; `failures` says whether the part below
 * FAILURES is shown. Results are in the order of files and lines, where OPA's are in none.
 *
 * @see https://github.com/open-policy-agent/opa/blob/v1.22.0/v1/tester/reporter.go
 */
export const prettyTests = (run: TestRun, { failures }: { readonly failures: boolean }): string => {
  const { pass, fail, skip, error } = countsOf(run)
  const total = pass + fail + skip + error
  const summary = [
    ['PASS', pass],
    ['FAIL', fail],
    ['SKIPPED', skip],
    ['ERROR', error],
  ].flatMap(([name, count]) => (count === 0 ? [] : [`${name}: ${count}/${total}\n`]))
  const failed = run.results.filter(({ outcome }) => outcome === 'fail')
  const shown = list(run.results)
  return [
    shown,
    ...(fail > 0 && failures ? [`${line}\nFAILURES\n${line}\n`, ...failed.map(({ failure = '' }) => failure)] : []),
    ...(shown === '' ? [] : [`${line}\n`]),
    ...summary,
  ].join('')
}

/** The lines of all results, with an empty one between files. */
const list = (results: readonly TestResult[]): string => {
  let last = ''
  return results
    .map(({ shown = '', file, line: row }) => {
      if (!shown.startsWith(`${file}:${row}:\n`)) return shown
      const gap = last !== '' && last !== file ? '\n' : ''
      last = file
      return `${gap}${shown}`
    })
    .join('')
}
