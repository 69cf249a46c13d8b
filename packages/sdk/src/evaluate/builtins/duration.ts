import { type Answer, ASK, FAILED } from './answer.ts'

const units = new Map([
  ['ns', 1n],
  ['us', 1_000n],
  ['µs', 1_000n],
  ['μs', 1_000n],
  ['ms', 1_000_000n],
  ['s', 1_000_000_000n],
  ['m', 60_000_000_000n],
  ['h', 3_600_000_000_000n],
])
/** What OPA adds to Go's units, in hours. */
const longUnits = new Map([
  ['d', 24n],
  ['w', 168n],
  ['y', 8760n],
])
const most = 2n ** 63n

/** Returns a duration in nanoseconds, as Go's `time.ParseDuration` and OPA's parseExtendedDuration (v1/topdown/time.go) do. */
export const parseDuration = (text: string): Answer => {
  const extended = /[dwy]/.test(text)
  const sign = /^[-+]/.exec(text)?.[0] ?? ''
  let rest = text.slice(sign.length)
  if (rest === '0') return extended ? ASK : { number: '0' }
  if (rest === '') return FAILED
  let total = 0n
  while (rest !== '') {
    const [all = '', whole = '', fraction, unit = ''] = /^(\d*)(?:\.(\d*))?([^.\d]*)/.exec(rest) ?? []
    if (all === '' || (whole === '' && !fraction) || unit === '') return FAILED
    // Where Go has digits of its own to lose, Go answers; and OPA's days take neither fractions nor other spellings.
    if (whole.length > 18 || (fraction ?? '').length > 15) return ASK
    if (extended && (fraction !== undefined || unit === 'μs' || whole.length > 12)) return ASK
    const hours = extended ? longUnits.get(unit) : undefined
    const factor = hours === undefined ? units.get(unit) : hours * 3_600_000_000_000n
    if (factor === undefined) return extended ? ASK : FAILED
    total += BigInt(whole) * factor
    if (fraction) total += BigInt(Math.floor(Number(fraction) * (Number(factor) / 10 ** fraction.length)))
    if (total > most) return FAILED
    rest = rest.slice(all.length)
  }
  if (sign === '-') return { number: `${-total}` }
  return total === most ? FAILED : { number: `${total}` }
}
