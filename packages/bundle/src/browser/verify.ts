import { PlangateError } from '../errors.ts'
import type * as node from '../verify.ts'

/** As ../verify.ts, where signatures cannot be verified: throws `ERR_BUNDLE_UNVERIFIED`. */
export const verifyFiles: typeof node.verifyFiles = async () => {
  throw new PlangateError('ERR_BUNDLE_UNVERIFIED', 'signatures of bundles are not verified in a browser', {
    hint: 'leave out `verification`, and compare `gate.bundle.sha256` with a digest that you trust',
  })
}
