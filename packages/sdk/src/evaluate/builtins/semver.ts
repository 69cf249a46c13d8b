import { FAILED, ofStrings, type Paths } from './answer.ts'
import { compareText } from '../value/quote.ts'
import { numberOf } from './value.ts'

// OPA: internal/semver/semver.go. Stricter in one way and laxer in another than npm's semver: a leading `v` is taken, and
// so are numbers up to 2^63 - 1.

interface Version {
  readonly numbers: readonly bigint[]
  readonly preRelease: string
}

const identifiers = /^[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*$/
const most = 2n ** 63n - 1n

const parse = (text: string): Version | undefined => {
  const [beforeMetadata, metadata] = cut(text.startsWith('v') ? text.slice(1) : text, '+')
  if (metadata !== undefined && !identifiers.test(metadata)) return undefined
  const [plain, preRelease] = cut(beforeMetadata, '-')
  if (preRelease !== undefined && !isPreRelease(preRelease)) return undefined
  const parts = plain.split('.')
  if (parts.length !== 3 || !parts.every((part) => /^(?:0|[1-9]\d*)$/.test(part))) return undefined
  const numbers = parts.map(BigInt)
  return numbers.some((number) => number > most) ? undefined : { numbers, preRelease: preRelease ?? '' }
}

const cut = (text: string, separator: string): readonly [string, string | undefined] => {
  const at = text.indexOf(separator)
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}

const isPreRelease = (text: string): boolean =>
  identifiers.test(text) && text.split('.').every((part) => !/^0\d+$/.test(part))

const compareVersions = (a: Version, b: Version): number => {
  for (const [at, number] of a.numbers.entries()) {
    const other = b.numbers[at] ?? 0n
    if (number !== other) return number > other ? 1 : -1
  }
  if (a.preRelease === b.preRelease) return 0
  if (a.preRelease === '') return 1
  if (b.preRelease === '') return -1
  const mine = a.preRelease.split('.')
  const others = b.preRelease.split('.')
  for (const [at, part] of mine.entries()) {
    const other = others[at]
    if (other === undefined) return 1
    const order = compareParts(part, other)
    if (order !== 0) return order
  }
  return mine.length < others.length ? -1 : 0
}

const compareParts = (a: string, b: string): number => {
  const aIsNumber = /^\d+$/.test(a)
  if (aIsNumber !== /^\d+$/.test(b)) return aIsNumber ? -1 : 1
  if (!aIsNumber) return Math.sign(compareText(a, b))
  // Go takes what is too large for the largest that there is.
  const [x, y] = [least(BigInt(a)), least(BigInt(b))]
  return x === y ? 0 : x > y ? 1 : -1
}

const least = (value: bigint): bigint => (value > most ? most : value)

export const semver: Paths = {
  'semver.is_valid': (text) => typeof text === 'string' && parse(text) !== undefined,
  'semver.compare': ofStrings((a = '', b = '') => {
    const [left, right] = [parse(a), parse(b)]
    return left === undefined || right === undefined ? FAILED : numberOf(compareVersions(left, right))
  }),
}
