import { FAILED, type Paths } from './answer.ts'
import { numberOf } from './value.ts'

/** What one evaluation has of its own. */
export interface Evaluation {
  /** Nanoseconds since 1970: the time stands still. */
  readonly now: bigint
}

/** Returns the functions whose answer depends on the evaluation. Notes and prints go nowhere, and nothing says where it runs. */
export const evaluationPaths = ({ now }: Evaluation): Paths => ({
  'time.now_ns': () => numberOf(now),
  'opa.runtime': () => ({ object: [] }),
  trace: (note) => (typeof note === 'string' ? true : FAILED),
  'internal.print': () => true,
  'internal.test_case': () => true,
})
