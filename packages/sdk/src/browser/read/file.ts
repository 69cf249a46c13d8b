import { PlangateError } from '@plangate/bundle'
import type * as node from '../../read/file.ts'

/** As read/file.ts, where there are no files: throws `ERR_INPUT_NOT_FOUND`. */
export const openFile: typeof node.openFile = async (path) => {
  throw new PlangateError('ERR_INPUT_NOT_FOUND', `cannot read a plan at \`${path}\`: a browser has no files`, {
    hint: 'give bytes, a stream such as that of a `File`, or the parsed document',
  })
}
