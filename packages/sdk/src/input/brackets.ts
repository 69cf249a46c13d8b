const QUOTE = 0x22
const BACKSLASH = 0x5c

/**
 * Counts the brackets of a text, from where it stops being JSON to its end, so that an error can say whether it was cut off.
 *
 * Works on bytes: in UTF-8 no byte of a longer character looks like a bracket or a quote.
 */
export class Brackets {
  /** Objects and arrays that are open. */
  open: number
  /** The most that were open at once. */
  depth: number
  inString = false
  /** Whether an object or array that was not inside of another one ended. */
  isClosed = false
  #isEscaped = false

  constructor(open: number) {
    this.open = open
    this.depth = open
  }

  count(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (this.#isEscaped) this.#isEscaped = false
      else if (this.inString) {
        if (byte === QUOTE) this.inString = false
        else if (byte === BACKSLASH) this.#isEscaped = true
      } else if (byte === QUOTE) this.inString = true
      else this.#bracket(byte & ~0x20)
    }
  }

  #bracket(byte: number): void {
    // `[` and `{`, and `]` and `}`, differ in one bit only.
    if (byte === 0x5b) {
      this.open += 1
      if (this.open > this.depth) this.depth = this.open
    } else if (byte === 0x5d) {
      this.open -= 1
      if (this.open === 0) this.isClosed = true
    }
  }
}
