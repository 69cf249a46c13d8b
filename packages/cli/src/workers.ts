import { statSync } from 'node:fs'
import { availableParallelism, totalmem } from 'node:os'
import type { EvaluationLimits } from './limits.ts'

/** In how many threads plans are judged; `none` for the command's own. */
export type Workers = number | 'none'

/** What is known of the machine. */
export interface Machine {
  readonly cores: number
  readonly memory: number
}

/** Bytes of plans below which starting threads takes longer than it saves. */
const WORTH_THREADS = 4 * 1024 * 1024
/** Bytes of memory for a byte of a plan that the library judges, with room to spare, and for a thread. */
const SHARE = 24
const THREAD = 96 * 1024 * 1024

/**
 * Returns in how many threads to judge plans: in none for one plan, or for several small ones; in one where a limit has to
 * end it; and otherwise in as many as there are cores, as long as all together take less than half of the memory. With
 * `jobs` in that many.
 */
export function workersFor(
  plans: readonly string[],
  { milliseconds, memoryBytes }: EvaluationLimits,
  jobs?: number,
  { cores, memory }: Machine = { cores: availableParallelism(), memory: totalmem() },
): Workers {
  const sizes = plans.map(sizeOf)
  const isLimited = milliseconds !== undefined || memoryBytes !== undefined
  const isWorth = sizes.length > 1 && sizes.reduce((sum, size) => sum + size, 0) >= WORTH_THREADS
  const each = THREAD + Math.min(Math.max(...sizes) * SHARE, memoryBytes ?? Infinity)
  if (jobs !== undefined && jobs > 1 && sizes.length > 1) return Math.min(jobs, sizes.length)
  const most = isWorth && jobs === undefined ? Math.min(cores, sizes.length, Math.floor(memory / 2 / each)) : 1
  return most > 1 ? most : isLimited ? 1 : 'none'
}

/** Bytes of a plan file; 0 for a pipe, and for one that will be told of when it is read. */
function sizeOf(plan: string): number {
  try {
    return plan === '-' ? 0 : statSync(plan).size
  } catch {
    return 0
  }
}
