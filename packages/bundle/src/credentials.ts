import { latin1OfBase64 } from '#platform/text'

/** What takes the place of a secret. */
export const MASK = '(redacted)'

// Each names a format that its issuer documents and that ordinary text does not take. Lookbehinds keep them from matching
// inside longer words; the capture groups around a secret say what to leave standing.
const FORMATS: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY(?: BLOCK)?-----|$)/g,
  /PuTTY-User-Key-File-\d:[\s\S]*/g,
  /(?<![A-Za-z0-9_-])(?:sk|csk)-(?=[A-Za-z_-]*\d)[A-Za-z0-9_-]{20,}/g,
  /(?<![A-Za-z0-9_-])(?:pa|nk)-(?=[A-Za-z_-]*\d)(?=[a-z0-9_-]*[A-Z])[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])/g,
  /(?<![A-Za-z0-9_])(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{20,}/g,
  /(?<![A-Za-z0-9_])(?:hf|api_org)_[A-Za-z0-9]{30,}/g,
  /(?<![A-Za-z0-9_])(?:nvapi|pypi|xai|pplx)-(?=[A-Za-z_-]*\d)[A-Za-z0-9_-]{40,}/g,
  /(?<![A-Za-z0-9_])tvly-(?=[A-Za-z-]*\d)[A-Za-z0-9-]{20,}/g,
  /(?<![A-Za-z0-9_])(?:r8|gsk|npm|dop_v1|lsv2_pt|lsv2_sk|pcsk|jina|wandb_v1|rpa|ph[xs]|ntn|lin_api)_(?=[A-Za-z_]*\d)[A-Za-z0-9_]{36,}/g,
  /(?<![A-Za-z0-9_])(?:tgp_v1|pscale_(?:tkn|pw|oauth)|napi)_(?=[A-Za-z_-]*\d)[A-Za-z0-9_.-]{32,}/g,
  /(?<![A-Za-z0-9_])(?:sk|ls_|rubygems|sq[apu]|bkua|sbp|shp(?:at|ca|pa|ss))_[0-9a-f]{32,}/g,
  /(?<![A-Za-z0-9_])fw_(?=[A-Za-z]*\d)[A-Za-z0-9]{24}(?![A-Za-z0-9])/g,
  /(?<![A-Za-z0-9_])dapi[0-9a-f]{32}/g,
  /(?<![A-Za-z0-9_])gl(?:pat|dt|rt|cbt|ptt|ft|soat|imt|agent|oas)-[A-Za-z0-9_.-]{20,}/g,
  /(?<![A-Za-z0-9_])(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,})/g,
  /(?<![A-Za-z0-9_])dckr_(?:pat|oat)_[A-Za-z0-9_-]{20,}/g,
  /(?<![A-Za-z0-9_])(?:ATBB[A-Za-z0-9]{32}|ATATT3[A-Za-z0-9_=-]{60,}|AKCp[A-Za-z0-9]{60,})/g,
  /(?<![A-Za-z0-9_])(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Z0-9])/g,
  /(?<![A-Za-z0-9_])ABSK[A-Za-z0-9+/]{60,}={0,2}/g,
  /(?<![A-Za-z0-9_])AIza[A-Za-z0-9_-]{35}/g,
  /(?<![A-Za-z0-9_])GOCSPX-[A-Za-z0-9_-]{28}/g,
  /(?<![A-Za-z0-9_])ya29\.[A-Za-z0-9_-]{20,}/g,
  /[A-Za-z0-9_.-]{3}\dQ~[A-Za-z0-9_~.-]{31,}/g,
  /(?<![A-Za-z0-9_])HRKU-[A-Za-z0-9_-]{36,}/g,
  /(?<![A-Za-z0-9_])(?:xox[abeoprs]|xapp)-[A-Za-z0-9-]{10,}/g,
  /hooks\.slack\.com\/services\/[A-Za-z0-9/]{20,}/g,
  /discord(?:app)?\.com\/api\/webhooks\/\d+\/[A-Za-z0-9_-]{40,}/g,
  /(?<![A-Za-z0-9_])\d{8,10}:AA[A-Za-z0-9_-]{33}/g,
  /(?<![A-Za-z0-9_])whsec_[A-Za-z0-9+/]{32,}/g,
  /(?<![A-Za-z0-9_-])(?:SK|key-)[0-9a-f]{32}(?![0-9a-f])/g,
  /(?<![A-Za-z0-9_])SG\.[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{40,}/g,
  /(?<![A-Za-z0-9_])[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{40,}/g,
  /(?<![A-Za-z0-9_])hv[sbr]\.[A-Za-z0-9_-]{20,}/g,
  /(?<![A-Za-z0-9_])dp\.(?:pt|st|ct|sa)\.[A-Za-z0-9._-]{40,}/g,
  /(?<![A-Za-z0-9_])glsa_[A-Za-z0-9]{32}(?:_[0-9a-f]{8})?/g,
  /(?<![A-Za-z0-9_])(?:glc|sntrys|ops)_eyJ[A-Za-z0-9+/=_-]{40,}/g,
  /(?<![A-Za-z0-9_])NRAK-[A-Z0-9]{27}/g,
  /(?<![A-Za-z0-9_])pul-[0-9a-f]{40}/g,
  /AGE-SECRET-KEY-1[0-9A-Z]{58}/g,
  /(?<![A-Za-z0-9_])pat[A-Za-z0-9]{14}\.[0-9a-f]{64}/g,
  /(?<![A-Za-z0-9_])pat-(?:na|eu)\d-[0-9a-f-]{36}/g,
  /(?<![A-Za-z0-9_])PMAK-[0-9a-f]{24}-[0-9a-f]{34}/g,
  /(?<![A-Za-z0-9_])tskey-[a-z]+-[A-Za-z0-9]+-[A-Za-z0-9]{30,}/g,
  /(?<![A-Za-z0-9_])eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]*/g,
]

