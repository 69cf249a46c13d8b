/**
 * `ERR_OPA_MISSING`: opa.wasm cannot be read. `ERR_OPA_FAILED`: OPA's code stopped instead of giving an answer.
 * `ERR_MEMORY_LIMIT`: it needs more memory than it may take. `ERR_ABORTED`, `ERR_TIME_LIMIT`: the caller or a time limit
 * has stopped it.
 */
export type OpaErrorCode = 'ERR_OPA_MISSING' | 'ERR_OPA_FAILED' | 'ERR_MEMORY_LIMIT' | 'ERR_ABORTED' | 'ERR_TIME_LIMIT'

/** The only error of this package: OPA gave no answer. What is wrong with policies or arguments is never an error. */
export class OpaError extends Error {
  override readonly name = 'OpaError'
  readonly code: OpaErrorCode
  readonly hint?: string

  constructor(code: OpaErrorCode, message: string, options: { readonly hint?: string; readonly cause?: unknown } = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : {})
    this.code = code
    if (options.hint !== undefined) this.hint = options.hint
  }
}
