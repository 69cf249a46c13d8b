import type { ErrorCode } from '@plangate/sdk'

/** What the exit code of the command says. */
export const exitCodes = {
  /** The plan may be applied: nothing fails. Warnings and what is undecided until apply do not stop it. */
  pass: 0,
  /** At least one finding fails. */
  findings: 1,
  /** The command was not meant as it was typed: flags, config, data or policies need mending; no plan was judged. */
  usage: 2,
  /** The gate could not decide: a plan or a bundle cannot be read, or its evaluation did not end. */
  undecidable: 3,
} as const

/** The codes of what the user typed or wrote, which end with 2; every other error ends with 3. */
const usageCodes: ReadonlySet<string> = new Set<ErrorCode>([
  'ERR_CAPABILITIES_INVALID',
  'ERR_USAGE',
  'ERR_BUNDLE_UNVERIFIED',
  'ERR_BUNDLE_URL_INVALID',
  'ERR_CACHE_UNSAFE',
  'ERR_CONFIG_INVALID',
  'ERR_DATA_INVALID',
  'ERR_KEY_INVALID',
  'ERR_NAMESPACE_UNKNOWN',
  'ERR_POLICY_INVALID',
  'ERR_SCHEMA_INVALID',
  'ERR_SOURCE_INVALID',
  'ERR_SOURCE_NOT_FOUND',
  'ERR_SOURCE_TOO_LARGE',
])

/** How the command ends for an error with this code. */
export function exitCodeOf(code: string): number {
  return usageCodes.has(code) ? exitCodes.usage : exitCodes.undecidable
}
