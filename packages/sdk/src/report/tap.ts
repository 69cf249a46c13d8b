import type { Decision } from '../decision/schema.ts'
import { entriesOf, type Entry, oneLine, passedOf, type ReportOptions, waiverText } from './entries.ts'
import { attributePath } from './wrap.ts'

/**
 * Returns decisions as TAP 13, https://testanything.org/tap-version-13-specification.html: a point for each finding, with what a
 * reader needs as YAML, and one for each policy that found nothing. What warns is `not ok … # todo`, which fails no run.
 */
export const renderTap = (decisions: readonly Decision[], options: ReportOptions): string => {
  const many = decisions.length > 1
  const points = decisions.flatMap((decision, at) => {
    const name = options.names[at] ?? '-'
    const prefix = many ? `${name}: ` : ''
    const entries = entriesOf([decision], { ...options, names: [name] })
    return [
      ...entries.map((entry) => pointOf(entry, prefix)),
      ...passedOf(decision, options.catalogue).map(({ id, title }) => ({
        head: `ok`,
        text: `${prefix}${id}: ${title}`,
        rest: '',
      })),
    ]
  })
  const lines = points.map(({ head, text, rest }, at) => `${head} ${at + 1} - ${plain(text)}${rest}`)
  return ['TAP version 13', `1..${points.length}`, ...lines, ''].join('\n')
}

const pointOf = (entry: Entry, prefix: string) => {
  const { kind, finding, waiver } = entry
  const text = `${prefix}${finding.id}: ${oneLine(finding.msg)}`
  if (kind === 'fail') return { head: 'not ok', text, rest: `\n${yamlOf(entry)}` }
  if (kind === 'warn') return { head: 'not ok', text, rest: ` # todo warning\n${yamlOf(entry)}` }
  const why = waiver === undefined ? 'undecided until apply' : `waived ${plain(oneLine(waiverText(waiver)))}`
  return { head: 'ok', text, rest: ` # SKIP ${why}` }
}

/** A description in which nothing begins a directive. */
const plain = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('#', String.raw`\#`)

const yamlOf = ({ finding: { severity, address, path, remediation, location }, policy }: Entry): string => {
  const rows = {
    severity,
    at: [address, attributePath(path)].filter((part) => part !== '').join(' → '),
    in: location === undefined ? '' : `${location.file}:${location.line}:${location.column}`,
    why: oneLine(policy?.description ?? ''),
    fix: oneLine(remediation),
  }
  const said = Object.entries(rows).filter(([, value]) => value !== '')
  // Strings of JSON are strings of YAML.
  return ['  ---', ...said.map(([key, value]) => `  ${key}: ${JSON.stringify(value)}`), '  ...'].join('\n')
}
