import { type ErrorCode, PlangateError } from '@plangate/bundle'

/** An error as another thread is told of it: without its stack, and without texts that could quote a value. */
export interface Thrown {
  readonly code: ErrorCode
  readonly message: string
  readonly hint?: string
  readonly cause?: { readonly name: string; readonly message: string; readonly code?: string }
}

/** Returns an error for the way to another thread. */
export const packed = (error: unknown): Thrown => {
  if (!(error instanceof PlangateError)) {
    const kind = error instanceof Error ? error.name : typeof error
    return { code: 'ERR_EVALUATION', message: `the evaluation stopped: unexpected \`${kind}\``, ...causeOf(error) }
  }
  return { ...error.toJSON(), ...causeOf(error.cause) }
}

/** Returns the error that {@link packed} took apart. */
export const unpacked = ({ code, message, hint, cause }: Thrown): PlangateError => {
  return new PlangateError(code, message, {
    ...(hint === undefined ? {} : { hint }),
    ...(cause === undefined ? {} : { cause: Object.assign(new Error(cause.message), cause) }),
  })
}

/** Of the system and of the engine, which quote paths and addresses at most. Others, JSON.parse's, quote their text. */
const isTelling = (error: Error): boolean =>
  'syscall' in error ||
  error instanceof RangeError ||
  ['RuntimeError', 'CompileError', 'LinkError'].includes(error.name)

const causeOf = (cause: unknown): Pick<Thrown, 'cause'> => {
  if (!(cause instanceof Error)) return {}
  const { name } = cause
  const code = 'code' in cause && typeof cause.code === 'string' ? { code: cause.code } : {}
  return { cause: { name, message: isTelling(cause) ? cause.message : '', ...code } }
}
