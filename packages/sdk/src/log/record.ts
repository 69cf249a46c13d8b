import { type ErrorObject, maskCredentials, PlangateError } from '@plangate/bundle'
import type { Decision } from '../decision/schema.ts'

/** One line of a decision log. Names are OPA's where OPA has them. */
export interface LogRecord {
  readonly decision_id: string
  /** When it was asked for, RFC 3339 in UTC. */
  readonly timestamp: string
  readonly labels?: Readonly<Record<string, string>>
  readonly bundle: { readonly revision: string; readonly sha256: string }
  readonly plan?: Decision['plan']
  readonly verdict?: Decision['verdict']
  readonly counts?: Decision['counts']
  readonly config?: Decision['config']
  readonly findings?: Decision['findings']
  readonly undecided?: Decision['undecided']
  readonly waived?: Decision['waived']
  /** Why there is no decision. */
  readonly error?: ErrorObject
  readonly timing: {
    /** Milliseconds from the call to the decision, waiting for a thread included. */
    readonly total_ms: number
  }
  /** The plan, with secrets masked. */
  readonly input?: unknown
  /** Where something was taken out of the input, as JSON pointers. */
  readonly erased?: readonly string[]
  /** Where something was masked in the input, as JSON pointers. */
  readonly masked?: readonly string[]
}

/** What became of a plan. */
export type Came = { readonly decision: Decision } | { readonly error: unknown }

/** Returns what a record says about a decision or about why there is none. */
export const outcomeOf = (came: Came): Partial<LogRecord> => {
  if ('error' in came) return { error: shownError(came.error) }
  const { plan, verdict, counts, config, findings, undecided, waived } = came.decision
  return { plan, verdict, counts, config, findings, undecided, waived }
}

/** Returns labels without credentials. */
export const shownLabels = (labels: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(labels).map(([name, value]) => [maskCredentials(name), maskCredentials(value)]))

const shownError = (error: unknown): ErrorObject => {
  if (!(error instanceof PlangateError)) {
    return { code: 'ERR_EVALUATION', message: `unexpected \`${error instanceof Error ? error.name : typeof error}\`` }
  }
  const { code, message, hint } = error.toJSON()
  return { code, message: maskCredentials(message), ...(hint === undefined ? {} : { hint: maskCredentials(hint) }) }
}
