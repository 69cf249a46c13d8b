import type { PolicyEntry } from '@plangate/bundle'
import type { Namespaces } from '../evaluate/namespaces.ts'
import type { Config } from '../input/config.ts'
import type { PlanFacts } from '../input/reading.ts'
import { assemble, effectiveConfig } from './assemble.ts'
import { libraryFindings } from './library.ts'
import { redactor, type Redact } from './redact.ts'
import { ruleFindings } from './rules.ts'
import type { Decision, Finding } from './schema.ts'

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
  const own = rules.flatMap(({ id, status }, at) =>
    ruleFindings(id, status, values[at]).map((finding) => masked({ ...finding, status }, redact)),
  )
  const listed = (status: 'fail' | 'warn', findings: readonly Finding[] = []) =>
    findings.map((finding) => masked({ ...finding, status }, redact))
  return assemble({
    findings: [...listed('fail', found?.deny), ...listed('warn', found?.warn), ...own],
    undecided: (found?.undecided ?? []).map((finding) => masked(finding, redact)),
    waived: (found?.waived ?? []).map(({ waiver, ...finding }) => ({
      ...masked(finding, redact),
      waiver: { ...waiver, owner: redact(waiver.owner), reason: redact(waiver.reason) },
    })),
    policies: (library === undefined ? 0 : catalogue.length) + rules.length,
    resources: facts.resources,
    plan: { sha256: facts.sha256, formatVersion: facts.formatVersion, terraformVersion: facts.terraformVersion },
    bundle,
    config: found?.config ?? effectiveConfig(config),
  })
}

const masked = <T extends Finding>(finding: T, redact: Redact): T => ({
  ...finding,
  title: redact(finding.title),
  msg: redact(finding.msg),
  remediation: redact(finding.remediation),
  address: redact(finding.address),
  path: finding.path.map((key) => (typeof key === 'string' ? redact(key) : key)),
})
