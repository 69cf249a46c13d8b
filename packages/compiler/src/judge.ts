import { bundleLimits, PlangateError } from '@plangate/bundle'
import { unreadable } from './folder.ts'

/**
 * Returns what `read` finds in the packed bundle `source`, with its name in what is wrong with it.
 *
 * @throws PlangateError the codes of `readBundle` about archives, `ERR_SOURCE_INVALID` where it cannot be read
 */
export const inBundle = async <T>(source: string, read: () => Promise<T>): Promise<T> => {
  try {
    return await read()
  } catch (cause) {
    if (!(cause instanceof PlangateError)) throw unreadable(source, cause)
    const { code, message, hint } = cause
    throw new PlangateError(code, `\`${source}\`: ${message}`, { ...(hint === undefined ? {} : { hint }), cause })
  }
}

/**
 * Returns the bytes of a packed bundle that OPA itself will unpack, once what a stranger packed has been judged here.
 *
 * @throws PlangateError as {@link inBundle}
 */
export const judged = (source: string, packed: Uint8Array): Promise<Uint8Array> =>
  inBundle(source, async () => {
    const { readArchive } = await import('@plangate/bundle')
    await readArchive(packed, bundleLimits())
    return packed
  })
