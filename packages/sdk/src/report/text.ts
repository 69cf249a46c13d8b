import { readArgument, readOptions } from '@plangate/bundle'
import type { Decision, Location } from '../decision/schema.ts'
import type { Waiver } from '../input/config.ts'
import {
  entriesOf,
  type Entry,
  groupsOf,
  titleOf,
  type Kind,
  oneLine,
  type ReportOptions,
  waiverText,
} from './entries.ts'
import { countsText, verdictText } from './summary.ts'
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
export interface TextOptions extends ReportOptions {
  /** Unless given, the text is plain. */
  readonly color?: Palette
  /** Where long lines wrap. Default 100. The lines that conftest would print never do. */
  readonly columns?: number
}

/** Excerpts for one policy: whoever has to mend more places has seen enough. */
const MOST_EXCERPTS = 3

const same = (text: string): string => text
const PLAIN: Palette = { bold: same, cyan: same, dim: same, green: same, magenta: same, red: same, yellow: same }

const labels: Readonly<Record<Kind, string>> = { fail: 'FAIL', warn: 'WARN', undecided: 'UNDECIDED', waived: 'EXCP' }

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
  const { names, color = PLAIN, columns = 100, excerpt } = options
  const blocks = decisions.flatMap((decision, at) =>
    groupsOf(entriesOf([decision], { ...options, names: [names[at] ?? '-'] })).map((group) =>
      block(group, color, columns, excerpt),
    ),
  )
  return `${[...blocks, ending(decisions, names, color)].join('\n\n')}\n`
}

const block = (
  group: readonly [Entry, ...Entry[]],
  color: Palette,
  columns: number,
  excerpt: TextOptions['excerpt'],
): string => {
  const [{ kind, finding, waiver, plan, namespace, policy }] = group
  const paint = { fail: color.red, warn: color.yellow, undecided: color.magenta, waived: color.cyan }[kind]
  const lines = group.map((entry) => `${paint(labels[kind])} - ${plan} - ${namespace} - ${oneLine(entry.finding.msg)}`)
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

/** What is to be said of all decisions together. */
const ending = (decisions: readonly Decision[], names: readonly string[], color: Palette): string => {
  const failures = decisions.some(({ counts }) => counts.fail > 0)
  const open = decisions.some(({ counts }) => counts.warn + counts.undecided > 0)
  const counts = (failures ? color.red : open ? color.yellow : color.green)(countsText(decisions))
  const verdicts = decisions.map((decision, at) => {
    const paint = { fail: color.red, undecided: color.magenta, pass: color.green }[decision.verdict]
    const prefix = decisions.length > 1 ? `${names[at] ?? '-'}: ` : ''
    return `${prefix}${verdictText(decision, (text) => color.bold(paint(text)))}`
  })
  return [...idleWaivers(decisions, color), counts, ...verdicts].join('\n')
}

/** The waivers that do nothing, each once, before an empty line; of many in one file only how many they are. */
const idleWaivers = (decisions: readonly Decision[], color: Palette): readonly string[] => {
  const expired = new Map(
    decisions.flatMap(({ waivers }) => waivers.expired).map((waiver) => [waiverLine(waiver), waiver]),
  )
  const [first = [], ...rest] = decisions.map(({ waivers }) =>
    waivers.unused.map((waiver) => [waiverLine(waiver), waiver] as const),
  )
  // One that covers a finding in any of the plans does its work.
  const unused = new Map(first.filter(([text]) => rest.every((others) => others.some(([other]) => other === text))))
  const lines = [
    ...few(expired).map((text) => `${color.red('EXPIRED')} - ${text}`),
    ...few(unused).map((text) => `${color.yellow('UNUSED')} - ${text}`),
  ]
  return lines.length === 0 ? [] : [...lines, '']
}

const MOST_OF_A_FILE = 5

const few = (waivers: ReadonlyMap<string, Waiver>): readonly string[] => {
  const texts = new Map<string | undefined, string[]>()
  for (const [text, { source }] of waivers) texts.set(source, [...(texts.get(source) ?? []), text])
  return [...texts].flatMap(([source, all]) =>
    source === undefined || all.length <= MOST_OF_A_FILE ? all : [`${all.length} waivers of ${source}`],
  )
}

const waiverLine = (waiver: Waiver): string => {
  const at = [waiver.address, attributePath(waiver.path ?? [])].filter((part) => part !== '').join(' → ')
  return `waiver of ${waiver.policy} at ${at} ${waiverText(waiver)}`
}
