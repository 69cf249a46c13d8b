import { type Answer, ASK, FAILED, ofStrings, type Paths, plainInteger } from './answer.ts'
import { parseDuration } from './duration.ts'
import { kept } from './kept.ts'
import { formatMoment, layoutPattern, type Moment, namedLayouts, weekdays } from './layout.ts'
import { isArray, isNumber, numberOf, type Value } from './value.ts'

// OPA: v1/topdown/time.go. Zones other than UTC are for Go, which has its own table of them.

const billion = 1_000_000_000n
const latest = 2n ** 63n - 1n
const dayMs = 86_400_000

/** The nanoseconds since 1970 in an argument, with a layout where one is given. */
const momentIn = (
  value: Value | undefined,
): { readonly ns: bigint; readonly layout: string } | typeof ASK | typeof FAILED => {
  if (value === undefined || value === null || typeof value !== 'object') return FAILED
  if (!isArray(value)) return isNumber(value) ? nanoseconds(value.number, '') : FAILED
  const [ns, zone = '', layout = ''] = value
  if (ns === undefined || ns === null || typeof ns !== 'object' || !isNumber(ns)) return FAILED
  if (typeof zone !== 'string' || typeof layout !== 'string') return FAILED
  return zone === '' || zone === 'UTC' ? nanoseconds(ns.number, layout) : ASK
}

const nanoseconds = (text: string, layout: string) => {
  if (!/^-?\d{1,19}$/.test(text)) return ASK
  const ns = BigInt(text)
  return BigInt.asIntN(64, ns) === ns ? { ns, layout } : ASK
}

const momentOf = (ns: bigint): Moment => {
  const nanosecond = ((ns % billion) + billion) % billion
  const date = new Date(Number((ns - nanosecond) / 1_000_000n))
  const year = date.getUTCFullYear()
  return {
    year,
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    nanosecond: Number(nanosecond),
    weekday: date.getUTCDay(),
    yearDay: Math.floor((date.getTime() - Date.UTC(year, 0, 1)) / dayMs) + 1,
  }
}

/** A path on the moment in its only argument. */
const ofMoment =
  (path: (at: Moment, layout: string) => Answer) =>
  (value?: Value): Answer => {
    const found = momentIn(value)
    return found === ASK || found === FAILED ? found : path(momentOf(found.ns), found.layout)
  }

const inRange = (ns: bigint): Answer => (ns > latest || ns < -latest - 1n ? FAILED : { number: `${ns}` })

/** Go and JavaScript normalise months and days beyond their ends alike. */
const dateMs = (year: number, month: number, day: number): number => new Date(0).setUTCFullYear(year, month - 1, day)

const addDate = (...[value, ...parts]: readonly Value[]): Answer => {
  const found = momentIn(value)
  if (found === ASK || found === FAILED) return found
  if (!parts.every(isNumber)) return FAILED
  const [years, months, days] = parts.map(plainInteger)
  if (years === undefined || months === undefined || days === undefined) return ASK
  if (Math.max(Math.abs(years), Math.abs(months), Math.abs(days)) > 100_000) return ASK
  const at = momentOf(found.ns)
  const ms = dateMs(at.year + years, at.month + months, at.day + days)
  const timeOfDay = ((found.ns % 86_400_000_000_000n) + 86_400_000_000_000n) % 86_400_000_000_000n
  return inRange(BigInt(ms) * 1_000_000n + timeOfDay)
}

const diff = (...[a, b]: readonly Value[]): Answer => {
  const first = momentIn(a)
  const second = momentIn(b)
  if (first === FAILED || second === FAILED) return FAILED
  if (first === ASK || second === ASK) return ASK
  const [from, to] = first.ns > second.ns ? [second.ns, first.ns] : [first.ns, second.ns]
  const [x, y] = [momentOf(from), momentOf(to)]
  let [year, month, day] = [y.year - x.year, y.month - x.month, y.day - x.day]
  let [hour, minute, seconds] = [y.hour - x.hour, y.minute - x.minute, y.second - x.second]
  if (seconds < 0) [seconds, minute] = [seconds + 60, minute - 1]
  if (minute < 0) [minute, hour] = [minute + 60, hour - 1]
  if (hour < 0) [hour, day] = [hour + 24, day - 1]
  if (day < 0) [day, month] = [day + new Date(dateMs(x.year, x.month + 1, 0)).getUTCDate(), month - 1]
  if (month < 0) [month, year] = [month + 12, year - 1]
  return [year, month, day, hour, minute, seconds].map(numberOf)
}

const rfc3339 = '2006-01-02T15:04:05Z07:00'
const patternOf = kept(100, layoutPattern)

/** What is not plainly in the layout is for Go, which takes more than one would think. */
const parse = (layout: string, text: string): Answer => {
  const groups = patternOf(layout)?.exec(text)?.groups
  if (groups === undefined) return ASK
  const {
    year = '0',
    month = '1',
    day = '1',
    hour = '0',
    minute = '0',
    second = '0',
    fraction = '',
    zone = 'Z',
  } = groups
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return ASK
  const ms = dateMs(Number(year), Number(month), Number(day))
  const date = new Date(ms)
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return ASK
  const [zoneHour = 0, zoneMinute = 0] = zone === 'Z' ? [] : zone.slice(1).split(':').map(Number)
  if (zoneHour > 23 || zoneMinute > 59) return ASK
  const offset = (zoneHour * 60 + zoneMinute) * (zone.startsWith('-') ? -1 : 1)
  const seconds = ms / 1000 + (Number(hour) * 60 + Number(minute) - offset) * 60 + Number(second)
  return inRange(BigInt(seconds) * billion + BigInt(fraction.slice(0, 9).padEnd(9, '0')))
}

export const time: Paths = {
  'time.clock': ofMoment(({ hour, minute, second }) => [hour, minute, second].map(numberOf)),
  'time.date': ofMoment(({ year, month, day }) => [year, month, day].map(numberOf)),
  'time.weekday': ofMoment(({ weekday }) => weekdays[weekday] ?? ASK),
  'time.format': ofMoment((at, layout) =>
    formatMoment(at, layout === '' ? '2006-01-02T15:04:05.999999999Z07:00' : (namedLayouts.get(layout) ?? layout)),
  ),
  'time.add_date': addDate,
  'time.diff': diff,
  'time.parse_rfc3339_ns': ofStrings((text = '') => (/^\d{4}-/.test(text) ? parse(rfc3339, text) : FAILED)),
  'time.parse_ns': ofStrings((layout = '', text = '') => parse(namedLayouts.get(layout) ?? layout, text)),
  'time.parse_duration_ns': ofStrings((text = '') => parseDuration(text)),
}
