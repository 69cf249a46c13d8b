import { code, table, text } from '../marks.ts'
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
