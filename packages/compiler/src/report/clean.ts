import { maskCredentials } from '@plangate/bundle'
import type { Diagnostic } from '../types.ts'

/**
 * Returns a diagnostic that may be shown: what looks like a credential is masked, what a terminal could take for a
 * command is replaced, and an explanation that only repeats the line of the source with a caret is left out.
 */
export const clean = (diagnostic: Diagnostic): Diagnostic => {
  const { details = [], hint, message, file, code, ...rest } = diagnostic
  const kept = details.filter((_, at) => !isCaret(details[at]) && !isCaret(details[at + 1])).map(cleanText)
  return {
    ...rest,
    code: cleanText(code),
    message: cleanText(message),
    file: cleanText(file),
    ...(kept.length === 0 ? {} : { details: kept }),
    ...(hint === undefined ? {} : { hint: cleanText(hint) }),
  }
}

const isCaret = (line: string | undefined): boolean => line !== undefined && /^\s*\^$/.test(line)

/** Returns a text that may be shown, as {@link clean} makes those of a diagnostic. */
export const cleanText = (value: string): string => maskCredentials(value).replaceAll(/[^\P{C}\n\t]/gu, '\ufffd')
