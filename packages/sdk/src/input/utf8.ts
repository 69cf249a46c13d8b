import { isUtf8 } from '@plangate/bundle'

/** Proves that a text is UTF-8, piece by piece. */
export class Utf8 {
  /** Whether all so far is, save for a character that is not complete. */
  isValid = true
  #rest = new Uint8Array(0)

  check(bytes: Uint8Array, isLast: boolean): void {
    if (!this.isValid) return
    let piece = bytes
    if (this.#rest.length > 0) {
      // The character that was not complete: its missing bytes are the next ones that continue one.
      let missing = 0
      while (missing < 3 && missing < bytes.length && ((bytes[missing] ?? 0) & 0xc0) === 0x80) missing += 1
      const character = new Uint8Array([...this.#rest, ...bytes.subarray(0, missing)])
      if (missing === bytes.length && !isLast && character.length < 4) {
        this.#rest = character
        return
      }
      this.isValid = isUtf8(character)
      this.#rest = new Uint8Array(0)
      piece = bytes.subarray(missing)
    }
    const kept = isLast ? piece.length : wholeCharacters(piece)
    if (kept < piece.length) this.#rest = piece.slice(kept)
    this.isValid &&= isUtf8(piece.subarray(0, kept))
  }
}

/** The length of the bytes without a character at their end that may have more. */
const wholeCharacters = (bytes: Uint8Array): number => {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) break
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return length > back ? bytes.length - back : bytes.length
    }
  }
  return bytes.length
}
