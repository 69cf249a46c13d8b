import { type FrameworkId, type PolicyEntry, maskCredentials } from '@plangate/bundle'
import type { Decision, Finding } from '../../decision/schema.ts'
import { attributePath } from '../wrap.ts'

/** A framework as it is published: what its ids are called. */
export interface Framework {
  readonly name: string
  readonly version: string
  readonly source: string
  readonly ids: Readonly<Record<string, string>>
}

/**
 * What became of a policy, worst first. `unchanged` is wrong with what the plan leaves as it is; `pass` had resources of its
 * types before it and found nothing, `not applicable` had none; `inactive` lacks a parameter, and `not asked` does not hold
 * in the environment, or was left out.
 */
export const STATUSES = [
  'fail',
  'warn',
  'undecided',
  'waived',
  'unchanged',
  'pass',
  'inactive',
  'not applicable',
  'not asked',
] as const
export type Status = (typeof STATUSES)[number]

/** A policy under a control; without a decision it has no status. */
export interface ControlPolicy {
  readonly id: string
  readonly title: string
  readonly status?: Status
  /** Where it found something, each once. */
  readonly places: readonly string[]
}

/** One id of a framework that policies ask for. `status` is the worst of its policies, `pass` only where one has passed. */
export interface Control {
  readonly id: string
  readonly title: string
  readonly status?: Status
  readonly policies: readonly ControlPolicy[]
}

/** What the policies of a library say about a framework, of a plan where there is a decision about one. */
export interface ComplianceReport {
  readonly framework: {
    readonly id: FrameworkId
    readonly name: string
    readonly version: string
    readonly source: string
  }
  readonly decision?: Pick<Decision, 'verdict' | 'plan' | 'bundle' | 'config'>
  /** What has to be known beside it, as sentences. */
  readonly notes: readonly string[]
  readonly counts: Readonly<Record<Status, number>> & { readonly controls: number; readonly uncovered: number }
  readonly controls: readonly Control[]
  /** The ids of the framework that no policy asks for. */
  readonly uncovered: readonly { readonly id: string; readonly title: string }[]
}

/** What a report is made of beside the framework. */
export interface ComplianceParts {
  readonly id: FrameworkId
  readonly framework: Framework
  readonly catalogue: readonly PolicyEntry[]
  readonly bundle: Decision['bundle']
  readonly decision?: Decision | undefined
}

/** Returns the report: controls in the framework's order, and under each its policies, worst first and then by id. */
export const complianceReport = ({ id, framework, catalogue, bundle, decision }: ComplianceParts): ComplianceReport => {
  const { name, version, source, ids } = framework
  const found = decision === undefined ? new Map<string, Found>() : foundBy(decision)
  const known = new Set(catalogue.map((entry) => entry.id))
  const policies = catalogue.map((entry) => ({
    asks: entry.frameworks[id] ?? [],
    policy: {
      id: entry.id,
      title: entry.title,
      ...(decision === undefined ? {} : { status: found.get(entry.id)?.status ?? quiet(entry, decision) }),
      places: found.get(entry.id)?.places ?? [],
    },
  }))
  const others = [...found].filter(([other]) => !known.has(other))
  const foreign = others.map(([other, { finding, status, places }]) => ({
    asks: finding.frameworks[id] ?? [],
    policy: { id: plain(other), title: plain(finding.title), status, places },
  }))
  const all = [...policies, ...foreign]
  const asked = new Set(all.flatMap(({ asks }) => asks))
  const order = [...Object.keys(ids), ...[...asked].filter((each) => !Object.hasOwn(ids, each)).sort()]
  const controls = order
    .filter((control) => asked.has(control))
    .map((control): Control => {
      const of = all
        .filter(({ asks }) => asks.includes(control))
        .map(({ policy }) => policy)
        .toSorted((a, b) => rank(a) - rank(b))
      const status = STATUSES.find((each) => of.some((policy) => policy.status === each))
      return {
        id: plain(control),
        title: ids[control] ?? '',
        ...(status === undefined ? {} : { status }),
        policies: of,
      }
    })
  const uncovered = order.filter((control) => !asked.has(control)).map((each) => ({ id: each, title: ids[each] ?? '' }))
  const counted = STATUSES.map((each) => [each, controls.filter(({ status }) => status === each).length] as const)
  return {
    framework: { id, name, version, source },
    ...(decision === undefined
      ? {}
      : {
          decision: {
            verdict: decision.verdict,
            plan: decision.plan,
            bundle: decision.bundle,
            config: decision.config,
          },
        }),
    notes: notesOf(decision, bundle),
    // `as`: there is one for each status
    counts: {
      ...(Object.fromEntries(counted) as Record<Status, number>),
      controls: controls.length,
      uncovered: uncovered.length,
    },
    controls,
    uncovered,
  }
}

