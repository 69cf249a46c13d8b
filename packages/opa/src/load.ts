import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { location, missing } from './checksum.ts'
import { compileModule, compileModuleNow, type WasmModule } from './host.ts'
import { defaultMemoryBytes, limitMemory } from './memory.ts'
import { type Opa, openOpa, outOfMemory } from './opa.ts'
import { tieredLate } from './tiering.ts'

/** How OPA is run. */
export interface OpaOptions {
  /** Bytes of its memory. Default 2 GiB; less than 64 MiB is too little to start. */
  readonly memoryBytes?: number
  /**
   * When V8 optimises a function. `late` saves half of the CPU time of a first compile, and costs some where few
   * functions run for long. Default `early`. The first call in a thread decides.
   */
  readonly tiering?: 'early' | 'late'
}

const loaded = new Map<number, Promise<Opa>>()

/**
 * Returns OPA, compiled and started on the first call with these limits, and kept for the thread.
 *
 * @throws OpaError `ERR_OPA_MISSING` when the WebAssembly has not been built, `ERR_MEMORY_LIMIT`
 */
export const loadOpa = ({ memoryBytes = defaultMemoryBytes, tiering }: OpaOptions = {}): Promise<Opa> => {
  const known = loaded.get(memoryBytes)
  if (known !== undefined) return known
  const read = () => readModule(location(), memoryBytes)
  const opening = (tiering === 'late' ? tieredLate(read) : read()).then((module) => openOpa(module, memoryBytes))
  loaded.set(memoryBytes, opening)
  opening.then((opa) => loadedNow.set(memoryBytes, opa)).catch(() => undefined)
  // A failure is not kept: what was missing may be there the next time.
  opening.catch(() => loaded.delete(memoryBytes))
  return opening
}

const loadedNow = new Map<number, Opa>()

/**
 * Returns OPA as {@link loadOpa} does, but at once, and holds the thread for about half a second the first time: for who
 * learns only inside a synchronous call that it is needed.
 *
 * @throws OpaError `ERR_OPA_MISSING`, `ERR_MEMORY_LIMIT`
 */
export const loadOpaNow = ({ memoryBytes = defaultMemoryBytes }: Pick<OpaOptions, 'memoryBytes'> = {}): Opa => {
  const known = loadedNow.get(memoryBytes)
  if (known !== undefined) return known
  const opa = openOpa(moduleNow(location(), memoryBytes), memoryBytes)
  loadedNow.set(memoryBytes, opa)
  loaded.set(memoryBytes, Promise.resolve(opa))
  return opa
}

const moduleNow = (url: URL, memoryBytes: number): WasmModule => {
  try {
    return compileModuleNow(limitMemory(readFileSync(url), memoryBytes))
  } catch (cause) {
    if (cause instanceof RangeError) throw outOfMemory(memoryBytes, cause)
    throw missing(url, cause)
  }
}

/** Returns the module in the file at `url`, for {@link openOpa}. */
export const readModule = async (url: URL, memoryBytes = defaultMemoryBytes): Promise<WasmModule> => {
  try {
    return await compileModule(limitMemory(await readFile(url), memoryBytes))
  } catch (cause) {
    if (cause instanceof RangeError) throw outOfMemory(memoryBytes, cause)
    throw missing(url, cause)
  }
}
