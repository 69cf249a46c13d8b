import { PlangateError } from '@plangate/bundle'
import type * as node from '../../read/remote.ts'

/** As read/remote.ts, where the page fetches for itself: throws `ERR_BUNDLE_NOT_FOUND`. */
export const fetchBundle: typeof node.fetchBundle = async () => {
  throw new PlangateError('ERR_BUNDLE_NOT_FOUND', 'a bundle is not loaded from an address in a browser', {
    hint: 'fetch it, and give its bytes',
  })
}
