import { type Gate, type GateOptions, loadGate as loadGateAnywhere } from '../gate.ts'
import { type LoadedPolicy, loadPolicy as loadPolicyAnywhere, type PolicyOptions } from '../policy.ts'

/** How a gate is made in a browser: without threads, signatures, and ways outside. */
export type BrowserGateOptions = Omit<GateOptions, 'workers' | 'idleMs' | 'grants' | 'environment' | 'verification'>

/** How a policy is loaded in a browser. */
export type BrowserPolicyOptions = Omit<PolicyOptions, 'grants' | 'environment' | 'verification'>

/**
 * Returns a gate for the bytes of a bundle.
 *
 * Plans are evaluated where the gate was loaded, so load it in a Worker where a page has to stay responsive. A time limit
 * and a signal need threads, which are Node's.
 *
 * @throws PlangateError as in Node, and `ERR_OPA_MISSING` with the names of the built-ins that only OPA's own code
 * answers, unless {@link loadOpa} has loaded it
 *
 * @example
 * const gate = await loadGate(await (await fetch('library.tar.gz')).arrayBuffer())
 */
export const loadGate = (bundle: Uint8Array | ArrayBuffer, options: BrowserGateOptions = {}): Promise<Gate> =>
  loadGateAnywhere(bundle, { workers: 'none', environment: {}, ...options })

/** Returns the evaluator of a bundle's bytes; as {@link loadGate}. */
export const loadPolicy = (
  bundle: Uint8Array | ArrayBuffer,
  options: BrowserPolicyOptions = {},
): Promise<LoadedPolicy> => loadPolicyAnywhere(bundle, { environment: {}, ...options })
