import { createHash } from 'node:crypto'
import {
  badArgument,
  type Bundle,
  bundleLimits,
  type BundleLimits,
  PlangateError,
  readBundle,
  type Verification,
} from '@plangate/bundle'
import { basic, type Credentials } from './credentials.ts'
import { type Download, download } from './download.ts'
import { type LastGood, openLastGood, type Validators } from './last-good.ts'
import { isPinned, pull } from './oci.ts'
import { type Address, parseAddress, parseDigest, shownUrl, urlInvalid } from './url.ts'

/** A bundle on the network, and what proves that it is the right one. */
export interface RemoteBundle {
  /** `https://…` of a `.tar.gz`, or `oci://host/repository:tag`; a fragment `#sha256:…` is the same as `digest`. */
  readonly url: string
  /** The sha256 of the `.tar.gz`, as `sha256:…`. An `oci://…@sha256:…` has that of the manifest in its address. */
  readonly digest?: string
  /** What the bundle's signature has to prove, before that of the gate. */
  readonly verification?: Verification | undefined
  /** Whether a bundle is taken that neither a digest nor a signature proves. Whoever has the server then decides plans. */
  readonly unverified?: boolean
  /** Sent to the host in the address, and to no other; so are the credentials. */
  readonly headers?: Readonly<Record<string, string>>
  /** For HTTP and for the token service of a registry, whose default is what `docker login` has written. */
  readonly credentials?: Credentials
  /** Whether plain HTTP is allowed; otherwise only to this machine. */
  readonly insecure?: boolean
  /** Certificates (PEM) that are trusted instead of those that Node knows. */
  readonly ca?: string
  /**
   * Which proxy is asked: the one that `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` name for the host, as for `opa`, or none.
   * Default: `environment`.
   */
  readonly proxy?: 'environment' | 'none'
  /** Milliseconds that a download may take. Default 60,000. */
  readonly timeoutMs?: number
  /** A folder where the last good bundle is kept, and taken from when the server is away. Nobody else may write to it. */
  readonly lastGood?: string
  /** Told when the last good copy is used, or cannot be kept. Default: a warning of the process. */
  readonly onNotice?: (notice: PlangateError) => void
}

/** How a bundle is got this time. */
export interface FetchOptions {
  readonly limits?: BundleLimits | undefined
  readonly verification?: Verification | undefined
  readonly signal?: AbortSignal | undefined
  /** Of the version that the caller has. */
  readonly known?: Validators | undefined
  readonly waitSeconds?: number | undefined
  readonly background?: boolean
  /** Whether the last good copy is taken for every reason, not only where the server is away; nobody is told then. */
  readonly lenient?: boolean
}

/** What was got. */
export interface Fetched {
  /** Undefined where there is no other version than the one that is known. */
  readonly bundle: Bundle | undefined
  readonly validators: Validators
  readonly waits: boolean
  /** Makes it the last good copy, once it has shown to be good. */
  readonly keep: () => Promise<void>
  /** The last good copy so far, if there is one. */
  readonly held: Held | undefined
  /** Why it is the last good copy; undefined where it came from the server. */
  readonly stale?: PlangateError
}

/** A copy from disk that is still proven. */
export interface Held {
  readonly bundle: Bundle
  readonly validators: Validators
}

/**
 * Returns the bundle on the network, proven by its digest or its signature.
 *
 * @throws PlangateError `ERR_BUNDLE_UNVERIFIED`, `ERR_BUNDLE_DIGEST_MISMATCH`, `ERR_BUNDLE_UNAVAILABLE`,
 * `ERR_BUNDLE_DENIED`, `ERR_BUNDLE_URL_INVALID`, `ERR_CACHE_UNSAFE`, `ERR_CACHE_FAILED`, `ERR_ABORTED`, and those of
 * `readBundle`
 */
export const fetchBundle = async (source: RemoteBundle, options: FetchOptions = {}): Promise<Fetched> => {
  const plan = planOf(source, options)
  const { bytes } = bundleLimits(options.limits)
  const lastGood = source.lastGood === undefined ? undefined : await openLastGood(source.lastGood, plan.key)
  const held = options.known === undefined ? await heldCopy(plan, lastGood) : undefined
  const known = options.known ?? held?.validators
  try {
    const got = await transport(plan, { bytes, known, options })
    const { validators, waits } = got
    if (got.bytes === undefined) return { bundle: held?.bundle, validators, waits, keep: nothing, held }
    const copy = { bytes: got.bytes, validators }
    const bundle = await proven(plan, got.bytes)
    const keep = async () => lastGood?.write(copy).catch((error: PlangateError) => plan.notice(error))
    return { bundle, validators, waits, keep, held }
  } catch (error) {
    if (held === undefined || !mayStandIn(error, options)) throw error
    const stale = standingIn(plan, error)
    if (options.lenient !== true) plan.notice(stale)
    return { ...held, waits: false, keep: nothing, held, stale }
  }
}

