import { PlangateError } from '../errors.ts'
import type * as node from '../disk.ts'

/** As ../disk.ts, where there are no files: throws `ERR_BUNDLE_NOT_FOUND`. */
export const readDisk: typeof node.readDisk = async (path) => {
  throw new PlangateError('ERR_BUNDLE_NOT_FOUND', `cannot read a bundle at \`${path}\`: a browser has no files`, {
    hint: 'fetch it, and give its bytes',
  })
}
