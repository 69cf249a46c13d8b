import { PlangateError, readArgument, sha256 } from '@plangate/bundle'
import { assemble } from './assemble.ts'
import type { Decision } from './schema.ts'

/**
 * Returns the one decision that several gates make about one plan: all their findings in order, the worst verdict, and
 * as bundle the revisions joined by `+` and the sha256 of theirs. Strictness is that of the first.
 *
 * @throws PlangateError `ERR_EVALUATION` when they are not about the same plan
 */
export const mergeDecisions = (first: Decision, ...rest: readonly Decision[]): Decision =>
  readArgument('decisions', () => merged(first, rest))

const merged = (first: Decision, rest: readonly Decision[]): Decision => {
  const all = [first, ...rest]
  if (rest.length === 0) return first
  if (all.some(({ plan }) => plan.sha256 !== first.plan.sha256)) {
    throw new PlangateError('ERR_EVALUATION', 'the decisions are about different plans', {
      hint: 'the plan changed while it was judged: run it again',
    })
  }
  return assemble({
    findings: all.flatMap(({ findings }) => findings),
    undecided: all.flatMap(({ undecided }) => undecided),
    waived: all.flatMap(({ waived }) => waived),
    unchanged: all.flatMap(({ unchanged }) => unchanged),
    waivers: {
      expired: distinct(all.flatMap(({ waivers }) => waivers.expired)),
      // What covers a finding of one gate does its work.
      unused: distinct(first.waivers.unused).filter((waiver) =>
        rest.every(({ waivers }) => waivers.unused.some((other) => JSON.stringify(other) === JSON.stringify(waiver))),
      ),
    },
    policies: all.reduce((sum, { counts }) => sum + counts.policies, 0),
    resources: first.counts.resources,
    plan: first.plan,
    bundle: {
      revision: all.map(({ bundle }) => bundle.revision).join('+'),
      sha256: sha256()
        .update(all.map(({ bundle }) => bundle.sha256).join('\n'))
        .digest('hex'),
    },
    config: first.config,
    // One gate at most has the library.
    judged: all.find(({ judged }) => judged !== undefined)?.judged,
  })
}

/** The values that differ as JSON, in their order. */
const distinct = <T>(values: readonly T[]): T[] => [
  ...new Map(values.map((value) => [JSON.stringify(value), value])).values(),
]
