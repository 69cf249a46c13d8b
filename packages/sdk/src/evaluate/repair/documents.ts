import { wellFormedEscapes } from '../value/surrogates.ts'
import { Type } from '../value/types.ts'
import { ORIGINAL } from './rewrite.ts'
import { type Answers, UNDEFINED } from './runtime.ts'

// Go: v1/topdown/encoding.go

/**
 * JSON and base64 within strings. OPA's WebAssembly writes keys and sets in the order of their hashes and no escapes for
 * HTML; it takes a text for valid that only begins so, stops at half a surrogate pair, and is generous with base64.
 */
export const documents: Answers = {
  opa_json_marshal: ({ reader, writer }, value = 0) => writer.bytes(reader.jsonBytes(value, { html: true })),

  opa_json_is_valid: ({ reader, writer }, value = 0) =>
    writer.text(String(reader.typeOf(value) === Type.string && isJson(reader.string(value)))),

  opa_json_unmarshal: ({ reader, writer, ask }, value = 0) => {
    if (reader.typeOf(value) !== Type.string) return UNDEFINED
    const text = reader.string(value)
    if (!isJson(text)) return UNDEFINED
    return hasLongExponent(text) ? ask('json.unmarshal', [value]) : writer.json(wellFormedEscapes(text))
  },

  opa_base64_is_valid: ({ reader, writer }, value = 0) =>
    writer.text(String(reader.typeOf(value) === Type.string && isBase64(reader.string(value)))),

  opa_base64_decode: ({ reader, writer }, value = 0) => {
    if (reader.typeOf(value) !== Type.string || !isBase64(reader.string(value))) return UNDEFINED
    const text = reader.string(value)
    return /^[\r\n]*$/.test(text) ? writer.string('') : ORIGINAL
  },

  opa_base64_url_decode: ({ reader, ask }, value = 0) => {
    if (reader.typeOf(value) !== Type.string) return UNDEFINED
    const text = reader.string(value)
    const isPlain = text !== '' && text.length % 4 !== 1 && !/[^\w-]/.test(text)
    return isPlain ? ORIGINAL : ask('base64url.decode', [value])
  },
}

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Whether a number has an exponent of so many digits that OPA may refuse it. Strings, such as hashes, hold no numbers. */
const hasLongExponent = (text: string): boolean =>
  LONG_EXPONENT.test(text) && LONG_EXPONENT.test(text.replaceAll(/"[^"\\]*(?:\\.[^"\\]*)*"/g, '""'))

const LONG_EXPONENT = /\d[eE][-+]?\d{5}/

/** As Go's base64.StdEncoding: padded, and line breaks are passed over. No pattern repeats a group: V8 has no room for it. */
const isBase64 = (text: string): boolean => {
  const inLine = text.replaceAll(/[\r\n]/g, '')
  return inLine.length % 4 === 0 && !/[^A-Za-z0-9+/]/.test(inLine.replace(/={1,2}$/, ''))
}
