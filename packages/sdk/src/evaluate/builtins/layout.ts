import { literalPattern } from '../value/literal.ts'
import { kept } from './kept.ts'

/** A moment in UTC, in the parts that layouts show. */
export interface Moment {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly nanosecond: number
  readonly weekday: number
  readonly yearDay: number
}

export const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** The layouts that OPA knows by name: Go's constants. */
export const namedLayouts = new Map([
  ['ANSIC', 'Mon Jan _2 15:04:05 2006'],
  ['UnixDate', 'Mon Jan _2 15:04:05 MST 2006'],
  ['RubyDate', 'Mon Jan 02 15:04:05 -0700 2006'],
  ['RFC822', '02 Jan 06 15:04 MST'],
  ['RFC822Z', '02 Jan 06 15:04 -0700'],
  ['RFC850', 'Monday, 02-Jan-06 15:04:05 MST'],
  ['RFC1123', 'Mon, 02 Jan 2006 15:04:05 MST'],
  ['RFC1123Z', 'Mon, 02 Jan 2006 15:04:05 -0700'],
  ['RFC3339', '2006-01-02T15:04:05Z07:00'],
  ['RFC3339Nano', '2006-01-02T15:04:05.999999999Z07:00'],
])

const two = (value: number): string => `${value}`.padStart(2, '0')
const twelve = (hour: number): number => hour % 12 || 12

/** What each element of a layout shows in UTC. */
const elements: Readonly<Record<string, (at: Moment) => string>> = {
  January: ({ month }) => months[month - 1] ?? '',
  Jan: ({ month }) => months[month - 1]?.slice(0, 3) ?? '',
  Monday: ({ weekday }) => weekdays[weekday] ?? '',
  Mon: ({ weekday }) => weekdays[weekday]?.slice(0, 3) ?? '',
  MST: () => 'UTC',
  '2006': ({ year }) => `${year}`.padStart(4, '0'),
  '01': ({ month }) => two(month),
  '02': ({ day }) => two(day),
  '03': ({ hour }) => two(twelve(hour)),
  '04': ({ minute }) => two(minute),
  '05': ({ second }) => two(second),
  '06': ({ year }) => two(year % 100),
  '002': ({ yearDay }) => `${yearDay}`.padStart(3, '0'),
  '15': ({ hour }) => two(hour),
  '1': ({ month }) => `${month}`,
  '2': ({ day }) => `${day}`,
  _2: ({ day }) => `${day}`.padStart(2),
  __2: ({ yearDay }) => `${yearDay}`.padStart(3),
  '3': ({ hour }) => `${twelve(hour)}`,
  '4': ({ minute }) => `${minute}`,
  '5': ({ second }) => `${second}`,
  PM: ({ hour }) => (hour >= 12 ? 'PM' : 'AM'),
  pm: ({ hour }) => (hour >= 12 ? 'pm' : 'am'),
  '-070000': () => '+000000',
  '-07:00:00': () => '+00:00:00',
  '-0700': () => '+0000',
  '-07:00': () => '+00:00',
  '-07': () => '+00',
  Z070000: () => 'Z',
  'Z07:00:00': () => 'Z',
  Z0700: () => 'Z',
  'Z07:00': () => 'Z',
  Z07: () => 'Z',
}

/** In the order in which Go's nextStdChunk (time/format.go) tries them at a place. */
const element =
  /January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|0[1-6]|002|15|1|2006|2|_(?=2006)|__2|_2|3|4|5|PM|pm|-070000|-07:00:00|-0700|-07:00|-07|Z070000|Z07:00:00|Z0700|Z07:00|Z07|[.,](?:0+|9+)(?!\d)/g

const splitter = new RegExp(`(${element.source})`)

/** Returns the moment in Go's layout. */
export const formatMoment = (at: Moment, layout: string): string => {
  let text = ''
  for (const part of partsOf(layout)) text += typeof part === 'string' ? part : part(at)
  return text
}

/** A layout as plain text and elements by turns. */
const partsOf = kept(100, (layout): readonly (string | ((at: Moment) => string))[] =>
  layout
    .split(splitter)
    .map((text, at) => (at % 2 === 0 ? text : (elements[text] ?? ((moment) => fraction(text, moment.nanosecond))))),
)

const fraction = (found: string, nanosecond: number): string => {
  const [separator = '', kind] = found
  if (kind === undefined) return found
  const digits = `${nanosecond}`.padStart(9, '0').slice(0, found.length - 1)
  if (kind === '0') return separator + digits
  const short = digits.replace(/0+$/, '')
  return short === '' ? '' : separator + short
}

/** The elements of fixed width, from which a moment can be read with certainty. */
const patterns: Readonly<Record<string, string>> = {
  '2006': '(?<year>\\d{4})',
  '01': '(?<month>\\d{2})',
  '02': '(?<day>\\d{2})',
  '15': '(?<hour>\\d{2})',
  '04': '(?<minute>\\d{2})',
  '05': '(?<second>\\d{2})',
  'Z07:00': '(?<zone>Z|[-+]\\d{2}:\\d{2})',
  '-07:00': '(?<zone>[-+]\\d{2}:\\d{2})',
}

/** Returns a pattern for texts in the layout, with a named group for each part; undefined where only Go can tell. */
export const layoutPattern = (layout: string): RegExp | undefined => {
  const found = [...layout.matchAll(element)].map(([text]) => text)
  if (new Set(found).size < found.length || !found.every((text) => text in patterns)) return undefined
  if (found.includes('Z07:00') && found.includes('-07:00')) return undefined
  const source = layout
    .split(splitter)
    .map((text, at) => (at % 2 === 1 ? patterns[text] : literalPattern(text)))
    .join('')
  return new RegExp(`^${source.replace('(?<second>\\d{2})', '(?<second>\\d{2})(?:\\.(?<fraction>\\d+))?')}$`)
}
