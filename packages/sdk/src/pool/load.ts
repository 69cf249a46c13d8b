import { type CompileOptions, compileModule, openPolicy, type Policy } from '../evaluate/wasm.ts'

/** How much the WebAssembly of a bundle may take to start: it runs code of its own before anything is evaluated. */
export interface LoadLimits {
  /** Milliseconds that it may take to start, for which it is tried in a thread that can be ended. Default: none. */
  readonly milliseconds?: number | undefined
  /** Bytes of that thread's heap, 64 MiB at least. Default: what V8 chooses. */
  readonly memoryBytes?: number | undefined
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
  if (milliseconds !== undefined || memoryBytes !== undefined) {
    const { probe } = await import('#platform/pool/probe')
    await probe(compiled, { milliseconds, memoryBytes })
  }
  return openPolicy(compiled)
}
