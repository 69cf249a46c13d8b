const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** How many bytes a character has that begins with this one: 0 for none. */
const lengthOf = (byte: number): number =>
  byte < 0x80 ? 1 : byte < 0xc2 ? 0 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : byte < 0xf5 ? 4 : 0

/** Returns UTF-8 as Go reads it: a mark at the start is kept, and each byte that is no part of a character is U+FFFD. */
export const textOf = (bytes: Uint8Array): string => {
  try {
    return utf8.decode(bytes)
  } catch {
    return lossyText(bytes)
  }
}

const lossyText = (bytes: Uint8Array): string => {
  let text = ''
  for (let at = 0; at < bytes.length; ) {
    const next = bytes.subarray(at, at + Math.max(1, lengthOf(bytes[at] ?? 0)))
    const character = characterIn(next)
    text += character ?? '\ufffd'
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
