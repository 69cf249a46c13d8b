import { latin1OfBase64 } from '#platform/text'

/** What takes the place of a secret. */
export const MASK = '(redacted)'

// Each names a format that its issuer documents and that ordinary text does not take. Lookbehinds keep them from matching
// inside longer words; the capture groups around a secret say what to leave standing.
const FORMATS: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /(?<![A-Za-z0-9_-])sk-(?=[A-Za-z_-]*\d)[A-Za-z0-9_-]{20,}/g,
  /(?<![A-Za-z0-9_])(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{20,}/g,
  /(?<![A-Za-z0-9_])(?:hf|api_org)_[A-Za-z0-9]{30,}/g,
  /(?<![A-Za-z0-9_])(?:nvapi|pypi|xai|pplx)-(?=[A-Za-z_-]*\d)[A-Za-z0-9_-]{40,}/g,
  /(?<![A-Za-z0-9_])(?:r8|gsk|npm|tgp_v1|dop_v1|lsv2_pt|lsv2_sk)_(?=[A-Za-z_]*\d)[A-Za-z0-9_]{36,}/g,
  /(?<![A-Za-z0-9_])dapi[0-9a-f]{32}/g,
  /(?<![A-Za-z0-9_])gl(?:pat|dt|rt|cbt|ptt|ft|soat|imt|agent)-[A-Za-z0-9_.-]{20,}/g,
  /(?<![A-Za-z0-9_])(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,})/g,
  /(?<![A-Za-z0-9_])(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Z0-9])/g,
  /(?<![A-Za-z0-9_])AIza[A-Za-z0-9_-]{35}/g,
  /(?<![A-Za-z0-9_])ya29\.[A-Za-z0-9_-]{20,}/g,
  /(?<![A-Za-z0-9_])xox[abeoprs]-[A-Za-z0-9-]{10,}/g,
  /(?<![A-Za-z0-9_])[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{40,}/g,
  /(?<![A-Za-z0-9_])hv[sbr]\.[A-Za-z0-9_-]{20,}/g,
  /(?<![A-Za-z0-9_])eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]*/g,
]

// The value beside a name that says what it is. Hexadecimal of 32 to 64 digits alone is as often a digest.
const NAMED: readonly RegExp[] = [
  /((?:wandb|w&b|api[_-]?key|token|secret|passw(?:or)?d|passwd|credential)[\w-]*["'\\]*\s*[:=]\s*["'\\]*)([0-9a-f]{32,64})(?![0-9a-z])/gi,
  /(aws_?secret_?access_?key["'\\]*\s*[:=]\s*["'\\]*)([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/gi,
  /(AccountKey=|SharedAccessSignature=)([A-Za-z0-9+/=%&]{40,})/g,
]

const URL_PASSWORD = /(:\/\/[^\s:/@]*:)([^\s/@]{3,})(?=@)/g

const BASE64 = /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{24,}={0,2}/g

/**
 * Parts of whatever one of the patterns above matches, so that a text without any of them, as nearly all are, is looked at
 * three times. A new pattern needs its part here. In one expression they would take twice as long.
 */
const SIGNS: readonly RegExp[] = [
  new RegExp(
    [
      '-----BEGIN |sk-|[sr]k_(?:live|test)_|hf_|api_org_|nvapi-|pypi-|xai-|pplx-|r8_|gsk_|npm_|tgp_v1_|dop_v1_|lsv2_(?:pt|sk)_',
      'dapi|gl(?:pat|dt|rt|cbt|ptt|ft|soat|imt|agent)-|gh[pousr]_|github_pat_|AKIA|ASIA|ABIA|ACCA|AIza|ya29\\.|xox[abeoprs]-',
      '\\.atlasv1\\.|hv[sbr]\\.|eyJ|AccountKey=|SharedAccessSignature=|://',
    ].join('|'),
  ),
  /[0-9A-Fa-f]{32}/,
  /access_?key/i,
]

/** Returns `text` with everything that looks like a credential masked: as it stands, in URLs, and inside base64. */
export const maskCredentials = (text: string): string => credentialMasker()(text)

/** Returns a function that masks as {@link maskCredentials} does, and remembers words that it has seen. */
export const credentialMasker = (): ((text: string) => string) => {
  /** Runs of characters that could be base64, such as types of resources, which come again in each message. */
  const harmless = new Set<string>()
  const hidesIn = (run: string): boolean => {
    if (harmless.has(run)) return false
    // Of either alphabet; what is no text comes out as characters that no format has. A run that begins where something
    // was masked already may begin within a group of four.
    const hides = [0, 1, 2, 3].some((from) => {
      const inside = latin1OfBase64(run.slice(from))
      return plain(inside) !== inside
    })
    if (!hides && harmless.size < MOST_WORDS && run.length < LONG_WORD) harmless.add(run)
    return hides
  }
  return (text) => {
    const masked = plain(text)
    // A text in which nothing is replaced stays the string that it was: others take much longer to compare.
    const hides = masked.match(BASE64)?.some(hidesIn) ?? false
    return hides ? masked.replaceAll(BASE64, (run) => (hidesIn(run) ? MASK : run)) : masked
  }
}

/** Words that are remembered, and how long they are at most. */
const MOST_WORDS = 10_000
const LONG_WORD = 200

const plain = (text: string): string => {
  if (!SIGNS.some((sign) => sign.test(text))) return text
  let masked = text
  for (const format of FORMATS) masked = masked.replaceAll(format, MASK)
  for (const named of NAMED) masked = masked.replaceAll(named, `$1${MASK}`)
  return masked.replaceAll(URL_PASSWORD, `$1${MASK}`)
}
