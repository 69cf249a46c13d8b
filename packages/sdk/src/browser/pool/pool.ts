import { badArgument } from '@plangate/bundle'
import type * as node from '../../pool/pool.ts'

/** As pool/pool.ts, where there are no threads: throws `ERR_ARGUMENT_INVALID`. */
export const openPool: typeof node.openPool = () => {
  throw badArgument('workers', 'are threads of Node: in a browser, load the gate inside a Worker of the page')
}
