import { PlangateError, readArgument } from '@plangate/bundle'
import { type Gate, type GateOptions, gateOf } from '../gate.ts'
import { type BundleSource, openBundle, remoteOf } from '../read/bundle.ts'
import type { Validators } from '../read/last-good.ts'
import { fetchBundle, type Fetched, type FetchOptions } from '../read/remote.ts'

/** Gets the bundle of a service. */
export type Ask = (more: Pick<FetchOptions, 'known' | 'waitSeconds' | 'background' | 'lenient'>) => Promise<Fetched>

/** Returns the bundle from wherever it is; what is no address is read anew each time. */
export const fetchFrom = async (source: BundleSource, options: FetchOptions): Promise<Fetched> => {
  const remote = readArgument('options.source', () => remoteOf(source))
  if (remote !== undefined) return fetchBundle(remote, options)
  return { ...(await openBundle(source, options)), validators: {}, waits: false, held: undefined }
}

/** The gate with which a service begins. */
export interface First {
  readonly gate: Gate
  readonly validators: Validators
  readonly waits: boolean
  /** Why it is the last good copy. */
  readonly stale: unknown
}

/** Returns the gate for the first bundle, or for the last good copy where that one is of no use. */
export const firstGate = async (ask: Ask, options: GateOptions): Promise<First> => {
  const { bundle, validators, waits, held, stale, keep } = await ask({ lenient: true })
  if (bundle === undefined)
    throw new PlangateError('ERR_BUNDLE_UNAVAILABLE', 'a server has answered what it was not asked')
  try {
    const gate = await gateOf(bundle, options)
    await keep()
    return { gate, validators, waits, stale }
  } catch (error) {
    if (held === undefined || held.bundle === bundle) throw error
    return { gate: await gateOf(held.bundle, options), validators: held.validators, waits: false, stale: error }
  }
}
