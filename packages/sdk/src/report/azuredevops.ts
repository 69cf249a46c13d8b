import type { Decision } from '../decision/schema.ts'
import { entriesOf, type Entry, type ReportOptions } from './entries.ts'
import { summaryOf } from './summary.ts'

/**
 * Returns decisions as logging commands of Azure Pipelines, one a line, and then conftest's summary. What is waived is no issue.
 *
 * @see https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands#logissue-log-an-error-or-warning
 */
export const renderAzureDevops = (decisions: readonly Decision[], options: ReportOptions): string => {
  const entries = entriesOf(decisions, options).filter(({ kind }) => kind !== 'waived')
  return [...entries.map(command), ...summaryOf(decisions, options.names), ''].join('\n')
}

const command = ({ kind, finding, plan }: Entry): string => {
  const { id, msg, remediation, location } = finding
  const place =
    location === undefined
      ? [['sourcepath', plan] as const]
      : [
          ['sourcepath', location.file] as const,
          ['linenumber', String(location.line)] as const,
          ['columnnumber', String(location.column)] as const,
        ]
  const properties = [['type', kind === 'fail' ? 'error' : 'warning'] as const, ...place, ['code', id] as const]
  const text = [msg.trim(), ...(remediation === '' ? [] : [`fix: ${remediation}`])].join('\n')
  return `##vso[task.logissue ${properties.map(([name, value]) => `${name}=${property(value)}`).join(';')}]${data(text)}`
}

// As the agent decodes them: Command.cs, Unescape.
const data = (text: string): string => text.replaceAll('%', '%AZP25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

const property = (text: string): string => data(text).replaceAll(';', '%3B').replaceAll(']', '%5D')
