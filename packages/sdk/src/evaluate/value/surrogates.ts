const BACKSLASH = 0x5c
const ESCAPE = /\\(?:u([dD][89abAB][0-9a-fA-F]{2})(\\u[dD][c-fC-F][0-9a-fA-F]{2})?|u[dD][c-fC-F][0-9a-fA-F]{2}|[^])/g

/** Returns a JSON text whose escapes of lone surrogates are U+FFFD, as Go reads them. */
export const wellFormedEscapes = (json: string): string =>
  json.replace(ESCAPE, (found, high: string | undefined, low: string | undefined) =>
    found.length === 2 || (high !== undefined && low !== undefined) ? found : '\\ufffd',
  )

/** Returns the same for a JSON text in UTF-8; a text without any is returned itself. */
export const wellFormedJson = (json: Uint8Array): Uint8Array =>
  hasSurrogate(json) ? new TextEncoder().encode(wellFormedEscapes(new TextDecoder().decode(json))) : json

/** Whether there is anything like `\ud` in a text. Looks at backslashes only, which the engine finds fast. */
const hasSurrogate = (json: Uint8Array): boolean => {
  for (let at = json.indexOf(BACKSLASH); at !== -1; at = json.indexOf(BACKSLASH, at + 2)) {
    if (json[at + 1] === 0x75 && ((json[at + 2] ?? 0) | 0x20) === 0x64) return true
  }
  return false
}
