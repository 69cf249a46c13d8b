import { PlangateError } from '@plangate/sdk'

/** The error for a command that was not meant as it was typed: code `ERR_USAGE`, exit code 2. */
export function usageError(message: string, hint?: string): PlangateError {
  return new PlangateError('ERR_USAGE', message, hint === undefined ? {} : { hint })
}
