import { maskCredentials } from './credentials.ts'

/** Every code that a {@link PlangateError} can carry. Codes are public: they are added, never renamed. */
export type ErrorCode =
  | 'ERR_ABORTED'
  | 'ERR_ARGUMENT_INVALID'
  | 'ERR_BUNDLE_DENIED'
  | 'ERR_BUNDLE_DIGEST_MISMATCH'
  | 'ERR_BUNDLE_DUPLICATE'
  | 'ERR_BUNDLE_INVALID'
  | 'ERR_BUNDLE_LINK'
  | 'ERR_BUNDLE_NOT_FOUND'
  | 'ERR_BUNDLE_NO_WASM'
  | 'ERR_BUNDLE_SIGNATURE_EXPIRED'
  | 'ERR_BUNDLE_SIGNATURE_INVALID'
  | 'ERR_BUNDLE_SIGNATURE_MISMATCH'
  | 'ERR_BUNDLE_SIGNATURE_MISSING'
  | 'ERR_BUNDLE_SIGNATURE_UNTRUSTED'
  | 'ERR_BUNDLE_TOO_LARGE'
  | 'ERR_BUNDLE_UNAVAILABLE'
  | 'ERR_BUNDLE_UNSAFE_PATH'
  | 'ERR_BUNDLE_UNVERIFIED'
  | 'ERR_BUNDLE_URL_INVALID'
  | 'ERR_BUILTIN_INVALID'
  | 'ERR_BUILTIN_MISSING'
  | 'ERR_CAPABILITIES_INVALID'
  | 'ERR_CACHE_FAILED'
  | 'ERR_CACHE_UNSAFE'
  | 'ERR_COMPILER_FAILED'
  | 'ERR_CONFIG_INVALID'
  | 'ERR_DATA_INVALID'
  | 'ERR_ENTRYPOINT_UNKNOWN'
  | 'ERR_EVALUATION'
  | 'ERR_INPUT_BINARY_PLAN'
  | 'ERR_INPUT_EMPTY'
  | 'ERR_INPUT_EMPTY_PIPE'
  | 'ERR_INPUT_ENCODING'
  | 'ERR_INPUT_ERRORED_PLAN'
  | 'ERR_INPUT_EVENT_STREAM'
  | 'ERR_INPUT_FORMAT_VERSION'
  | 'ERR_INPUT_NOT_FOUND'
  | 'ERR_INPUT_NOT_JSON'
  | 'ERR_INPUT_NOT_PLAN'
  | 'ERR_INPUT_TOO_DEEP'
  | 'ERR_INPUT_TOO_LARGE'
  | 'ERR_INPUT_TRAILING'
  | 'ERR_INPUT_TRUNCATED'
  | 'ERR_KEY_INVALID'
  | 'ERR_LOG_FAILED'
  | 'ERR_LOG_FULL'
  | 'ERR_MEMORY_LIMIT'
  | 'ERR_NAMESPACE_UNKNOWN'
  | 'ERR_OPA_FAILED'
  | 'ERR_OPA_MISSING'
  | 'ERR_OUTPUT_FAILED'
  | 'ERR_POLICY_INVALID'
  | 'ERR_REENTRANT'
  | 'ERR_SCHEMA_INVALID'
  | 'ERR_SOURCE_INVALID'
  | 'ERR_SOURCE_NOT_FOUND'
  | 'ERR_SOURCE_TOO_LARGE'
  | 'ERR_TERRAFORM_FAILED'
  | 'ERR_TIME_LIMIT'
  | 'ERR_USAGE'

/** The parts of a {@link PlangateError} that may be shown: no stack and no cause, which can hold user text. */
export interface ErrorObject {
  readonly code: ErrorCode
  readonly message: string
  readonly hint?: string
}

/**
 * The only error that plangate throws. A caller's own mistake is `ERR_ARGUMENT_INVALID`, with the name of the argument.
 *
 * The message is one line with values in backticks; `hint` says what to do next. What looks like a credential is masked in both.
 *
 * @example
 * throw new PlangateError('ERR_BUNDLE_NOT_FOUND', 'no bundle at `x.tar.gz`', { hint: 'build one with `plangate build`' })
 */
export class PlangateError extends Error {
  override readonly name = 'PlangateError'
  readonly code: ErrorCode
  readonly hint?: string

  constructor(code: ErrorCode, message: string, options: { readonly hint?: string; readonly cause?: unknown } = {}) {
    super(maskCredentials(message), 'cause' in options ? { cause: options.cause } : {})
    this.code = code
    if (options.hint !== undefined) this.hint = maskCredentials(options.hint)
  }

  /** Returns code, message and hint, which is what `JSON.stringify` then shows. */
  toJSON(): ErrorObject {
    return {
      code: this.code,
      message: this.message,
      ...(this.hint === undefined ? {} : { hint: this.hint }),
    }
  }
}

/**
 * Returns the first issue of a zod error as one line, path first: `custom.severity: Invalid option`.
 *
 * Takes the structural part of a `ZodError`, so that no other package needs zod for it.
 */
export const firstIssue = (error: {
  readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]
}): string => {
  const issue = error.issues[0]
  if (issue === undefined) return 'invalid'
  const path = issue.path.map(String).join('.')
  return path === '' ? issue.message : `\`${path}\`: ${issue.message}`
}
