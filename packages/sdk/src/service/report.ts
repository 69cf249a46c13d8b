import { type ErrorObject, PlangateError } from '@plangate/bundle'

/** Tells of an error where nobody else wants to know. */
export const warn = (error: unknown): void => {
  const { code, message } = plainError(error)
  process.emitWarning(message, { code })
}

/** Returns what may be shown of an error. */
export const plainError = (error: unknown): ErrorObject =>
  error instanceof PlangateError
    ? error.toJSON()
    : { code: 'ERR_EVALUATION', message: `unexpected \`${error instanceof Error ? error.name : typeof error}\`` }

/** Calls a caller's function, whose mistakes must not end what goes on in the background. */
export const guarded = (name: string, call: () => void): void => {
  try {
    call()
  } catch (error) {
    process.emitWarning(`\`${name}\` has thrown ${String(error)}`, { code: 'ERR_CALLBACK' })
  }
}
