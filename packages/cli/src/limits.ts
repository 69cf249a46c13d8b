import type { EngineOptions } from '@plangate/compiler'
import type { EvaluateOptions } from '@plangate/sdk'
import { bytes, milliseconds } from './values.ts'

/** The flags that say how much a command may take. */
export interface LimitFlags {
  readonly timeLimit?: string | undefined
  readonly memoryLimit?: string | undefined
}

/**
 * Where OPA works, and how much it may take. The time runs from now on, for all that is done with these options; only
 * in a thread of its own can OPA be ended, which the command otherwise saves starting.
 */
export function limitsOf({ timeLimit = '', memoryLimit = '' }: LimitFlags): EngineOptions {
  const memory = memoryLimit === '' ? {} : { limits: { memoryBytes: bytes('--memory-limit', memoryLimit) } }
  if (timeLimit === '') return { thread: 'caller', ...memory }
  return { thread: 'own', signal: AbortSignal.timeout(milliseconds('--time-limit', timeLimit)), ...memory }
}

/** How much judging one plan may take; empty where nothing is said, and then no thread has to be started. */
export function evaluationLimits({ timeLimit = '', memoryLimit = '' }: LimitFlags): EvaluationLimits {
  return {
    ...(timeLimit === '' ? {} : { milliseconds: milliseconds('--time-limit', timeLimit) }),
    ...(memoryLimit === '' ? {} : { memoryBytes: bytes('--memory-limit', memoryLimit) }),
  }
}

export type EvaluationLimits = NonNullable<EvaluateOptions['limits']>
