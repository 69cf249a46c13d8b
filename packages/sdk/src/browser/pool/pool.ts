import type * as node from '../../pool/pool.ts'

/** As pool/pool.ts, where there are no threads: throws TypeError. */
export const openPool: typeof node.openPool = () => {
  throw new TypeError('`workers` are threads of Node: in a browser, load the gate inside a Worker of the page')
}
