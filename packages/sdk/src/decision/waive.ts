import type { Waiver } from '../input/config.ts'
import { addressMatcher } from './glob.ts'
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
  const rows = new Map<string, Row[]>()
  for (const [at, waiver] of waivers.entries()) {
    if (!own.has(waiver.policy)) continue
    const key = keyOf(waiver)
    const row = { waiver, at, covers: matcherOf(waiver) }
    const others = rows.get(key)
    if (others === undefined) rows.set(key, [row])
    else others.push(row)
  }
  const left: DecidedFinding[] = []
  const waived: WaivedFinding[] = []
  const covering = new Set<number>()
  for (const decided of findings) {
    const { status: _, ...finding } = decided
    const path = JSON.stringify(finding.path)
    const near = [`${finding.id}\0${finding.address}`, finding.id].flatMap((key) => rows.get(key) ?? [])
    const covered = near
      .filter(
        ({ waiver, covers }) =>
          covers(finding.address) && (waiver.path === undefined || JSON.stringify(waiver.path) === path),
      )
      .sort((a, b) => a.at - b.at)
    for (const { at } of covered) covering.add(at)
    const first = covered.find(({ waiver }) => holds(waiver, today))
    if (first === undefined) left.push(decided)
    else waived.push({ ...finding, waiver: applied(first.waiver) })
  }
  return { findings: left, waived, covering }
}

interface Row {
  readonly waiver: Waiver
  /** Its place among the waivers. */
  readonly at: number
  readonly covers: (address: string) => boolean
}

/** What a waiver is found by: its policy, with its address where that is no glob, so that thousands cost no more than their length. */
const keyOf = ({ policy, address, instances }: Waiver): string =>
  instances !== true && !/[*?{\\]/.test(address) ? `${policy}\0${address}` : policy

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
