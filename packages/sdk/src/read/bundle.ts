import { type Bundle, type BundleLimits, readBundle, type Verification } from '@plangate/bundle'
import { isAddress } from './url.ts'
import type { RemoteBundle } from './remote.ts'

/** Where a bundle is: the path of a `.tar.gz` or of a folder, its address on the network, or its bytes. */
export type BundleSource = string | Uint8Array | ArrayBuffer | RemoteBundle

/** A bundle, and what to do with it once it has shown to be good. */
export interface Opened {
  readonly bundle: Bundle
  readonly keep: () => Promise<void>
}

/**
 * Returns the bundle, wherever it is.
 *
 * @throws PlangateError as `readBundle` and {@link fetchBundle}
 */
export const openBundle = async (
  given: BundleSource,
  options: { readonly limits?: BundleLimits | undefined; readonly verification?: Verification | undefined },
): Promise<Opened> => {
  const { limits, verification } = options
  const source = given instanceof ArrayBuffer ? new Uint8Array(given) : given
  if (!isSource(source)) throw new TypeError('a bundle is a path, an address, bytes or an object with `url`')
  const remote = remoteOf(source)
  if (remote === undefined) {
    // `as`: what is not remote is one of these
    const bundle = await readBundle(source as string | Uint8Array, { ...limits, verification })
    return { bundle, keep: async () => {} }
  }
  const { fetchBundle } = await import('#platform/read/remote')
  const { bundle, keep } = await fetchBundle(remote, { limits, verification })
  // Nothing was known before, so that there is always one.
  if (bundle === undefined) throw new TypeError('a server has answered what it was not asked')
  return { bundle, keep }
}

// Given what a caller without types may pass, too.
const isSource = (source: unknown): boolean =>
  typeof source === 'string' ||
  (typeof source === 'object' &&
    source !== null &&
    (source instanceof Uint8Array || ('url' in source && typeof source.url === 'string')))

/** Returns what is to be got from the network, or undefined for what is here. */
export const remoteOf = (source: BundleSource): RemoteBundle | undefined => {
  if (typeof source === 'string') return isAddress(source) ? { url: source } : undefined
  return source instanceof Uint8Array || source instanceof ArrayBuffer ? undefined : source
}
