/** What of this package runs in a browser. Nothing here imports Node's modules. */
import { OpaError } from './errors.ts'
import { compileModule, startHostLater, type WasmModule } from './host.ts'
import { defaultMemoryBytes, limitMemory } from './memory.ts'
import { type Opa, openOpa } from './opa.ts'

export { OpaError, type OpaErrorCode } from './errors.ts'
export type { Opa } from './opa.ts'

/**
 * Returns OPA from the bytes of `opa.wasm`, `@plangate/opa/opa.wasm`.
 *
 * @throws OpaError `ERR_OPA_MISSING` for other bytes, `ERR_OPA_FAILED` when it does not start
 */
export const openOpaFrom = async (bytes: Uint8Array): Promise<Opa> => {
  const module = await compiled(bytes)
  try {
    return openOpa(module, defaultMemoryBytes, await startHostLater(module, defaultMemoryBytes))
  } catch (cause) {
    throw cause instanceof OpaError ? cause : new OpaError('ERR_OPA_FAILED', 'OPA does not start', { cause })
  }
}

const compiled = async (bytes: Uint8Array): Promise<WasmModule> => {
  try {
    return await compileModule(limitMemory(bytes, defaultMemoryBytes))
  } catch (cause) {
    throw new OpaError('ERR_OPA_MISSING', 'these are not the bytes of `opa.wasm`', { cause })
  }
}
