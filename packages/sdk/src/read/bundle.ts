import {
  badArgument,
  type Bundle,
  type BundleLimits,
  readArgument,
  PlangateError,
  readBundle,
  type Verification,
} from '@plangate/bundle'
import { isAddress } from './url.ts'
import type { RemoteBundle } from './remote.ts'

/** Where a bundle is: the path of a `.tar.gz` or of a folder, its address on the network, or its bytes. */
export type BundleSource = string | Uint8Array | ArrayBuffer | RemoteBundle

/** A bundle, and what to do with it once it has shown to be good. */
export interface Opened {
  readonly bundle: Bundle
  readonly keep: () => Promise<void>
  readonly isRemote: boolean
}

/**
 * Returns the bundle, wherever it is.
 *
 * @throws PlangateError as `readBundle` and {@link fetchBundle}
 */
export const openBundle = async (
  source: BundleSource,
  options: { readonly limits?: BundleLimits | undefined; readonly verification?: Verification | undefined },
): Promise<Opened> => {
  const { limits, verification } = options
  const remote = readArgument('source', () => {
    checkSource(source)
    return remoteOf(source)
  })
  if (remote === undefined) {
    // `as`: what is not remote is one of these
    const given =
      source instanceof ArrayBuffer
        ? readArgument('source', () => new Uint8Array(source))
        : (source as string | Uint8Array)
    // Bytes that were transferred elsewhere are none, and cannot be looked at.
    const bundle = await readBundle(given.length === 0 && typeof given !== 'string' ? new Uint8Array() : given, {
      ...limits,
      verification,
    })
    return { bundle, keep: async () => {}, isRemote: false }
  }
  const { fetchBundle } = await import('#platform/read/remote')
  const { bundle, keep } = await fetchBundle(remote, { limits, verification })
  // Nothing was known before, so that there is always one.
  if (bundle === undefined)
    throw new PlangateError('ERR_BUNDLE_UNAVAILABLE', 'a server has answered what it was not asked')
  return { bundle, keep, isRemote: true }
}

// Given what a caller without types may pass, too.
const checkSource = (source: unknown): void => {
  if (typeof source === 'string' || source instanceof Uint8Array || source instanceof ArrayBuffer) return
  if (typeof source === 'object' && source !== null && 'url' in source && typeof source.url === 'string') return
  throw badArgument('source', 'is a path, an address, bytes or an object with `url`')
}

/** Returns what is to be got from the network, or undefined for what is here. */
export const remoteOf = (source: BundleSource): RemoteBundle | undefined => {
  if (typeof source === 'string') return isAddress(source) ? { url: source } : undefined
  return source instanceof Uint8Array || source instanceof ArrayBuffer ? undefined : { ...source }
}
