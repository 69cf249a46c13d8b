import { badArgument } from '@plangate/bundle'
import type * as node from '../../pool/probe.ts'

/** As pool/probe.ts, where there are no threads: throws `ERR_ARGUMENT_INVALID`. */
export const probe: typeof node.probe = async () => {
  throw badArgument(
    'limits.milliseconds',
    'needs threads of Node: in a browser, load the gate inside a Worker of the page',
  )
}
