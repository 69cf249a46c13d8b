import { type ComplianceReport, type Control, STATUSES, type Status } from './model.ts'

/** What a reader has to see of a policy: it found something, or could not look. The others are counted. */
export const TOLD: readonly Status[] = ['fail', 'warn', 'undecided', 'waived', 'unchanged', 'inactive']

/** Returns how many policies of a control have come to what, worst first: `2 fail, 1 pass`. */
export const tally = ({ policies }: Control): string => {
  const parts = STATUSES.map((each) => ({ each, many: policies.filter(({ status }) => status === each).length }))
  const said = parts.filter(({ many }) => many > 0).map(({ each, many }) => `${many} ${each}`)
  return said.length === 0 ? plural(policies.length, 'policy', 'policies') : said.join(', ')
}

/** Returns the first lines of a report: the framework, the plan, and how the controls stand. */
export const summary = ({ framework, decision, counts }: ComplianceReport): readonly string[] => {
  const stands = STATUSES.filter((each) => counts[each] > 0).map((each) => `${counts[each]} ${each}`)
  const all = plural(counts.controls + counts.uncovered, 'control', 'controls')
  return [
    `${framework.name}, ${framework.version}`,
    ...(decision === undefined
      ? []
      : [
          `plan sha256 ${decision.plan.sha256}`,
          `verdict ${decision.verdict} (environment: ${decision.config.environment}, fail_on: ${decision.config.fail_on})`,
        ]),
    `${counts.controls} of ${all} have policies${stands.length === 0 ? '' : `: ${stands.join(', ')}`}`,
  ]
}

const plural = (many: number, one: string, more: string): string => `${many} ${many === 1 ? one : more}`
