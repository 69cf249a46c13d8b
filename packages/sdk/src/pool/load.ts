import { type CompileOptions, compileModule, openPolicy, type Policy } from '../evaluate/wasm.ts'

/** How much the WebAssembly of a bundle may take to start: it runs code of its own before anything is evaluated. */
export interface LoadLimits {
  /**
   * Milliseconds that it may take to start, for which it is tried in a thread that can be ended. Default: 10,000 for a bundle
   * from the network, `Infinity` for others, which start without a trial.
   */
  readonly milliseconds?: number | undefined
  /** Bytes of that thread's heap, 64 MiB at least. Default: what V8 chooses. */
  readonly memoryBytes?: number | undefined
}

/** Milliseconds that what came from the network may take to start. */
const NETWORK_MILLISECONDS = 10_000

/** Returns options with the limits that what comes from the network has. */
export const networkOptions = <T extends { readonly limits?: LoadLimits | undefined }>(
  options: T,
): T & { readonly limits: T['limits'] & LoadLimits } => {
  const { milliseconds = NETWORK_MILLISECONDS } = options.limits ?? {}
  return { ...options, limits: { ...options.limits, milliseconds } }
}

/**
 * Returns the policy in a WASM module, which has shown in a thread of its own that it starts where there are limits.
 *
 * @throws PlangateError `ERR_BUNDLE_INVALID`, `ERR_TIME_LIMIT`, `ERR_MEMORY_LIMIT`
 */
export const loadModule = async (
  wasm: Uint8Array,
  options: CompileOptions,
  { milliseconds, memoryBytes }: LoadLimits = {},
): Promise<Policy> => {
  const compiled = await compileModule(wasm, options)
  if ((milliseconds ?? Infinity) !== Infinity || memoryBytes !== undefined) {
    const { probe } = await import('#platform/pool/probe')
    await probe(compiled, { milliseconds, memoryBytes })
  }
  return openPolicy(compiled)
}
