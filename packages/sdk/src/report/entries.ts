import { type PolicyEntry, sha256 } from '@plangate/bundle'
import type { AppliedWaiver, Decision, Finding, Location } from '../decision/schema.ts'
import { isOwnRule } from '../input/config.ts'
import type { Excerpt } from '../source/excerpt.ts'

/** What a report may say beside the decisions. */
export interface ReportOptions {
  /** What each plan is called, in the order of the decisions. */
  readonly names: readonly string[]
  /** Descriptions and aliases of the policies. */
  readonly catalogue?: readonly PolicyEntry[]
  /** What stands at a location, as `Sources` gives it. Unless given, only file, line and column are told. */
  readonly excerpt?: (location: Location) => Excerpt | undefined
}

/** What a finding does. */
export type Kind = 'fail' | 'warn' | 'undecided' | 'waived'

/** A finding of a decision with all that a report says about it. */
export interface Entry {
  readonly kind: Kind
  readonly finding: Finding
  readonly waiver: AppliedWaiver | undefined
  /** What its plan is called. */
  readonly plan: string
  /** What conftest calls so: `plangate.main` for the library, the package for a user's own rule. */
  readonly namespace: string
  readonly policy: PolicyEntry | undefined
  /** Whether the report is about other plans too, in which the same address may be found. */
  readonly isOfMany: boolean
}

/** Returns the findings of all decisions, plan by plan: what fails, what warns, what is undecided and what is waived. */
export const entriesOf = (
  decisions: readonly Decision[],
  { names, catalogue = [] }: ReportOptions,
): readonly Entry[] => {
  const byId = new Map(catalogue.map((entry) => [entry.id, entry]))
  return decisions.flatMap((decision, at) => {
    const entry = (kind: Kind, given: Finding, waiver?: AppliedWaiver): Entry => {
      const finding = printable(given)
      const policy = byId.get(finding.id)
      const namespace = policy === undefined ? finding.id.split('/').slice(0, -1).join('.') : 'plangate.main'
      return { kind, finding, waiver, plan: names[at] ?? '-', namespace, policy, isOfMany: decisions.length > 1 }
    }
    const found = decision.findings.map(({ status, ...finding }) => entry(status, finding))
    return [
      ...found.filter(({ kind }) => kind === 'fail'),
      ...found.filter(({ kind }) => kind === 'warn'),
      ...decision.undecided.map((finding) => entry('undecided', finding)),
      ...decision.waived.map(({ waiver, ...finding }) => entry('waived', finding, waiver)),
    ]
  })
}

/** A finding without what a terminal would obey: its texts are a user's own, or those of a plan from strangers. */
const printable = (finding: Finding): Finding => ({
  ...finding,
  title: inert(finding.title),
  msg: inert(finding.msg),
  remediation: inert(finding.remediation),
  address: inert(finding.address),
  path: finding.path.map((key) => (typeof key === 'string' ? inert(key) : key)),
})

const inert = (text: string): string =>
  text.replaceAll(/[^\P{Cc}\n\t]/gu, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)

/**
 * Returns the policies that were asked about a plan and found nothing, as far as the catalogue names them. One that waits for a
 * parameter has judged nothing.
 */
export const passedOf = (decision: Decision, catalogue: readonly PolicyEntry[] = []): readonly PolicyEntry[] => {
  const { findings, undecided, waived, config, judged } = decision
  const found = new Set([...[...findings, ...undecided, ...waived].map(({ id }) => id), ...(judged?.inactive ?? [])])
  return catalogue.filter(({ id }) => !found.has(id) && (config.policies?.includes(id) ?? true))
}

/**
 * Returns a finding's fingerprint, which stays when lines move: of its policy, its address and its path, in a report about several
 * plans also of the plan. All that a user's own rule finds has one id, and often no address: there it is of the message too.
 */
export const fingerprintOf = ({ finding: { id, address, path, msg }, plan, isOfMany }: Entry): string =>
  sha256()
    .update(JSON.stringify([id, address, path, ...(isOwnRule(id) ? [msg] : []), ...(isOfMany ? [plan] : [])]))
    .digest('hex')

/** Returns the waiver in words: `by <owner>: <reason>, <ticket>, until <day> (<where it is written>)`. */
export const waiverText = ({ owner, reason, ticket, expires, source }: AppliedWaiver): string => {
  const said = [`by ${owner}: ${reason}`, ticket, expires === undefined ? undefined : `until ${expires}`]
  return `${said.filter((part) => part !== undefined).join(', ')}${source === undefined ? '' : ` (${source})`}`
}

/** Returns a text of several lines as one. */
export const oneLine = (text: string): string => text.trim().replaceAll(/\s+/g, ' ')

/** Returns the entries that say the same of one policy together, in the order of the first of each. */
export const groupsOf = (entries: readonly Entry[]): readonly (readonly [Entry, ...Entry[]])[] => {
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
  return [...groups.values()]
}

/** Returns the first line of a message, which is the title of what a user’s own rule finds. */
export const titleOf = (msg: string): string => msg.trim().split('\n')[0] ?? ''
