import { maskCredentials } from '@plangate/bundle'
import type { Diagnostic } from '../types.ts'

/**
 * Returns a diagnostic that may be shown: what looks like a credential is masked, what a terminal could take for a
 * command is replaced, and an explanation that only repeats the line of the source with a caret is left out.
 */
export const clean = (diagnostic: Diagnostic): Diagnostic => {
  const { details = [], hint, message, file, code, ...rest } = diagnostic
  const kept = details.filter((_, at) => !isCaret(details[at]) && !isCaret(details[at + 1])).map(text)
  return {
    ...rest,
    code: text(code),
    message: text(message),
    file: text(file),
    ...(kept.length === 0 ? {} : { details: kept }),
    ...(hint === undefined ? {} : { hint: text(hint) }),
  }
}

const isCaret = (line: string | undefined): boolean => line !== undefined && /^\s*\^$/.test(line)

const text = (value: string): string => maskCredentials(value).replaceAll(/[^\P{C}\n\t]/gu, '\ufffd')
