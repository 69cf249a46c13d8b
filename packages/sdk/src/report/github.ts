import type { Decision } from '../decision/schema.ts'
import { entriesOf, type Entry, type ReportOptions, waiverText } from './entries.ts'
import { summaryOf } from './summary.ts'

/**
 * Returns decisions as workflow commands, one a line, which GitHub shows beside the lines of the sources, and then conftest's
 * summary. GitHub shows ten errors and ten warnings of a step; what fails comes first.
 *
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions#setting-an-error-message
 */
export const renderGithub = (decisions: readonly Decision[], options: ReportOptions): string => {
  const lines = entriesOf(decisions, options).map(command)
  return [...lines, ...summaryOf(decisions, options.names), ''].join('\n')
}

const levels = { fail: 'error', warn: 'warning', undecided: 'notice', waived: 'notice' } as const

const command = ({ kind, finding, waiver, policy }: Entry): string => {
  const { id, severity, msg, remediation, location } = finding
  const place: readonly (readonly [string, string | number])[] =
    location === undefined
      ? []
      : [
          ['file', location.file],
          ['line', location.line],
          ['endLine', location.endLine],
          // Columns are taken only where the annotation is about a single line.
          ...(location.line === location.endLine
            ? ([
                ['col', location.column],
                ['endColumn', location.endColumn],
              ] as const)
            : []),
        ]
  const alias = policy?.aliases[0] === undefined ? '' : ` (${policy.aliases[0]})`
  const properties = [...place, ['title', `${severity.toUpperCase()} ${id}${alias}`] as const]
  const text = [
    msg.trim(),
    ...(waiver === undefined ? [] : [`waived ${waiverText(waiver)}`]),
    ...(remediation === '' ? [] : [`fix: ${remediation}`]),
  ].join('\n')
  return `::${levels[kind]} ${properties.map(([name, value]) => `${name}=${property(String(value))}`).join(',')}::${data(text)}`
}

// As the runner decodes them: ActionCommand.cs, UnescapeData and UnescapeProperty.
const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
