import { PlangateError } from '@plangate/bundle'
import type * as node from '../../../read/outside/helper.ts'

/** As read/outside/helper.ts, where nothing is granted: throws `ERR_BUILTIN_MISSING`. */
export const askOutside: typeof node.askOutside = () => {
  throw new PlangateError('ERR_BUILTIN_MISSING', 'policies reach nothing outside in a browser', {
    hint: 'give the answer as `data`',
  })
}
