import { FAILED, type Paths } from './answer.ts'
import { numberOf } from './value.ts'

/** What one evaluation has of its own. */
export interface Evaluation {
  /** Nanoseconds since 1970: the time stands still. */
  readonly now: bigint
  /** The granted part of the environment; undefined without a grant. */
  readonly environment: readonly (readonly [string, string])[] | undefined
}

/**
 * Returns the functions whose answer depends on the evaluation. Notes and prints go nowhere. Without a grant nothing says
 * where the policy runs, as in a topdown that is given no runtime.
 */
export const evaluationPaths = ({ now, environment }: Evaluation): Paths => ({
  'time.now_ns': () => numberOf(now),
  'opa.runtime': () => ({ object: environment === undefined ? [] : [['env', { object: environment }]] }),
  trace: (note) => (typeof note === 'string' ? true : FAILED),
  'internal.print': () => true,
  'internal.test_case': () => true,
})
