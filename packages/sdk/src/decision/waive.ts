import { literalPattern } from '../evaluate/value/literal.ts'
import type { Waiver } from '../input/config.ts'
import type { DecidedFinding, WaivedFinding } from './schema.ts'

/** Findings of a user's own rules, told apart by the waivers, and the places of those that cover one. */
export interface Told {
  readonly findings: readonly DecidedFinding[]
  readonly waived: readonly WaivedFinding[]
  readonly covering: ReadonlySet<number>
}

/**
 * Returns what waivers leave of the findings of a user's own rules, as the library's `lib/waivers` does for its own: the first
 * that covers a finding and holds. `policy` is the rule's path, as `main/deny`.
 */
export const waive = (findings: readonly DecidedFinding[], waivers: readonly Waiver[], today: string): Told => {
  const own = new Set(findings.map(({ id }) => id))
  const rows = waivers.flatMap((waiver, at) =>
    own.has(waiver.policy) ? [{ waiver, at, covers: matcherOf(waiver) }] : [],
  )
  const left: DecidedFinding[] = []
  const waived: WaivedFinding[] = []
  const covering = new Set<number>()
  for (const decided of findings) {
    const { status: _, ...finding } = decided
    const path = JSON.stringify(finding.path)
    const covered = rows.filter(
      ({ waiver, covers }) =>
        waiver.policy === finding.id &&
        covers(finding.address) &&
        (waiver.path === undefined || JSON.stringify(waiver.path) === path),
    )
    for (const { at } of covered) covering.add(at)
    const first = covered.find(({ waiver }) => holds(waiver, today))
    if (first === undefined) left.push(decided)
    else waived.push({ ...finding, waiver: applied(first.waiver) })
  }
  return { findings: left, waived, covering }
}

/** Returns whether a waiver has no last day, or `today` is no later. */
export const holds = ({ expires }: Waiver, today: string): boolean => expires === undefined || expires >= today

const matcherOf = ({ address, instances }: Waiver): ((address: string) => boolean) =>
  instances === true ? (one) => one.replaceAll(KEYS, '') === address : addressMatcher(address)

/** The keys of instances in an address. */
const KEYS = /\[(?:\d+|"(?:[^"\\]|\\.)*")\]/gs

const applied = ({
  policy: _policy,
  address: _address,
  path: _path,
  instances: _instances,
  ...rest
}: Waiver): WaivedFinding['waiver'] => rest

/** One character, also one that takes two code units. */
const ANY = String.raw`(?:[\uD800-\uDBFF][\uDC00-\uDFFF]|.)`

/**
 * Returns the test for addresses that a waiver's glob covers: `*` takes any characters, dots too, `?` one, `{a,b}` either, and a
 * backslash makes the next character plain. Brackets hold instance keys and are no classes.
 */
export const addressMatcher = (pattern: string): ((address: string) => boolean) => {
  let depth = 0
  const source = [...pattern.matchAll(/\\(.)|(.)/gsu)].map(([, escaped, character = '']) => {
    if (escaped !== undefined) return literalPattern(escaped)
    if (character === '*') return '.*'
    if (character === '?') return ANY
    if (character === '{') {
      depth += 1
      return '(?:'
    }
    if (character === '}' && depth > 0) {
      depth -= 1
      return ')'
    }
    return character === ',' && depth > 0 ? '|' : literalPattern(character)
  })
  if (depth > 0) return () => false
  const expression = new RegExp(`^(?:${source.join('')})$`, 's')
  return (address) => expression.test(address)
}
