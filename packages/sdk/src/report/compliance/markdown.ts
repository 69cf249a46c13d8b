import type { ComplianceReport, Control } from './model.ts'
import { summary, tally, TOLD } from './words.ts'

/** Returns a compliance report as Markdown, as GitHub shows it: a table of the controls, then what was found under each. */
export const renderComplianceMarkdown = (report: ComplianceReport): string => {
  const [head = '', ...rest] = summary(report)
  const found = report.controls.filter((control) => told(control).length > 0)
  const judged = report.decision !== undefined
  return `${[
    `# ${text(head)}`,
    rest.map((line) => `- ${text(line)}`).join('\n'),
    ...report.notes.map((note) => `> ${text(note)}`),
    '## Controls',
    table(
      [...(judged ? ['status'] : []), 'control', 'title', 'policies'],
      report.controls.map((control) => [
        ...(control.status === undefined ? [] : [`**${control.status}**`]),
        text(control.id),
        text(control.title),
        tally(control),
      ]),
    ),
    ...(found.length === 0 ? [] : [judged ? '## What was found' : '## Policies', ...found.map(section)]),
    ...(report.uncovered.length === 0
      ? []
      : [
          '## Controls that no policy asks for',
          `<details><summary>${report.uncovered.length} ids</summary>`,
          table(
            ['control', 'title'],
            report.uncovered.map(({ id, title }) => [text(id), text(title)]),
          ),
          '</details>',
        ]),
  ].join('\n\n')}\n`
}

const told = ({ policies }: Control) => policies.filter(({ status }) => status === undefined || TOLD.includes(status))

const section = (control: Control): string =>
  [
    `### ${text(`${control.id} ${control.title}`.trim())}`,
    told(control)
      .flatMap(({ status, id, title, places }) => [
        `- ${status === undefined ? '' : `**${status}** `}${code(id)}: ${text(title)}`,
        ...places.map((place) => `  - ${code(place)}`),
      ])
      .join('\n'),
  ].join('\n\n')

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

/** A text that is not to be taken for Markdown or HTML. */
const text = (value: string): string =>
  value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*_[\]|#~]/g, '\\$&')

/** A name or an address, in which nothing is Markdown; a table's line has to be escaped even there. */
const code = (value: string): string => {
  const longest = Math.max(0, ...(value.match(/`+/g) ?? []).map(({ length }) => length))
  const fence = '`'.repeat(longest + 1)
  const pad = longest > 0 ? ' ' : ''
  return `${fence}${pad}${value}${pad}${fence}`
}
