/** What one pass over the bytes of a JSON text tells, whether or not the text is valid. */
export interface Scan {
  /** The deepest nesting of objects and arrays. */
  readonly depth: number
  /** Objects and arrays still open at the end. */
  readonly open: number
  /** Whether the text ends inside a string. */
  readonly inString: boolean
  /** The offset behind the first complete object or array, or -1. */
  readonly end: number
}

const QUOTE = 0x22
const BACKSLASH = 0x5c

/**
 * Returns how deep a JSON text nests, and how it ends.
 *
 * Stops as soon as the nesting passes `limit`. Works on bytes: in UTF-8 no byte of a longer character looks like a
 * bracket or a quote.
 */
export const scan = (bytes: Uint8Array, limit: number): Scan => {
  const length = bytes.length
  let depth = 0
  let open = 0
  let end = -1
  for (let i = 0; i < length; i += 1) {
    const byte = bytes[i] ?? 0
    if (byte === QUOTE) {
      for (i += 1; i < length; i += 1) {
        const inner = bytes[i] ?? 0
        if (inner === QUOTE) break
        if (inner === BACKSLASH) i += 1
      }
      if (i >= length) return { depth, open, inString: true, end }
    } else if (byte >= 0x5b) {
      // `[` and `{`, and `]` and `}`, differ in one bit only.
      const bracket = byte & ~0x20
      if (bracket === 0x5b) {
        open += 1
        if (open > depth) depth = open
        if (depth > limit) break
      } else if (bracket === 0x5d) {
        open -= 1
        if (open === 0 && end === -1) end = i + 1
      }
    }
  }
  return { depth, open, inString: false, end }
}
