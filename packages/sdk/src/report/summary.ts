import type { Decision } from '../decision/schema.ts'

/**
 * Returns conftest's last line and one line with the verdict for each plan. A policy is a test, passed when it found nothing, and
 * so is each finding.
 */
export const summaryOf = (decisions: readonly Decision[], names: readonly string[]): readonly string[] => [
  countsText(decisions),
  ...decisions.map((decision, at) => `${decisions.length > 1 ? `${names[at] ?? '-'}: ` : ''}${verdictText(decision)}`),
]

/** Returns conftest's last line: `22 tests, 17 passed, 1 warning, 2 failures, 1 exception, 1 undecided`. */
export const countsText = (decisions: readonly Decision[]): string => {
  const sum = (of: (decision: Decision) => number): number => decisions.reduce((total, one) => total + of(one), 0)
  const [failures, warnings] = [sum(({ counts }) => counts.fail), sum(({ counts }) => counts.warn)]
  const [exceptions, undecided] = [sum(({ counts }) => counts.waived), sum(({ counts }) => counts.undecided)]
  const passed = sum(({ counts, findings, undecided: open, waived }) => {
    const found = new Set([...findings, ...open, ...waived].map(({ id }) => id))
    return Math.max(0, counts.policies - found.size)
  })
  return [
    plural(passed + failures + warnings + exceptions + undecided, 'test'),
    `${passed} passed`,
    plural(warnings, 'warning'),
    plural(failures, 'failure'),
    plural(exceptions, 'exception'),
    ...(undecided === 0 ? [] : [`${undecided} undecided`]),
  ].join(', ')
}

/** Returns the verdict with the strictness that held: `verdict fail (environment: prod, fail_on: medium)`. */
export const verdictText = (
  { verdict, config, counts }: Decision,
  paint: (text: string) => string = (text) => text,
): string => {
  const said = [
    `environment: ${config.environment}`,
    `fail_on: ${config.fail_on}`,
    ...(config.undecided === 'warn' ? [] : [`undecided: ${config.undecided}`]),
    ...(config.only_changed === true ? [`only_changed: ${counts.unchanged} left out`] : []),
    ...(config.policies === undefined ? [] : [`policies: ${config.policies.length}`]),
  ]
  return `verdict ${paint(verdict)} (${said.join(', ')})`
}

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`
