import { PlangateError } from '@plangate/sdk'

/** The error for a command that was not meant as it was typed: code `ERR_USAGE`, exit code 2. */
export function usageError(message: string, hint?: string): PlangateError {
  return new PlangateError('ERR_USAGE', message, hint === undefined ? {} : { hint })
}

/** Why the system refused a file, in words; `missing` is what is not there where it is said to be nowhere. */
export function reasonOf(cause: unknown, missing: 'file' | 'folder' = 'file'): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  if (code === 'ENOENT') return `there is no such ${missing}`
  if (code === 'EISDIR') return 'it is a folder'
  if (code === 'EACCES') return 'permission denied'
  return typeof code === 'string' ? code : 'unknown reason'
}
