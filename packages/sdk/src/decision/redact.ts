import { base64Of, credentialMasker, MASK } from '@plangate/bundle'
import { literalPattern } from '../evaluate/value/literal.ts'

/** Takes secrets out of a text. */
export type Redact = (text: string) => string

/** A plan marks few values; beyond this many forms one expression would cost more than the evaluation. */
const FORMS_PER_EXPRESSION = 500
const MIN_BASE64 = 8

/**
 * Returns a function that masks sensitive values and anything that looks like a credential.
 *
 * A value is found as it stands, escaped for JSON (Go's escapes of `<`, `>` and `&` too), percent-encoded, and in base64
 * of either alphabet, also as a part of a longer text that was encoded.
 *
 * @param sensitive strings long enough to be told from ordinary words
 */
export const redactor = (sensitive: ReadonlySet<string>): Redact => {
  const forms = [...new Set([...sensitive].flatMap(formsOf))].sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
  const expressions: RegExp[] = []
  for (let at = 0; at < forms.length; at += FORMS_PER_EXPRESSION) {
    const part = forms.slice(at, at + FORMS_PER_EXPRESSION).map(literalPattern)
    expressions.push(new RegExp(part.join('|'), 'g'))
  }
  // Titles and remediations repeat with each finding.
  const known = new Map<string, string>()
  const maskCredentials = credentialMasker()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    let masked = text
    for (const expression of expressions) masked = masked.replaceAll(expression, MASK)
    masked = maskCredentials(masked)
    if (known.size < 10_000) known.set(text, masked)
    return masked
  }
}

const formsOf = (value: string): readonly string[] => {
  const json = JSON.stringify(value).slice(1, -1)
  const go = json.replaceAll(/[<>&\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
  const twice = JSON.stringify(json).slice(1, -1)
  return [value, json, go, twice, percent(value), ...base64Forms(value)]
}

const percent = (value: string): string => {
  try {
    return encodeURIComponent(value)
  } catch {
    return value
  }
}

/**
 * The characters that base64 gives a value whatever stands before and after it: a group of four holds three bytes, so
 * there are three alignments, and the characters that share a byte with a neighbour are left out.
 */
const base64Forms = (value: string): readonly string[] => {
  const bytes = new TextEncoder().encode(value)
  const forms = [0, 1, 2].map((before) => {
    const shifted = new Uint8Array(before + bytes.length)
    shifted.set(bytes, before)
    const text = base64Of(shifted).replaceAll('=', '')
    const from = Math.ceil((before * 8) / 6)
    return text.slice(from, Math.floor(((before + bytes.length) * 8) / 6))
  })
  return [...forms, base64Of(bytes)]
    .filter((form) => form.length >= MIN_BASE64)
    .flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')])
}
