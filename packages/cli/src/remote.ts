import type { RemoteBundle } from '@plangate/sdk'
import { printWarning } from './errors.ts'
import { usageError } from './usage.ts'

/** How bundles are got from the network, as the flags say it. */
export interface RemoteFlags {
  readonly digest?: string
  readonly unverified?: boolean
  readonly insecure?: boolean
  readonly lastGood?: string
}

/** Whether a value of `--policy` is the address of a bundle on the network. */
export function isAddress(policy: string): boolean {
  return /^(https?|oci):\/\//i.test(policy)
}

/** What to get from each of the addresses; throws `ERR_USAGE` for one digest of several bundles. */
export function remoteBundles(addresses: readonly string[], flags: RemoteFlags): readonly RemoteBundle[] {
  const { digest, unverified = false, insecure = false, lastGood } = flags
  if (digest !== undefined && addresses.length !== 1) {
    throw usageError('`--digest` is for one bundle', 'put `#sha256:…` at the end of each address')
  }
  return addresses.map((url) => ({
    url,
    unverified,
    insecure,
    onNotice: printWarning,
    ...(digest === undefined ? {} : { digest }),
    ...(lastGood === undefined ? {} : { lastGood }),
    ...credentials(process.env),
  }))
}

/** Only from the environment: everybody on the machine can see a command line. */
function credentials(env: Readonly<Record<string, string | undefined>>): Pick<RemoteBundle, 'credentials'> {
  const { PLANGATE_BUNDLE_TOKEN: token, PLANGATE_BUNDLE_USER: username, PLANGATE_BUNDLE_PASSWORD: password } = env
  if (token) return { credentials: { token } }
  return username && password ? { credentials: { username, password } } : {}
}