const rank = ({ status }: ControlPolicy): number => (status === undefined ? 0 : STATUSES.indexOf(status))

interface Found {
  readonly status: Status
  readonly finding: Finding
  readonly places: readonly string[]
}

/** The worst that each policy has found, and where. */
const foundBy = ({ findings, undecided, waived, unchanged }: Decision): ReadonlyMap<string, Found> => {
  const all: readonly (readonly [Status, Finding])[] = [
    ...findings.map((finding) => [finding.status, finding] as const),
    ...undecided.map((finding) => ['undecided', finding] as const),
    ...waived.map((finding) => ['waived', finding] as const),
    ...unchanged.map((finding) => ['unchanged', finding] as const),
  ]
  const found = new Map<string, Found>()
  for (const [status, finding] of all) {
    const before = found.get(finding.id)
    const place = [finding.address, attributePath(finding.path)].filter((part) => part !== '').join(' → ')
    const worst = STATUSES.find((each) => each === before?.status || each === status) ?? status
    // What is waived beside what fails is not told where.
    const kept = before === undefined || before.status !== worst ? [] : before.places
    const places = status === worst && place !== '' ? [...new Set([...kept, plain(place)])] : kept
    found.set(finding.id, { status: worst, finding, places })
  }
  return found
}

/** What a policy that found nothing had before it. */
const quiet = ({ id, environments, resource_types }: PolicyEntry, { config, judged }: Decision): Status => {
  if (config.policies?.includes(id) === false || environments?.includes(config.environment) === false)
    return 'not asked'
  if (judged === undefined) return 'not asked'
  const types = new Set(judged.resourceTypes)
  // `*`, `variable` and the like are no types of resources: there is something of the kind in every plan.
  const applies = resource_types.some((type) => !type.includes('_') || types.has(type))
  if (!applies) return 'not applicable'
  return judged.inactive.includes(id) ? 'inactive' : 'pass'
}

const notesOf = (decision: Decision | undefined, bundle: Decision['bundle']): readonly string[] => [
  ...(decision === undefined ? ['No plan was judged: this says what policies there are.'] : []),
  ...(decision !== undefined && decision.judged === undefined
    ? ['The library did not take part in this decision: its policies were not asked.']
    : []),
  ...(decision?.config.undecided === 'ignore'
    ? ['What only the apply can decide was ignored: a control that passes may hold some of that.']
    : []),
  // Of several bundles together the library may have been one.
  ...(decision?.judged !== undefined &&
  decision.bundle.sha256 !== bundle.sha256 &&
  !decision.bundle.revision.includes('+')
    ? ['The decision was made by another bundle than the one that this report takes titles and frameworks from.']
    : []),
  'This is what policies found in a plan, and no statement of compliance: a framework asks for more than a plan can show, and which control a policy serves is the judgement of its authors.',
]

/** A text of a decision, which somebody else may have written: without credentials, and on one line. */
const plain = (text: string): string => maskCredentials(text).replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '\u{fffd}')