const NAMES = String.raw`(?:wandb|w&b|(?:api|access|secret|account|auth|encryption|private|signing|kaggle|search|storage)[_-]?key|auth(?!ori[sz]er)|token|secret|passwo?r?d|passphrase|pwd|credential)`

// The value beside a name that says what it is. Hexadecimal alone is as often a digest, and what has no digit, or has a dot
// as references have, a word.
const NAMED: readonly RegExp[] = [
  new RegExp(
    String.raw`(${NAMES}[\w-]*["'\\]*\s*[:=,]\s*["'\\]*)((?=[^\s"'\\]*\d)(?=[^\s"'\\]*[A-Za-z])[A-Za-z0-9+/=_!#%^*~-]{8,})(?![A-Za-z0-9.:])`,
    'gi',
  ),
  /(aws_?secret_?access_?key["'\\]*\s*[:=]\s*["'\\]*)([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/gi,
  /((?:Account|SharedAccess)Key=|SharedAccessSignature=|[?&]sig=)([A-Za-z0-9+/=%&]{40,})/g,
  /((?:bearer|authorization["'\\]*\s*[:=]\s*["'\\]*basic)\s+)((?=[^\s"'\\]*\d)[A-Za-z0-9._~+/=-]{20,})/gi,
  /(\blogin\s+\S+\s+password\s+)(\S{6,})/g,
]

const URL_PASSWORD = /(:\/\/[^\s:/@]*:)([^\s/@]{3,})(?=@)/g

/** The fewest characters of a credential that shows by itself, each as two digits. */
const HEX = /(?<![A-Za-z0-9])(?:[0-9A-Fa-f]{2}){20,}(?![A-Za-z0-9])/g

/** Characters that stand together in an address or a form. */
const TOGETHER = /[^\s"'<>`]+/g
const PERCENT = /%[0-9A-Fa-f]{2}/

const BASE64 = /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{24,}={0,2}/g

/**
 * Parts of whatever one of the patterns above matches, so that a text without any of them, as nearly all are, is looked at
 * few times. A new pattern needs its part here. In one expression they would take twice as long.
 */
const SIGNS: readonly RegExp[] = [
  new RegExp(
    [
      '-----BEGIN |PuTTY-|sk-|(?:pa|nk)-[A-Za-z0-9_-]{43}|[sr]k_(?:live|test)_|hf_|api_org_|nvapi-|pypi-|xai-|pplx-|tvly-|r8_|gsk_|npm_|dop_v1_|lsv2_',
      'pcsk_|jina_|wandb_v1_|rpa_|ph[xs]_|ntn_|lin_api_|tgp_v1_|pscale_|napi_|_[0-9a-f]{32}|fw_|dapi|github_pat_|gh[pousr]_|dckr_',
      'gl(?:pat|dt|rt|cbt|ptt|ft|soat|imt|agent|oas)-|ATBB|ATATT3|AKCp|AKIA|ASIA|ABIA|ACCA|ABSK|AIza|GOCSPX-|ya29\\.|\\dQ~|HRKU-',
      'xox[abeoprs]-|xapp-|hooks\\.slack\\.com|/api/webhooks/|:AA|whsec_|(?:SK|key-)[0-9a-f]{32}|SG\\.|\\.atlasv1\\.|hv[sbr]\\.',
      'dp\\.(?:pt|st|ct|sa)\\.|glsa_|_eyJ|eyJ|NRAK-|pul-|AGE-|pat[A-Za-z0-9]{14}\\.|pat-|PMAK-|tskey-|Key=|SharedAccessSignature=|sig=|://',
    ].join('|'),
  ),
  new RegExp(
    String.raw`${NAMES}[\w-]*["'\\]*\s*[:=,]\s*["'\\]*[A-Za-z0-9+/=_!#%^*~-]{8}|bearer\s|basic\s|login\s`,
    'i',
  ),
]

/** Returns `text` with everything that looks like a credential masked: as it stands, in URLs, and inside base64, percent-encoding and hexadecimal digits. */
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
  const digests = new Set<string>()
  const isHex = (run: string): boolean => {
    if (digests.has(run)) return false
    const inside = run.replaceAll(/../g, (digits) => String.fromCharCode(Number.parseInt(digits, 16)))
    const hides = plain(inside) !== inside
    if (!hides && digests.size < MOST_WORDS && run.length < LONG_WORD) digests.add(run)
    return hides
  }
  return (text) => {
    const standing = plain(text)
    const bare = PERCENT.test(standing) ? standing.replaceAll(TOGETHER, decoded) : standing
    const masked = bare.match(HEX)?.some(isHex) ? bare.replaceAll(HEX, (run) => (isHex(run) ? MASK : run)) : bare
    // A text in which nothing is replaced stays the string that it was: others take much longer to compare.
    const hides = masked.match(BASE64)?.some(hidesIn) ?? false
    return hides ? masked.replaceAll(BASE64, (run) => (hidesIn(run) ? MASK : run)) : masked
  }
}

const character = (_: string, digits: string): string => String.fromCharCode(Number.parseInt(digits, 16))

/** The run, or the mask where a credential stands in it percent-encoded. */
const decoded = (run: string): string => {
  if (!PERCENT.test(run)) return run
  const inside = run.replaceAll('+', ' ').replaceAll(/%([0-9A-Fa-f]{2})/g, character)
  return plain(inside) === inside ? run : MASK
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
