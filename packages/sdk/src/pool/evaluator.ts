import { PlangateError } from '@plangate/bundle'
import { type BuiltinOptions, hostBuiltins } from '../evaluate/builtins/host.ts'
import { unexpected } from '../evaluate/failure.ts'
import type { Compiled } from '../evaluate/instance.ts'
import type { DataDocument } from '../evaluate/request.ts'
import type { Policy } from '../evaluate/wasm.ts'
import { type InputReads, readPlanInput } from '../input/read.ts'
import type { PlanFacts, PlanInput } from '../input/reading.ts'
import type { PlanSource } from '../read/plan.ts'

/** What all evaluations of a bundle have in common, in a form that another thread can be given. */
export interface EvaluatorParts {
  readonly compiled: Compiled
  /** The bundle's own `data`, to which each evaluation adds. */
  readonly base: Uint8Array
  /** What is read of a plan; undefined for all of it. */
  readonly reads: InputReads | undefined
  /** What is granted, and functions of the caller's, as modules. */
  readonly builtins: BuiltinOptions
}

/** One evaluation, in a form that another thread can be given, but for streams. */
export interface Task {
  readonly plan: PlanSource
  /** What was read of the plan, where that has been done before. */
  readonly read?: PlanInput
  /** Most bytes of the plan. */
  readonly bytes: number
  readonly data: Omit<DataDocument, 'base'>
  readonly entrypoints: readonly string[]
  /** Milliseconds since 1970 at which policies take the evaluation to be. */
  readonly now: number
  readonly memoryBytes: number
  /** Whether what policies print is wanted. All of the plan is then evaluated: what is only printed counts as not read. */
  readonly prints: boolean
}

/** What policies say about a plan: a value for each entrypoint, in order, and what is known of the plan itself. */
export interface Answer {
  readonly facts: PlanFacts
  readonly values: readonly unknown[]
  /** What policies have printed, in order, as it is: not masked. */
  readonly printed: readonly string[]
}

/** Characters of what is printed that are kept; what comes then is not. */
const MOST_PRINTED = 1024 * 1024

/** Answers one task, in the thread where it was opened. */
export type Evaluator = (task: Task) => Promise<Answer>

/**
 * Returns what evaluates a bundle in this thread, and throws PlangateError with each of the `ERR_INPUT_*` codes,
 * `ERR_EVALUATION`, `ERR_MEMORY_LIMIT`, `ERR_OPA_FAILED`.
 *
 * @throws PlangateError `ERR_BUILTIN_INVALID`, `ERR_BUILTIN_MISSING`, `ERR_OPA_MISSING`
 */
export const openEvaluator = async (
  policy: Policy,
  { base, reads, builtins: options }: Omit<EvaluatorParts, 'compiled'>,
): Promise<Evaluator> => {
  const builtins = await hostBuiltins(policy.builtins, options)
  return async ({ plan, read, bytes, data, entrypoints, now, memoryBytes, prints }: Task): Promise<Answer> => {
    const printed: string[] = []
    let room = MOST_PRINTED
    const onPrint = (line: string) => {
      if (room > 0) printed.push(line.length <= room ? line : '…')
      room -= line.length
    }
    try {
      const { input, facts } = read ?? (await readPlanInput(plan, bytes, prints ? undefined : reads, { memoryBytes }))
      const values = policy.evaluate({
        input,
        data: { ...data, base },
        entrypoints,
        builtin: builtins.begin(new Date(now), {
          strictBuiltinErrors: policy.compiled.strict,
          isDiscreet: true,
          onPrint: prints ? onPrint : undefined,
        }),
        memoryBytes,
      })
      return { facts, values, printed }
    } catch (cause) {
      throw coded(cause)
    }
  }
}

const coded = (cause: unknown): Error => (cause instanceof PlangateError ? cause : unexpected(cause))