const nothing = async () => {}

const mayStandIn = (error: unknown, { lenient = false }: FetchOptions): error is PlangateError =>
  error instanceof PlangateError &&
  (error.code === 'ERR_BUNDLE_UNAVAILABLE' ||
    (lenient && !['ERR_ABORTED', 'ERR_BUNDLE_URL_INVALID'].includes(error.code)))

const standingIn = ({ address }: FetchPlan, error: PlangateError): PlangateError =>
  new PlangateError(error.code, `the last good copy of ${shownUrl(address.url)} is used: ${error.message}`, {
    hint: 'policies that have changed since are not in force',
    cause: error,
  })

/** What was said about a bundle, put together. */
interface FetchPlan {
  readonly source: RemoteBundle
  readonly address: Address
  readonly digest: string | undefined
  readonly verification: Verification | undefined
  readonly limits: BundleLimits | undefined
  readonly key: string
  readonly notice: (notice: PlangateError) => void
}

const planOf = (source: RemoteBundle, { limits, verification }: FetchOptions): FetchPlan => {
  const address = parseAddress(source.url)
  const given = source.digest === undefined ? undefined : parseDigest(source.digest)
  if (given !== undefined && address.digest !== undefined && given !== address.digest) {
    throw urlInvalid('the digest in the address is not the one beside it', 'give one of them')
  }
  const plan = {
    source,
    address,
    digest: given ?? address.digest,
    verification: source.verification ?? verification,
    limits,
    key: address.url.href,
    notice: source.onNotice ?? warn,
  }
  const isProven = plan.digest !== undefined || plan.verification !== undefined || isPinned(address.url)
  if (!isProven && source.unverified !== true) throw unverified(address)
  return plan
}

const warn = (notice: PlangateError): void => process.emitWarning(notice.message, { code: notice.code })

const unverified = ({ url }: Address): PlangateError =>
  new PlangateError('ERR_BUNDLE_UNVERIFIED', `nothing proves the bundle at ${shownUrl(url)}`, {
    hint: 'give its digest, `#sha256:…` at the end of the address, or a key for its signature, or waive both by `unverified`',
  })

const transport = async (
  { source, address }: FetchPlan,
  { bytes, known, options }: { bytes: number; known: Validators | undefined; options: FetchOptions },
): Promise<Download> => {
  const { headers = {}, insecure = false, ca, timeoutMs: milliseconds = 60_000, proxy } = source
  if (typeof milliseconds !== 'number' || !(milliseconds > 0))
    throw badArgument('source.timeoutMs', 'is a number, and more than 0')
  const { signal, waitSeconds, background = false } = options
  const isRegistry = address.url.protocol === 'oci:'
  const said = source.credentials ?? address.user
  const credentials: Credentials | undefined =
    said ?? (isRegistry ? await (await import('./docker.ts')).dockerUser(address.url.host) : undefined)
  const wanted = { url: address.url, bytes, milliseconds, insecure, ca, proxy, signal, background, known, waitSeconds }
  const user = credentials !== undefined && 'username' in credentials ? credentials : undefined
  const token = credentials !== undefined && 'token' in credentials ? credentials.token : undefined
  const bearer = token === undefined ? {} : { authorization: `Bearer ${token}` }
  const given = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  if (isRegistry) return pull({ ...wanted, secrets: { ...bearer, ...given } }, user)
  const own = user === undefined ? bearer : { authorization: basic(user) }
  return download({ ...wanted, secrets: { ...own, ...given } })
}

/** The bundle in bytes that are what they should be. */
const proven = async ({ address, digest, verification, limits }: FetchPlan, bytes: Uint8Array): Promise<Bundle> => {
  const actual = createHash('sha256').update(bytes).digest('hex')
  if (digest !== undefined && actual !== digest) {
    throw new PlangateError(
      'ERR_BUNDLE_DIGEST_MISMATCH',
      `${shownUrl(address.url)} gives a bundle with another digest`,
      {
        hint: `it is \`sha256:${actual}\`: name it if you trust it`,
      },
    )
  }
  return readBundle(bytes, { ...limits, verification })
}

/** The copy on disk, if there is one and it is still proven. */
const heldCopy = async (plan: FetchPlan, lastGood: LastGood | undefined): Promise<Held | undefined> => {
  try {
    const copy = await lastGood?.read()
    return copy && { bundle: await proven(plan, copy.bytes), validators: copy.validators }
  } catch (error) {
    if (error instanceof PlangateError) plan.notice(error)
    else throw error
    return undefined
  }
}
