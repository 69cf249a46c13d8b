import type { TestResult, TestRun } from '@plangate/opa'
import { type Palette, PLAIN } from '../../report/text.ts'
import { countsOf } from './pretty.ts'

/** Returns what a person wants to know of a run: what did not pass, where and why, and how many tests there were. */
export const testText = (
  run: TestRun,
  { color = PLAIN, verbose = false }: { readonly color?: Palette; readonly verbose?: boolean } = {},
): string => {
  const shown = run.results.filter(({ outcome }) => verbose || outcome !== 'pass')
  return [...shown.map((result) => block(result, color)), summary(run, color)].join('')
}

const names = { pass: 'pass', fail: 'FAIL', skip: 'skip', error: 'ERROR' } as const

const block = (result: TestResult, color: Palette): string => {
  const { file, line, outcome, package: path, name, cases = [], error, output = '', failure = '' } = result
  const paint = { pass: color.dim, fail: color.red, skip: color.yellow, error: color.red }[outcome]
  const failed = cases.filter(({ leaf, fail }) => leaf && fail).map((each) => `case ${each.name.join(' / ')} fails`)
  const why = error === undefined ? [] : [error.message, ...(error.stack ?? []).map((frame) => `  at ${frame}`)]
  const printed =
    output.trimEnd() === ''
      ? []
      : output
          .trimEnd()
          .split('\n')
          .map((text) => `> ${text}`)
  const details = [...(failure === '' ? failed : []), ...why, ...reason(failure), ...printed].flatMap((text) =>
    text.trimEnd().split('\n'),
  )
  const head = `${paint(names[outcome].padEnd(5))} ${color.bold(`${path}.${name}`)} ${color.dim(`${file}:${line}`)}`
  return `${head}\n${details.map((text) => `      ${text}\n`).join('')}${details.length > 0 ? '\n' : ''}`
}

/** OPA's lines about what failed, without the first, which names the test, and without their indentation. */
const reason = (failure: string): readonly string[] => {
  const lines = failure
    .split('\n')
    .slice(1)
    .filter((line) => line.trim() !== '')
    .map((line) => line.replaceAll('\t', '  '))
  const indents = lines.map((line) => line.length - line.trimStart().length)
  const least = Math.min(...indents)
  return lines.map((line) => line.slice(least))
}

const summary = (run: TestRun, color: Palette): string => {
  const { pass, fail, skip, error } = countsOf(run)
  const total = pass + fail + skip + error
  const parts = [
    [pass, 'passed', color.bold],
    [fail, 'failed', color.red],
    [skip, 'skipped', color.yellow],
    [error, error === 1 ? 'error' : 'errors', color.red],
  ] as const
  const said = parts.filter(([count]) => count > 0).map(([count, word, paint]) => paint(`${count} ${word}`))
  return `${total} ${total === 1 ? 'test' : 'tests'}${said.length === 0 ? '' : `: ${said.join(', ')}`}\n`
}
