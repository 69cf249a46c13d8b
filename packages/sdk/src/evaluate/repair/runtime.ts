import type { MemoryReader } from '../value/memory.ts'
import type { MemoryWriter } from '../value/writer.ts'

/** What a repair works with: values in memory, and OPA itself. */
export interface Runtime {
  readonly reader: MemoryReader
  readonly writer: MemoryWriter
  /** Returns OPA's own answer to a built-in function: an address, 0 for undefined. */
  readonly ask: (builtin: string, args: readonly number[]) => number
  /**
   * Checks that an answer fits into the memory of the policy, and is at most as large as `most`.
   *
   * @throws PlangateError `ERR_MEMORY_LIMIT`
   */
  readonly checkSize: (builtin: string, bytes: number, most?: number) => void
}

/** Answers a function of OPA's runtime: an address, `UNDEFINED`, or `ORIGINAL` where that function's own answer is right. */
export type Answer = (runtime: Runtime, ...args: number[]) => number

export type Answers = Readonly<Record<string, Answer>>

/** A null pointer, which is what is undefined. */
export const UNDEFINED = 0
