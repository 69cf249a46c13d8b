import { type Answer, ASK, FAILED, ofStrings, type Paths } from './answer.ts'

// OPA: v1/topdown/parse_units.go and parse_bytes.go. Numbers as people write them; signs, exponents and long fractions are
// for Go.

const powers = ['', 'k', 'm', 'g', 't', 'p', 'e']

/** What a unit stands for: `x` and, with `i`, its binary sibling. */
const factors = new Map<string, bigint>(
  powers.flatMap((letter, power): [string, bigint][] =>
    letter === ''
      ? [['', 1n]]
      : [
          [letter, 1000n ** BigInt(power)],
          [`${letter}i`, 1024n ** BigInt(power)],
        ],
  ),
)

const amount = /^(\d+)(?:\.(\d{1,9}))?([a-zA-Z]*)$/
const digits = 9

/** The number as an integer of billionths, and its unit. */
const parts = (text: string): readonly [billionths: bigint, unit: string] | typeof ASK | typeof FAILED => {
  if (!/^[\d.eE+-][^ ]*$/s.test(text)) return FAILED
  const [, whole, fraction = '', unit = ''] = amount.exec(text) ?? []
  if (whole === undefined || whole.length > 18) return ASK
  // An `e` before a digit would be an exponent, and none can follow here.
  return [BigInt(whole + fraction.padEnd(digits, '0')), unit]
}

const billion = 10n ** BigInt(digits)

const units = (text: string): Answer => {
  const found = parts(text.replaceAll('"', ''))
  if (found === ASK || found === FAILED) return found
  const [billionths, unit] = found
  // `m` alone is a thousandth, which OPA has as the nearest binary fraction.
  if (unit === 'm') return ASK
  // Only the first letter may be of either case, but none of these is of the second alone.
  const factor = factors.get(unit.toLowerCase())
  if (factor === undefined) return FAILED
  const value = billionths * factor
  if (value % billion === 0n) return { number: `${value / billion}` }
  const text10 = `${value % billion}`.padStart(digits, '0')
  return { number: `${value / billion}.${text10}0` }
}

const bytes = (text: string): Answer => {
  const found = parts(text.toLowerCase().replaceAll('"', ''))
  if (found === ASK || found === FAILED) return found
  const [billionths, unit] = found
  // OPA counts in floats of 64 bits: integers that fit are exact, and so is what follows from them.
  if (billionths % billion !== 0n) return ASK
  const factor = factors.get(unit.endsWith('b') ? unit.slice(0, -1) : unit)
  if (factor === undefined || unit === 'b') return FAILED
  const value = (billionths / billion) * factor
  return value < 2n ** 64n ? { number: `${value}` } : ASK
}

export const unitsPaths: Paths = {
  'units.parse': ofStrings((text = '') => units(text)),
  'units.parse_bytes': ofStrings((text = '') => bytes(text)),
}
