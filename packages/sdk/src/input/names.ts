const encoder = new TextEncoder()
const decoder = new TextDecoder()
const BACKSLASH = 0x5c
/** Names of one length that are compared one after the other. */
const FEW = 64

/** A table by names, which are looked up as JSON strings in bytes, without making strings of them. */
export interface Names<T> {
  /** Returns what belongs to the name from its quote at `from` to behind the other one. */
  readonly get: (bytes: Uint8Array, from: number, end: number) => T | undefined
}

/** Returns such a table. */
export const namesOf = <T>(entries: ReadonlyMap<string, T>): Names<T> => {
  const byLength: { readonly name: Uint8Array; readonly value: T }[][] = []
  for (const [text, value] of entries) {
    const name = encoder.encode(text)
    const alike = (byLength[name.length] ??= [])
    alike.push({ name, value })
  }
  return {
    get(bytes, from, end) {
      const candidates = byLength[end - from - 2]
      if (candidates !== undefined && candidates.length > FEW) return entries.get(textOf(bytes, from, end))
      if (candidates !== undefined)
        for (const { name, value } of candidates) if (isAt(bytes, from + 1, name)) return value
      // A name written with escapes is longer than it is.
      for (let at = from + 1; at < end - 1; at++)
        if (bytes[at] === BACKSLASH) return entries.get(textOf(bytes, from, end))
      return undefined
    },
  }
}

const isAt = (bytes: Uint8Array, from: number, name: Uint8Array): boolean => {
  for (let at = 0; at < name.length; at++) if (bytes[from + at] !== name[at]) return false
  return true
}

/** The text of a JSON string, with U+FFFD for half a surrogate pair, as in Go. */
const textOf = (bytes: Uint8Array, from: number, end: number): string => {
  const text: unknown = JSON.parse(decoder.decode(bytes.subarray(from, end)))
  return String(text).replaceAll(/\p{Surrogate}/gu, '\ufffd')
}
