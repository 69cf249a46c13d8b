import type { Redact } from '../decision/redact.ts'
import type { Span } from './parse.ts'

/** Lines of a source, masked, and under each the stretch that a location names, from a column up to another. */
export interface Excerpt {
  readonly lines: readonly {
    readonly line: number
    readonly text: string
    readonly from: number
    readonly to: number
  }[]
}

/** Lines of an excerpt: what is longer is told by its beginning. */
const MOST_LINES = 4

/** A source line by line. */
export interface SourceLines {
  readonly lines: readonly string[]
  /** The same lines without the strings that are secrets, see `veiledText`. */
  readonly veiled: readonly string[]
  /** Those once the whole was masked: a secret of several lines, such as a private key, is seen only there. */
  readonly masked: ReadonlySet<string>
}

/** Returns the masked lines of a stretch. */
export const excerptOf = ({ lines, veiled, masked }: SourceLines, span: Span, redact: Redact): Excerpt => {
  const last = Math.min(span.endLine, span.line + MOST_LINES - 1, lines.length)
  const shown = lines.slice(span.line - 1, last).map((raw, at) => {
    const line = span.line + at
    const indent = /^\s*/.exec(raw)?.[0].length ?? 0
    const from = line === span.line ? span.column - 1 : indent
    const to = line === span.endLine ? span.endColumn - 1 : raw.trimEnd().length
    const safe = redact(veiled[line - 1] ?? raw)
    const text = safe === raw && masked.has(raw) ? raw : masked.has(safe) ? safe : `${raw.slice(0, indent)}(redacted)`
    // Columns are those of the raw line: where it was masked, the rest of the line is meant.
    return text === raw ? { line, text, from, to } : { line, text, from: Math.min(from, indent), to: text.length }
  })
  return { lines: shown.map((each) => ({ ...each, text: inert(each.text) })) }
}

/** A line in which nothing moves a cursor or turns the direction of writing, character for character. */
const inert = (text: string): string => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/gu, ' ')
