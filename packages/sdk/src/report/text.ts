import { type PolicyEntry, readArgument, readOptions } from '@plangate/bundle'
import type { AppliedWaiver, Decision, Finding, Location } from '../decision/schema.ts'
import type { Excerpt } from '../source/excerpt.ts'
import { attributePath, wrap } from './wrap.ts'

/** The colours of a report, each a function from text to coloured text. `picocolors` is one. */
export interface Palette {
  readonly bold: (text: string) => string
  readonly cyan: (text: string) => string
  readonly dim: (text: string) => string
  readonly green: (text: string) => string
  readonly magenta: (text: string) => string
  readonly red: (text: string) => string
  readonly yellow: (text: string) => string
}

/** How a report looks, and what it may say beside the decisions. */
export interface TextOptions {
  /** What each plan is called, in the order of the decisions. */
  readonly names: readonly string[]
  /** Descriptions and aliases of the policies. */
  readonly catalogue?: readonly PolicyEntry[]
  /** Unless given, the text is plain. */
  readonly color?: Palette
  /** Where long lines wrap. Default 100. The lines that conftest would print never do. */
  readonly columns?: number
  /** What stands at a location, as `Sources` gives it. Unless given, only file, line and column are told. */
  readonly excerpt?: (location: Location) => Excerpt | undefined
}

/** Excerpts for one policy: whoever has to mend more places has seen enough. */
const MOST_EXCERPTS = 3

const same = (text: string): string => text
const PLAIN: Palette = { bold: same, cyan: same, dim: same, green: same, magenta: same, red: same, yellow: same }

type Kind = 'FAIL' | 'WARN' | 'UNDECIDED' | 'EXCP'

interface Entry {
  readonly kind: Kind
  readonly finding: Finding
  readonly waiver?: AppliedWaiver
}

/**
 * Returns decisions as text: conftest's line for each finding, then once for all findings of a policy what a reader
 * needs to mend them, and in the end conftest's summary and one line with the verdict for each plan.
 *
 * No colour, no width and no order depends on where it runs, only on the options.
 */
export const renderText = (decisions: readonly Decision[], given: TextOptions): string => {
  const options = readOptions('options', given, {
    names: 'strings',
    catalogue: 'list',
    color: 'object',
    columns: 'number',
    excerpt: 'function',
  })
  return readArgument('decisions', () => rendered(decisions, { names: [], ...options }))
}

const rendered = (decisions: readonly Decision[], options: TextOptions): string => {
  const { names, catalogue = [], color = PLAIN, columns = 100, excerpt } = options
  const byId = new Map(catalogue.map((entry) => [entry.id, entry]))
  const blocks = decisions.flatMap((decision, at) =>
    groupsOf(decision).map((group) => block(names[at] ?? '-', group, byId, color, columns, excerpt)),
  )
  const verdicts = decisions.map((decision, at) =>
    verdictLine(decision, decisions.length > 1 ? names[at] : undefined, color),
  )
  return `${[...blocks, [summary(decisions, color), ...verdicts].join('\n')].join('\n\n')}\n`
}

const groupsOf = (decision: Decision): readonly (readonly [Entry, ...Entry[]])[] => {
  const entries: readonly Entry[] = [
    ...decision.findings.map(
      ({ status, ...finding }): Entry => ({ kind: status === 'fail' ? 'FAIL' : 'WARN', finding }),
    ),
    ...decision.undecided.map((finding): Entry => ({ kind: 'UNDECIDED', finding })),
    ...decision.waived.map(({ waiver, ...finding }): Entry => ({ kind: 'EXCP', finding, waiver })),
  ]
  const groups = new Map<string, [Entry, ...Entry[]]>()
  for (const entry of entries) {
    const { id, severity, title, remediation } = entry.finding
    // A user's rule gives each message a title of its own, and its findings stay together all the same.
    const detail = entry.finding.title === titleOf(entry.finding.msg) ? '' : title
    const key = JSON.stringify([entry.kind, id, severity, detail, remediation, entry.waiver])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [entry])
    else group.push(entry)
  }
  const order: readonly Kind[] = ['FAIL', 'WARN', 'UNDECIDED', 'EXCP']
  return [...groups.values()].sort(([a], [b]) => order.indexOf(a.kind) - order.indexOf(b.kind))
}

const titleOf = (msg: string): string => msg.trim().split('\n')[0] ?? ''

