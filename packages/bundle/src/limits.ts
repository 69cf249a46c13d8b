import { PlangateError } from './errors.ts'

/** How much a bundle may hold before it is refused. */
export interface BundleLimits {
  /** Bytes of all files together once unpacked. Default 512 MiB. */
  readonly bytes?: number
  /** Files and folders in the archive. Default 10,000. */
  readonly entries?: number
  /**
   * Unpacked bytes for each packed byte. Default 200. Archives that unpack to less than 16 MiB are exempt:
   * a small file of equal lines may well pack better, and cannot hurt.
   */
  readonly ratio?: number
}

/** The limits with every default filled in. */
export const bundleLimits = ({
  bytes = 512 * 1024 * 1024,
  entries = 10_000,
  ratio = 200,
}: BundleLimits = {}): Required<BundleLimits> => ({ bytes, entries, ratio })

/** Returns the most bytes that a gzip stream of `packed` bytes may unpack to. */
export const unpackedLimit = (packed: number, { bytes, ratio }: Required<BundleLimits>): number =>
  Math.min(bytes, Math.max(16 * 1024 * 1024, packed * ratio))

/** Returns the error for a bundle that holds more than `limit` of `what`. */
export const tooLarge = (what: string, limit: number): PlangateError =>
  new PlangateError('ERR_BUNDLE_TOO_LARGE', `the bundle holds more than ${limit} ${what}`, {
    hint: 'raise `limits` if the bundle comes from a source that you trust',
  })
