const SURROGATE = /\p{Surrogate}/gu

/** Returns a text whose lone surrogates are U+FFFD, as Go makes them. */
export const wellFormed = (text: string): string => text.replace(SURROGATE, '\ufffd')

/** Returns the JSON of a string as Go writes it, without its escapes for HTML. */
export const quote = (text: string): string => (SEPARATOR.test(text) ? quoteAll(text) : JSON.stringify(text))

const SEPARATOR = /[\u2028\u2029]/
const HTML = /[<>&]/

const quoteAll = (text: string): string =>
  JSON.stringify(text).replace(/[\u2028\u2029]/g, (found) => (found === '\u2028' ? '\\u2028' : '\\u2029'))

/** Returns the JSON of a string as Go's `json.Marshal` writes it, with its escapes for HTML. */
export const quoteHtml = (text: string): string => (HTML.test(text) ? quoteMarkup(text) : quote(text))

const quoteMarkup = (text: string): string =>
  quote(text).replace(/[<>&]/g, (found) => `\\u00${found.charCodeAt(0).toString(16)}`)

/** Returns how two strings compare by their UTF-8, which is by code points: negative, 0 or positive. */
export const compareText = (a: string, b: string): number => {
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at += 1) {
    const left = a.charCodeAt(at)
    const right = b.charCodeAt(at)
    // A half of a pair stands for a code point above all others.
    if (left !== right) return rank(left) - rank(right)
  }
  return a.length - b.length
}

const rank = (unit: number): number => (unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit)
