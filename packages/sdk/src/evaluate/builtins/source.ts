import { createRequire } from 'node:module'
import type { loadOpa, loadOpaNow } from '@plangate/opa'
import { asPlangateError, type GoSource } from './go.ts'

interface OpaPackage {
  readonly loadOpa: typeof loadOpa
  readonly loadOpaNow: typeof loadOpaNow
}

// Node 20 cannot require the TypeScript that tests read.
const isSource = import.meta.url.endsWith('.ts')

/**
 * Returns the source of OPA's Go code: its package is loaded, and its module read and compiled, only when one of the two
 * is called. The package alone costs 20 ms, which policies that never need it are spared.
 */
export const goSource = async (): Promise<GoSource> => {
  if (isSource) {
    const opa = await opaPackage()
    return { load: () => opa.loadOpa(), now: () => opa.loadOpaNow() }
  }
  return { load: async () => (await opaPackage()).loadOpa(), now: () => required().loadOpaNow() }
}

// `as`: it is that package, which Node has once whether it is imported or required
const required = (): OpaPackage => createRequire(import.meta.url)('@plangate/opa') as OpaPackage

const opaPackage = (): Promise<OpaPackage> =>
  import('@plangate/opa').catch((cause: unknown) => Promise.reject(asPlangateError(cause)))
