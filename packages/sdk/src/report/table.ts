import type { Decision } from '../decision/schema.ts'
import { entriesOf, oneLine, type ReportOptions } from './entries.ts'
import { summaryOf } from './summary.ts'

const labels = { fail: 'failure', warn: 'warning', undecided: 'undecided', waived: 'exception' } as const

/** Returns decisions as a table with a row for each finding, its columns those of conftest and the severity, and a summary. */
export const renderTable = (decisions: readonly Decision[], options: ReportOptions): string => {
  const rows = entriesOf(decisions, options).map(({ kind, finding, plan }) => [
    labels[kind],
    finding.severity,
    plan,
    finding.id,
    oneLine(finding.msg),
  ])
  const head = ['RESULT', 'SEVERITY', 'FILE', 'POLICY', 'MESSAGE']
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map((row) => (row[at] ?? '').length)))
  const line = (left: string, middle: string, right: string) =>
    `${left}${widths.map((width) => '─'.repeat(width + 2)).join(middle)}${right}`
  const text = (cells: readonly string[]) =>
    `│${cells.map((cell, at) => ` ${cell.padEnd(widths[at] ?? 0)} `).join('│')}│`
  const table = [line('┌', '┬', '┐'), text(head), line('├', '┼', '┤'), ...rows.map(text), line('└', '┴', '┘')]
  return [...(rows.length === 0 ? [] : table), ...summaryOf(decisions, options.names), ''].join('\n')
}
