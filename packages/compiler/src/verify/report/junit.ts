import type { TestResult, TestRun } from '@plangate/opa'

/**
 * Returns JUnit XML as CI systems read it: a suite for each package, a case for each test, and for each case of a test
 * that has several.
 *
 * @see https://github.com/testmoapp/junitxml
 */
export const junitTests = (runs: readonly TestRun[]): string => {
  const results = runs.flatMap((run) => run.results)
  const packages = [...new Set(results.map((result) => result.package))].sort()
  const suites = packages.map((name) =>
    suite(
      name,
      results.filter((result) => result.package === name),
    ),
  )
  const all = attributes(results)
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="plangate verify" ${all}>\n${suites.join('')}</testsuites>\n`
}

const suite = (name: string, results: readonly TestResult[]): string =>
  `  <testsuite name="${escaped(name)}" ${attributes(results)}>\n${results.map(cases).join('')}  </testsuite>\n`

const attributes = (results: readonly TestResult[]): string => {
  const all = results.flatMap(outcomes)
  const count = (wanted: TestResult['outcome']) => all.filter((outcome) => outcome === wanted).length
  const time = seconds(results.reduce((sum, { durationNs }) => sum + durationNs, 0))
  return `tests="${all.length}" failures="${count('fail')}" errors="${count('error')}" skipped="${count('skip')}" time="${time}"`
}

const leavesOf = ({ outcome, cases: all = [] }: TestResult) =>
  outcome === 'pass' || outcome === 'fail' ? all.filter(({ leaf }) => leaf) : []

const outcomes = (result: TestResult): readonly TestResult['outcome'][] => {
  const leaves = leavesOf(result)
  return leaves.length === 0 ? [result.outcome] : leaves.map(({ fail }) => (fail ? 'fail' : 'pass'))
}

const seconds = (ns: number): string => (ns / 1e9).toFixed(6)

const cases = (result: TestResult): string => {
  const leaves = leavesOf(result)
  if (leaves.length === 0) return one(result, result.name, result.outcome, result.durationNs)
  // The time of a test is that of all its cases together.
  return leaves
    .map(({ name, fail }, at) =>
      one(result, `${result.name} / ${name.join(' / ')}`, fail ? 'fail' : 'pass', at === 0 ? result.durationNs : 0),
    )
    .join('')
}

const one = (result: TestResult, name: string, outcome: TestResult['outcome'], ns: number): string => {
  const { file, line, output = '' } = result
  const start = `    <testcase classname="${escaped(result.package)}" name="${escaped(name)}" file="${escaped(file)}" line="${line}" time="${seconds(ns)}"`
  const inside = [why(result, outcome), output === '' ? '' : `<system-out>${escaped(output)}</system-out>`].filter(
    (part) => part !== '',
  )
  if (inside.length === 0) return `${start}/>\n`
  return `${start}>\n${inside.map((part) => `      ${part}\n`).join('')}    </testcase>\n`
}

const why = ({ file, line, error, failure = '' }: TestResult, outcome: TestResult['outcome']): string => {
  const place = escaped(`${file}:${line}`)
  const { code = outcome, message = '', stack: lines = [] } = error ?? {}
  if (outcome === 'skip') return message === '' ? '<skipped/>' : `<skipped message="${escaped(message)}"/>`
  if (outcome === 'fail') {
    const said = `message="${escaped(message || 'the test fails')}" type="${escaped(code)}"`
    return `<failure ${said}>${place}\n${escaped(failure)}</failure>`
  }
  if (outcome === 'pass') return ''
  const stack = lines.join('\n')
  return `<error message="${escaped(message)}" type="${escaped(code)}">${place}\n${escaped(stack)}</error>`
}

// What XML 1.0 cannot hold, even escaped.
const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

const escaped = (text: string): string =>
  text
    .replace(forbidden, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
