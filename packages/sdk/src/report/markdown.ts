import type { Decision, Location } from '../decision/schema.ts'
import { entriesOf, type Entry, groupsOf, oneLine, type ReportOptions, titleOf, waiverText } from './entries.ts'
import { cell, code, prose, table, text } from './marks.ts'
import { countsText } from './summary.ts'
import { attributePath } from './wrap.ts'

/** What GitHub takes in a comment; GitLab and Azure take more. */
const MOST_CHARACTERS = 65_536
const MOST_ROWS = 20
const MOST_PLACES = 20

/** By what a later run finds the comment of an earlier one. */
const MARKER = '<!-- plangate -->'

const signs = { fail: '❌', undecided: '❔', pass: '✅' } as const
const kinds = { fail: 'Fails', warn: 'Warns', undecided: 'Undecided until apply', waived: 'Waived' } as const

/**
 * Returns decisions as Markdown for the comment of a pull request: the verdict first, a table of at most 20 rows, then folded
 * what each policy says. Where that is longer than a comment may be, the last of the details are left out and counted.
 */
export const renderMarkdown = (decisions: readonly Decision[], options: ReportOptions): string => {
  const groups = groupsOf(entriesOf(decisions, options))
  const many = decisions.length > 1
  const head = [
    MARKER,
    ...decisions.map((decision, at) => verdictOf(decision, many ? options.names[at] : undefined)),
    text(countsText(decisions)),
    ...idle(decisions),
    ...overview(groups),
  ].join('\n\n')
  const details = groups.map((group) => detail(group, many, options.excerpt))
  return `${fitting(head, details)}\n`
}

type Group = readonly [Entry, ...Entry[]]

const verdictOf = ({ verdict, config }: Decision, name: string | undefined): string => {
  const of = name === undefined ? '' : ` ${code(name)}`
  return `### ${signs[verdict]} plangate: ${verdict}${of}\n\nenvironment ${config.environment}, fails from ${config.fail_on}`
}

const idle = (decisions: readonly Decision[]): readonly string[] => {
  const expired = new Set(
    decisions
      .flatMap(({ waivers }) => waivers.expired)
      .map((waiver) => `${waiver.policy} at ${waiver.address} ${waiverText(waiver)}`),
  )
  return expired.size === 0
    ? []
    : [[...expired].map((waiver) => `- **expired waiver** of ${text(oneLine(waiver))}`).join('\n')]
}

const overview = (groups: readonly Group[]): readonly string[] => {
  const rows = groups.filter(([{ kind }]) => kind !== 'waived')
  if (rows.length === 0) return []
  const shown = rows.slice(0, MOST_ROWS).map((group) => {
    const [{ kind, finding, policy }] = group
    const [first] = placesOf(group)
    const more = placesOf(group).length - 1
    const alias = policy?.aliases[0] === undefined ? '' : ` (${text(policy.aliases[0])})`
    return [
      kind === 'fail' ? '**fail**' : kind,
      finding.severity,
      `${text(finding.id)}${alias}: ${text(oneLine(finding.title))}`,
      `${first === undefined ? '' : cell(first)}${more > 0 ? ` and ${more} more` : ''}`,
    ]
  })
  const rest = rows.length - shown.length
  return [table(['', 'severity', 'policy', 'where'], shown), ...(rest > 0 ? [`and ${rest} policies more, below`] : [])]
}

const detail = (group: Group, many: boolean, excerpt: ReportOptions['excerpt']): string => {
  const [{ kind, finding, waiver, policy, plan }] = group
  const places = placesOf(group)
  const own = finding.title === titleOf(finding.msg)
  const location = group.find((entry) => entry.finding.location !== undefined)?.finding.location
  return [
    `<details><summary>${kinds[kind]}: ${escapedTag(`${finding.severity} ${finding.id}, ${oneLine(finding.title)}`)} (${group.length})</summary>`,
    ...(many ? [`in ${code(plan)}`] : []),
    ...(own
      ? [[...new Set(group.map((entry) => `- ${text(oneLine(entry.finding.msg))}`))].slice(0, MOST_PLACES).join('\n')]
      : []),
    ...(places.length === 0
      ? []
      : [
          places
            .slice(0, MOST_PLACES)
            .map((place) => `- ${code(place)}`)
            .join('\n'),
        ]),
    ...(places.length > MOST_PLACES ? [`and ${places.length - MOST_PLACES} places more`] : []),
    ...(location === undefined ? [] : source(location, excerpt)),
    ...(policy === undefined ? [] : [`**why** ${prose(oneLine(policy.description))}`]),
    ...(finding.remediation === '' ? [] : [`**fix** ${prose(oneLine(finding.remediation))}`]),
    ...(waiver === undefined ? [] : [`**waived** ${text(oneLine(waiverText(waiver)))}`]),
    '</details>',
  ].join('\n\n')
}

const source = (location: Location, excerpt: ReportOptions['excerpt']): readonly string[] => {
  const lines = excerpt?.(location)?.lines.map((line) => line.text) ?? []
  const fence = '`'.repeat(
    Math.max(3, ...lines.map((line) => 1 + Math.max(0, ...(line.match(/`+/g) ?? []).map(({ length }) => length)))),
  )
  return [
    `in ${code(`${location.file}:${location.line}`)}`,
    ...(lines.length === 0 ? [] : [`${fence}hcl\n${lines.join('\n')}\n${fence}`]),
  ]
}

const placesOf = (group: Group): readonly string[] => {
  const places = group.map(({ finding: { address, path } }) =>
    [address, attributePath(path)].filter((part) => part !== '').join(' → '),
  )
  return [...new Set(places)].filter((place) => place !== '')
}

/** A summary is HTML, in which Markdown means nothing. */
const escapedTag = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const left = (count: number): string => `\n\n_${count} more that did not fit are in the full report._`

/** The head with as many details as fit; a head that does not fit alone is cut at a line. */
const fitting = (head: string, details: readonly string[]): string => {
  const room = MOST_CHARACTERS - 2 * left(details.length).length
  if (head.length > room) return `${head.slice(0, head.lastIndexOf('\n', room))}${left(details.length)}`
  let whole = head
  for (const [at, one] of details.entries()) {
    if (whole.length + 2 + one.length > room) return `${whole}${left(details.length - at)}`
    whole += `\n\n${one}`
  }
  return whole
}
