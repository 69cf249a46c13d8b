import type { Palette } from '../text.ts'
import { wrap } from '../wrap.ts'
import type { ComplianceReport, Control, Status } from './model.ts'
import { summary, tally, TOLD } from './words.ts'

/** How the text looks. */
export interface ComplianceTextOptions {
  readonly color: Palette
  /** Where prose wraps. Default 100. */
  readonly columns?: number
}

/**
 * Returns a compliance report as text: what was judged, each control with the policies that found something, and the ids of
 * the framework that no policy asks for, where they are many by family.
 */
export const renderComplianceText = (
  report: ComplianceReport,
  { color, columns = 100 }: ComplianceTextOptions,
): string => {
  const width = Math.min(columns, 120)
  const [head = '', ...rest] = summary(report)
  const longest = Math.max(0, ...report.controls.map(({ id }) => id.length))
  return `${[
    [color.bold(head), ...rest].join('\n'),
    ...report.controls.map((control) => block(control, longest, width, color)),
    ...(report.uncovered.length === 0 ? [] : [['No policy asks for', ...uncovered(report, width)].join('\n')]),
    report.notes.flatMap((note) => wrap(note, width)).join('\n'),
  ].join('\n\n')}\n`
}

const block = (control: Control, longest: number, width: number, color: Palette): string => {
  const { id, title, status, policies } = control
  const label = status === undefined ? '' : `${painted(status, status.toUpperCase().padEnd(14), color)}  `
  const indent = ' '.repeat((status === undefined ? 0 : 16) + longest + 2)
  const told = policies.filter((policy) => policy.status === undefined || TOLD.includes(policy.status))
  const [first = '', ...more] = wrap(title, Math.max(24, width - indent.length))
  return [
    `${label}${color.bold(id.padEnd(longest))}  ${first}`.trimEnd(),
    ...[...more, tally(control)].map((line) => `${indent}${color.dim(line)}`),
    ...told.flatMap((policy) => [
      `  ${policy.status === undefined ? '' : `${painted(policy.status, policy.status.padEnd(12), color)}  `}${policy.id}: ${policy.title}`,
      ...policy.places.map((place) => `                ${color.dim('at')} ${place}`),
    ]),
  ].join('\n')
}

/** How many ids are told one by one. */
const MANY = 60

const uncovered = ({ uncovered: ids }: ComplianceReport, width: number): readonly string[] => {
  if (ids.length <= MANY) return ids.map(({ id, title }) => `  ${id}${title === '' ? '' : `  ${title}`}`)
  const families = new Map<string, number>()
  for (const { id } of ids) {
    const family = /^[A-Za-z]+(?:\.T\d{2})?|^\d+/.exec(id)?.[0] ?? id
    families.set(family, (families.get(family) ?? 0) + 1)
  }
  const counts = [...families].map(([family, many]) => `${family}:${many}`).join(', ')
  return wrap(`${ids.length} ids, which \`-o markdown\`, \`html\` and \`json\` name: ${counts}`, width - 2).map(
    (line) => `  ${line}`,
  )
}

const painted = (status: Status, text: string, color: Palette): string => {
  const paint = {
    fail: color.red,
    warn: color.yellow,
    undecided: color.magenta,
    waived: color.cyan,
    unchanged: color.yellow,
    pass: color.green,
    inactive: color.yellow,
    'not applicable': color.dim,
    'not asked': color.dim,
  }[status]
  return paint(text)
}
