import { SEVERITIES } from '@plangate/bundle'
import type { Config } from '../input/config.ts'
import type { Decision, DecidedFinding, EffectiveConfig, Finding, Judged, Verdict, WaivedFinding } from './schema.ts'

/** The parts of a decision before they are in order. */
export interface DecisionParts {
  readonly findings: readonly DecidedFinding[]
  readonly undecided: readonly Finding[]
  readonly waived: readonly WaivedFinding[]
  readonly unchanged?: readonly Finding[]
  readonly waivers?: Decision['waivers']
  readonly policies: number
  readonly resources: number
  readonly plan: Decision['plan']
  readonly bundle: Decision['bundle']
  readonly config: EffectiveConfig
  readonly judged?: Judged | undefined
}

/** Returns the decision: lists in order, counts, verdict. */
export const assemble = ({ policies, resources, plan, bundle, config, judged, ...lists }: DecisionParts): Decision => {
  const findings = inOrder(lists.findings)
  const undecided = inOrder(lists.undecided)
  const waived = inOrder(lists.waived)
  const unchanged = inOrder(lists.unchanged ?? [])
  const { waivers = { expired: [], unused: [] } } = lists
  const fail = findings.filter(({ status }) => status === 'fail').length
  const counts = {
    fail,
    warn: findings.length - fail,
    undecided: undecided.length,
    waived: waived.length,
    unchanged: unchanged.length,
    policies,
    resources,
  }
  const verdict = verdictOf(counts, config)
  const decision = { verdict, findings, undecided, waived, unchanged, waivers, counts, plan, bundle, config }
  return judged === undefined ? decision : { ...decision, judged }
}

/** Returns what a gate without the library holds to: the library's own defaults. */
export const effectiveConfig = ({
  environment = 'prod',
  undecided = 'warn',
  fail_on = environment === 'dev' ? 'high' : 'medium',
  only_changed,
  policies,
}: Config): EffectiveConfig => ({
  environment,
  fail_on,
  undecided,
  ...(only_changed === true ? { only_changed } : {}),
  ...(policies === undefined ? {} : { policies }),
})

const verdictOf = ({ fail, undecided }: { fail: number; undecided: number }, config: EffectiveConfig): Verdict => {
  if (fail > 0 || (undecided > 0 && config.undecided === 'fail')) return 'fail'
  return undecided > 0 && config.undecided !== 'ignore' ? 'undecided' : 'pass'
}

const inOrder = <T extends Finding>(findings: readonly T[]): T[] =>
  findings
    // What is compared lies together: to look into the findings each time takes five times as long.
    .map((finding) => ({
      finding,
      rank: SEVERITIES.indexOf(finding.severity),
      id: finding.id,
      address: finding.address,
      path: finding.path.length === 0 ? '' : finding.path.map((key) => JSON.stringify(key)).join('\0'),
      msg: finding.msg,
    }))
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        compare(a.id, b.id) ||
        compare(a.address, b.address) ||
        compare(a.path, b.path) ||
        compare(a.msg, b.msg),
    )
    .map(({ finding }) => finding)

/** Code-unit order: a locale's would differ between machines. */
const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1)
