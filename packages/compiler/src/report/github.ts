import type { Diagnostic } from '../types.ts'

/**
 * Returns diagnostics as workflow commands, one a line, which GitHub shows beside the line of the source.
 *
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions#setting-an-error-message; GitHub takes
 * columns only where the annotation is about a single line.
 */
export const renderGithub = (diagnostics: readonly Diagnostic[]): string =>
  diagnostics.map((diagnostic) => `${command(diagnostic)}\n`).join('')

const command = ({
  code,
  severity,
  message,
  file,
  line,
  column,
  endLine,
  endColumn,
  details = [],
  hint,
}: Diagnostic) => {
  const place: readonly (readonly [string, string | number])[] = [
    ...(file === '' ? [] : [['file', file] as const]),
    ...(line === 0 ? [] : [['line', line] as const, ['endLine', endLine] as const]),
    ...(column === 0 || endLine !== line ? [] : [['col', column] as const, ['endColumn', endColumn] as const]),
    ['title', code],
  ]
  const properties = place.map(([name, value]) => `${name}=${property(String(value))}`).join(',')
  const text = [message, ...details, ...(hint === undefined ? [] : [`fix: ${hint}`])].join('\n')
  return `::${severity} ${properties}::${data(text)}`
}

// As the runner decodes them: ActionCommand.cs, UnescapeData and UnescapeProperty.
const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
