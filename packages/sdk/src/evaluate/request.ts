import type { ASK } from './builtins/answer.ts'
import type { Value } from './builtins/value.ts'

/** Answers calls of host built-ins. */
export interface BuiltinCall {
  /** Arguments and result as OPA value text, undefined for an undefined result. */
  (name: string, args: readonly string[]): string | undefined
  /**
   * The same with values instead of texts, which takes a third of the time, for the functions that have it. Where it answers
   * `ASK`, the function has to be called with texts.
   */
  readonly direct?: ((name: string) => ((args: readonly Value[]) => Value | typeof ASK) | undefined) | undefined
  /** Bytes that an answer may take. */
  readonly memoryBytes?: number
}

/** A value to put into `data` below the base document, at a path where the base has none: both as OPA value text. */
export interface Mount {
  readonly path: string
  readonly text: string
}

/** The `data` of an evaluation. `key` is equal only for equal documents, so that an unchanged one is not loaded again. */
export interface DataDocument {
  readonly key: string
  readonly base: Uint8Array
  readonly mounts: readonly Mount[]
}

/** What to evaluate. */
export interface EvaluateRequest {
  /** One JSON document, proven to be one: the WASM takes a broken one for undefined input. Without it, it is undefined. */
  readonly input?: Uint8Array
  /** Whether the input is OPA value text rather than JSON: it may hold sets, and objects with any keys. */
  readonly inputIsText?: boolean
  readonly data: DataDocument
  /** Entrypoints of the module, each evaluated on the same input. */
  readonly entrypoints: readonly string[]
  readonly builtin: BuiltinCall
  readonly memoryBytes: number
}
