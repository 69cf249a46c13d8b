import type { EngineOptions } from '@plangate/compiler'
import { bytes, milliseconds } from './values.ts'

/** The flags that say how much a command may take. */
export interface LimitFlags {
  readonly timeLimit?: string
  readonly memoryLimit?: string
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
