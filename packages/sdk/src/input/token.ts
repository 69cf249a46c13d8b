/** The value does not end in these bytes. */
export const MORE = -1
/** What stands there is not JSON. */
export const BAD = -2

export const QUOTE = 0x22
/** The first byte of `true`, and of nothing else. */
export const TRUE = 0x74
const BACKSLASH = 0x5c

/** Bytes of a string that stand for themselves: all but the quote, the backslash and control characters. */
const plain = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 0x20 || byte === QUOTE || byte === BACKSLASH ? 0 : 1,
)

/** Returns the offset behind a string whose opening quote is at `from`, MORE or BAD. */
export const stringEnd = (bytes: Uint8Array, from: number, end: number): number => {
  for (let i = from + 1; i < end; i++) {
    if (plain[bytes[i] ?? 0] === 1) continue
    const byte = bytes[i]
    if (byte === QUOTE) return i + 1
    if (byte !== BACKSLASH) return BAD
    if (i + 1 >= end) return MORE
    const escape = bytes[i + 1] ?? 0
    if (escape === 0x75) {
      for (let at = i + 2; at < i + 6; at++) {
        if (at >= end) return MORE
        if (!isHex(bytes[at] ?? 0)) return BAD
      }
      i += 5
    } else if (isEscape(escape)) i += 1
    else return BAD
  }
  return MORE
}

const isHex = (byte: number): boolean =>
  (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66)

const escapes = Uint8Array.from({ length: 256 }, (_, byte) => ('"\\/bfnrt'.includes(String.fromCharCode(byte)) ? 1 : 0))
const isEscape = (byte: number): boolean => escapes[byte] === 1

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39

/**
 * Returns the offset behind a number, `true`, `false` or `null` at `from`, MORE or BAD. A number that reaches the end of
 * the bytes is complete only when they are the `last`.
 */
export const literalEnd = (bytes: Uint8Array, from: number, end: number, last: boolean): number => {
  switch (bytes[from]) {
    case TRUE:
      return wordEnd(bytes, from, end, 'true')
    case 0x66:
      return wordEnd(bytes, from, end, 'false')
    case 0x6e:
      return wordEnd(bytes, from, end, 'null')
    default:
      return numberEnd(bytes, from, end, last)
  }
}

const wordEnd = (bytes: Uint8Array, from: number, end: number, word: string): number => {
  for (let i = 1; i < word.length; i++) {
    if (from + i >= end) return MORE
    if (bytes[from + i] !== word.charCodeAt(i)) return BAD
  }
  return from + word.length
}

const numberEnd = (bytes: Uint8Array, from: number, end: number, last: boolean): number => {
  let i = bytes[from] === 0x2d ? from + 1 : from
  if (i >= end) return MORE
  if (bytes[i] === 0x30) i += 1
  else if (isDigit(bytes[i])) i = digitsEnd(bytes, i, end)
  else return BAD
  if (i < end && bytes[i] === 0x2e) {
    i += 1
    if (i >= end) return MORE
    if (!isDigit(bytes[i])) return BAD
    i = digitsEnd(bytes, i, end)
  }
  if (i < end && ((bytes[i] ?? 0) | 0x20) === 0x65) {
    i += 1
    if (i < end && (bytes[i] === 0x2b || bytes[i] === 0x2d)) i += 1
    if (i >= end) return MORE
    if (!isDigit(bytes[i])) return BAD
    i = digitsEnd(bytes, i, end)
  }
  return i < end || last ? i : MORE
}

const digitsEnd = (bytes: Uint8Array, from: number, end: number): number => {
  let i = from
  while (i < end && isDigit(bytes[i])) i += 1
  return i
}
