const encoder = new TextEncoder()
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** How many bytes a character has that begins with this one: 0 for none. */
const lengthOf = (byte: number): number =>
  byte < 0x80 ? 1 : byte < 0xc2 ? 0 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : byte < 0xf5 ? 4 : 0

/** Returns UTF-8 as Go prints it: a mark at the start is kept, and each byte that is no part of a character is U+FFFD. */
export const textOf = (bytes: Uint8Array): string => {
  try {
    return utf8.decode(bytes)
  } catch {
    return piecewise(bytes, () => '\ufffd')
  }
}

/**
 * Returns UTF-8 without a loss, as it is told to Go: a byte that is no part of a character, such as `base64.decode` finds,
 * is half of a surrogate pair, U+DC80 to U+DCFF, which is no character of a string. Mirrors `parseBytes` in bytes.go.
 */
export const exactText = (bytes: Uint8Array): string => {
  try {
    return utf8.decode(bytes)
  } catch {
    return piecewise(bytes, (byte) => String.fromCharCode(0xdc00 + byte))
  }
}

const BYTE = /[\udc80-\udcff]/u
const ESCAPES = /\\(?:udc[89a-f][\da-f]|.)/g
const ESCAPED = '\\udc80'

/** Returns the bytes of such a text. */
export const exactBytes = (text: string): Uint8Array => {
  if (!BYTE.test(text)) return encoder.encode(text)
  const bytes = Array.from(text).flatMap((char) =>
    BYTE.test(char) ? [char.charCodeAt(0) - 0xdc00] : [...encoder.encode(char)],
  )
  return Uint8Array.from(bytes)
}

/** Returns OPA value text in which such bytes are escaped as U+FFFD instead. */
export const withoutBytes = (text: string): string =>
  text.includes('\\udc')
    ? text.replaceAll(ESCAPES, (escape) => (escape.length === ESCAPED.length ? '\\ufffd' : escape))
    : text

const piecewise = (bytes: Uint8Array, broken: (byte: number) => string): string => {
  let text = ''
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at] ?? 0
    const next = bytes.subarray(at, at + Math.max(1, lengthOf(first)))
    const character = characterIn(next)
    text += character ?? broken(first)
    at += character === undefined ? 1 : next.length
  }
  return text
}

const characterIn = (bytes: Uint8Array): string | undefined => {
  try {
    return utf8.decode(bytes)
  } catch {
    return undefined
  }
}