const block = (
  name: string,
  group: readonly [Entry, ...Entry[]],
  byId: ReadonlyMap<string, PolicyEntry>,
  color: Palette,
  columns: number,
  excerpt: TextOptions['excerpt'],
): string => {
  const [{ kind, finding, waiver }] = group
  const policy = byId.get(finding.id)
  const paint = { FAIL: color.red, WARN: color.yellow, UNDECIDED: color.magenta, EXCP: color.cyan }[kind]
  const namespace = policy === undefined ? finding.id.split('/').slice(0, -1).join('.') : 'plangate.main'
  const lines = group.map((entry) => `${paint(kind)} - ${name} - ${namespace} - ${oneLine(entry.finding.msg)}`)
  const alias = policy?.aliases[0] === undefined ? '' : ` (${policy.aliases[0]})`
  const title = finding.title === titleOf(finding.msg) ? '' : `: ${finding.title}`
  const row = (label: string, texts: readonly string[]): readonly string[] =>
    texts.map((text, at) => `  ${color.dim((at === 0 ? label : '').padEnd(6))} ${text}`)
  const prose = (label: string, text = ''): readonly string[] =>
    text.trim() === '' ? [] : row(label, wrap(text, columns - 9))
  return [
    ...lines,
    `  ${color.bold(finding.severity.toUpperCase())} ${finding.id}${alias}${title}`,
    ...row('at', placesOf(group)),
    ...sourceRows(group, color, excerpt),
    ...prose('why', policy?.description),
    ...prose('fix', finding.remediation),
    ...(waiver === undefined ? [] : prose('waived', waiverText(waiver))),
  ].join('\n')
}

const placesOf = (group: readonly Entry[]): readonly string[] => {
  const places = group.map(({ finding: { address, path } }) =>
    [address, attributePath(path)].filter((part) => part !== '').join(' → '),
  )
  return [...new Set(places)].filter((place) => place !== '')
}

/** Where the sources say it, each place once, and what stands at the first of them. */
const sourceRows = (
  group: readonly Entry[],
  color: Palette,
  excerpt: TextOptions['excerpt'] = () => undefined,
): readonly string[] => {
  const locations = new Map(
    group.flatMap(({ finding: { location } }) =>
      location === undefined ? [] : [[placeText(location), location] as const],
    ),
  )
  const margin = (label: string) => `  ${color.dim(label.padEnd(6))} `
  return [...locations].flatMap(([place, location], at) => {
    const shown = at < MOST_EXCERPTS ? (excerpt(location)?.lines ?? []) : []
    const width = String(shown.at(-1)?.line ?? '').length
    const gutter = (number: string) => `${margin('')}  ${color.dim(`${number.padStart(width)} |`)} `
    return [
      `${margin(at === 0 ? 'in' : '')}${color.cyan(place)}`,
      ...shown.flatMap(({ line, text, from, to }, nth) => [
        `${gutter(String(line))}${text}`,
        ...(to > from && nth === 0 ? [`${gutter('')}${' '.repeat(from)}${color.red('^'.repeat(to - from))}`] : []),
      ]),
    ]
  })
}

const placeText = ({ file, line, column, calls }: Location): string =>
  [`${file}:${line}:${column}`, ...calls.toReversed().map((call) => `${call.file}:${call.line}`)].join(' ← ')

const waiverText = ({ owner, reason, ticket, expires }: AppliedWaiver): string =>
  [`by ${owner}: ${reason}`, ticket, expires === undefined ? undefined : `until ${expires}`]
    .filter((part) => part !== undefined)
    .join(', ')

const oneLine = (text: string): string => text.trim().replaceAll(/\s+/g, ' ')

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`

/** conftest's last line. A policy is a test, passed when it found nothing, and so is each finding. */
const summary = (decisions: readonly Decision[], color: Palette): string => {
  const sum = (of: (decision: Decision) => number): number => decisions.reduce((total, one) => total + of(one), 0)
  const [failures, warnings] = [sum(({ counts }) => counts.fail), sum(({ counts }) => counts.warn)]
  const [exceptions, undecided] = [sum(({ counts }) => counts.waived), sum(({ counts }) => counts.undecided)]
  const passed = sum(({ counts, findings, undecided: open, waived }) => {
    const found = new Set([...findings, ...open, ...waived].map(({ id }) => id))
    return Math.max(0, counts.policies - found.size)
  })
  const text = [
    plural(passed + failures + warnings + exceptions + undecided, 'test'),
    `${passed} passed`,
    plural(warnings, 'warning'),
    plural(failures, 'failure'),
    plural(exceptions, 'exception'),
    ...(undecided === 0 ? [] : [`${undecided} undecided`]),
  ].join(', ')
  return (failures > 0 ? color.red : warnings + undecided > 0 ? color.yellow : color.green)(text)
}

const verdictLine = ({ verdict, config }: Decision, name: string | undefined, color: Palette): string => {
  const paint = { fail: color.red, undecided: color.magenta, pass: color.green }[verdict]
  const open = config.undecided === 'warn' ? '' : `, undecided: ${config.undecided}`
  const prefix = name === undefined ? '' : `${name}: `
  return `${prefix}verdict ${color.bold(paint(verdict))} (environment: ${config.environment}, fail_on: ${config.fail_on}${open})`
}
