import type { PolicyEntry } from '@plangate/bundle'
import type { Namespaces } from '../evaluate/namespaces.ts'
import { type Config, missingParameters, type Waiver } from '../input/config.ts'
import type { PlanFacts } from '../input/reading.ts'
import { assemble, effectiveConfig } from './assemble.ts'
import { type LibraryFindings, libraryFindings } from './library.ts'
import { redactor, type Redact } from './redact.ts'
import { ruleFindings } from './rules.ts'
import type { AppliedWaiver, Decision, Finding, Judged } from './schema.ts'
import { holds, waive } from './waive.ts'

/** What policies said about one plan. */
export interface Said {
  readonly facts: PlanFacts
  /** The value of the library's entrypoint, where it decides, then those of the rules, in order. */
  readonly values: readonly unknown[]
}

/** Who said it, and under which configuration. */
export interface Speakers extends Pick<Namespaces, 'library' | 'rules'> {
  readonly catalogue: readonly PolicyEntry[]
  readonly bundle: Decision['bundle']
  readonly config: Config
}

/**
 * Returns the decision, with every text masked.
 *
 * @throws PlangateError `ERR_EVALUATION` for values that are no findings
 */
export const decide = (
  { facts, values: [first, ...rest] }: Said,
  { library, rules, catalogue, bundle, config }: Speakers,
): Decision => {
  const redact = redactor(facts.sensitive)
  const found = library === undefined ? undefined : libraryFindings(first)
  const values = library === undefined ? [first, ...rest] : rest
  const told = waive(
    rules.flatMap(({ id, status }, at) =>
      !asks(config, id) ? [] : ruleFindings(id, status, values[at]).map((finding) => ({ ...finding, status })),
    ),
    config.waivers ?? [],
    config.today ?? '',
  )
  const own = told.findings.map((finding) => masked(finding, redact))
  const listed = (status: 'fail' | 'warn', findings: readonly Finding[] = []) =>
    findings.map((finding) => masked({ ...finding, status }, redact))
  return assemble({
    findings: [...listed('fail', found?.deny), ...listed('warn', found?.warn), ...own],
    undecided: (found?.undecided ?? []).map((finding) => masked(finding, redact)),
    waived: [...(found?.waived ?? []), ...told.waived].map(({ waiver, ...finding }) => ({
      ...masked(finding, redact),
      waiver: written(waiver, redact),
    })),
    unchanged: (found?.unchanged ?? []).map((finding) => masked(finding, redact)),
    waivers: idle(config, catalogue, found?.waivers, told.covering, redact),
    policies: [...(library === undefined ? [] : catalogue), ...rules].filter(({ id }) => asks(config, id)).length,
    resources: facts.resources,
    plan: { sha256: facts.sha256, formatVersion: facts.formatVersion, terraformVersion: facts.terraformVersion },
    bundle,
    config: { ...effectiveConfig(config), ...found?.config },
    judged: judgedBy(found?.resource_types, catalogue, config, redact),
  })
}

const asks = ({ policies }: Config, id: string): boolean => policies?.includes(id) ?? true

/** The waivers that did nothing, since they have expired, or since they cover no finding, of the library or of `rules`. */
const idle = (
  config: Config,
  catalogue: readonly PolicyEntry[],
  library: LibraryFindings['waivers'] | undefined,
  rules: ReadonlySet<number>,
  redact: Redact,
): Decision['waivers'] => {
  const { waivers = [], today = '' } = config
  const at = (places: readonly number[]) =>
    places.flatMap((place) => (waivers[place] === undefined ? [] : [written(waivers[place], redact)]))
  const all = waivers.map((_, place) => place)
  // What was not asked has found nothing, which says nothing of its waivers.
  const unused = (library?.unused ?? all).filter((place) => {
    const name = waivers[place]?.policy ?? ''
    const meant = catalogue.filter(({ aliases }) => aliases.includes(name)).map(({ id }) => id)
    return !rules.has(place) && [name, ...meant].some((id) => asks(config, id))
  })
  const late = (place: number) => waivers[place] !== undefined && !holds(waivers[place], today)
  const expired = new Set([...(library?.expired ?? []), ...[...rules].filter(late)])
  return { expired: at(all.filter((place) => expired.has(place))), unused: at(unused) }
}

/** A waiver with what people wrote masked. */
const written = <T extends AppliedWaiver & Partial<Pick<Waiver, 'address' | 'path'>>>(
  waiver: T,
  redact: Redact,
): T => ({
  ...waiver,
  ...(waiver.address === undefined ? {} : { address: redact(waiver.address) }),
  ...(waiver.path === undefined
    ? {}
    : { path: waiver.path.map((key) => (typeof key === 'string' ? redact(key) : key)) }),
  ...(waiver.source === undefined ? {} : { source: redact(waiver.source) }),
  owner: redact(waiver.owner),
  reason: redact(waiver.reason),
  ...(waiver.ticket === undefined ? {} : { ticket: redact(waiver.ticket) }),
})

const judgedBy = (
  types: readonly string[] | undefined,
  catalogue: readonly PolicyEntry[],
  config: Config,
  redact: Redact,
): Judged | undefined => {
  if (types === undefined) return undefined
  const inactive = catalogue.filter((entry) => missingParameters(entry, config).length > 0).map(({ id }) => id)
  return { resourceTypes: types.map(redact).toSorted(), inactive: inactive.toSorted() }
}

const masked = <T extends Finding>(finding: T, redact: Redact): T => ({
  ...finding,
  title: redact(finding.title),
  msg: redact(finding.msg),
  remediation: redact(finding.remediation),
  address: redact(finding.address),
  path: finding.path.map((key) => (typeof key === 'string' ? redact(key) : key)),
})
