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
 * A value is found as it stands, escaped for JSON (Go's escapes of `<`, `>` and `&` too), YAML and Terraform, percent-encoded, in
 * hexadecimal digits, and in base64 of either alphabet, also as a part of a longer text that was encoded.
 *
 * @param sensitive strings long enough to be told from ordinary words
 */
export const redactor = (sensitive: ReadonlySet<string>): Redact => {
  const escaped = [...sensitive].filter((value) => ESCAPED.test(value)).sort(longestFirst)
  const forms = [...new Set([...sensitive].flatMap(formsOf))].sort(longestFirst)
  const patterns = [...escaped.map(escapedPattern), ...forms.map(literalPattern)]
  const expressions: RegExp[] = []
  for (let at = 0; at < patterns.length; at += FORMS_PER_EXPRESSION) {
    expressions.push(new RegExp(patterns.slice(at, at + FORMS_PER_EXPRESSION).join('|'), 'g'))
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

const longestFirst = (a: string, b: string): number => b.length - a.length || (a < b ? -1 : 1)

const formsOf = (value: string): readonly string[] => {
  const json = JSON.stringify(value).slice(1, -1)
  const go = inGo(json)
  const yaml = value.replaceAll("'", "''")
  const terraform = json.replaceAll(/[$%](?=\{)/g, '$&$&')
  const encoded = [...new Set([value, json, go])].flatMap(base64Forms)
  return [value, yaml, terraform, ...percentForms(value), ...encoded, ...hexForms(value)]
}

/** What JSON, and Go's JSON, escape. */
const ESCAPED = /["\\<>&\u2028\u2029\p{Cc}]/u

/** Backslashes of an escape in an escape, as deep as anybody writes one. */
const MOST_BACKSLASHES = 63

/** A pattern for a value as it stands or in YAML's quotes, and that escaped for JSON however often. */
const escapedPattern = (value: string): string => {
  const some = `\\\\{1,${MOST_BACKSLASHES}}`
  const maybe = `\\\\{0,${MOST_BACKSLASHES}}`
  let isBehind = false
  let pattern = ''
  for (const part of value.match(/\\+|[^\\]/gsu) ?? []) {
    const code = part.charCodeAt(0).toString(16).padStart(4, '0')
    const short = JSON.stringify(part).slice(2, -1)
    // Behind a backslash of the value, its pattern has taken those of the escape.
    const mark = isBehind ? '' : some
    if (part.startsWith('\\')) pattern += some
    else if (part === '"') pattern += `${isBehind ? '' : maybe}"`
    // YAML doubles it.
    else if (part === "'") pattern += "''?"
    else if (!ESCAPED.test(part)) pattern += literalPattern(part)
    else {
      const shorts = /^[bfnrt]$/.test(short) ? [`${mark}${short}`] : []
      pattern += `(?:${[literalPattern(part), ...shorts, `${mark}u(?:${code}|${code.toUpperCase()})`].join('|')})`
    }
    isBehind = part.startsWith('\\')
  }
  return pattern
}

const inGo = (json: string): string =>
  json.replaceAll(/[<>&\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)

const percentCode = (char: string): string => `%${char.charCodeAt(0).toString(16).toUpperCase()}`

/** As JavaScript does it, and as Go does in a query. */
const percentForms = (value: string): readonly string[] => {
  try {
    const form = encodeURIComponent(value)
    return [form, form.replaceAll('%20', '+').replaceAll(/[!'()*]/g, percentCode)]
  } catch {
    return []
  }
}

const hexForms = (value: string): readonly string[] => {
  const form = [...new TextEncoder().encode(value)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return [form, form.toUpperCase()]
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
