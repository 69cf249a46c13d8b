import { ConsoleStdout, File, OpenFile, WASI } from '@bjorn3/browser_wasi_shim'

/** A compiled module. The types of Node 20 have no WebAssembly, so this names the little that is used here. */
export interface WasmModule {
  readonly wasmModule: unique symbol
}

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer }
  readonly _initialize: () => void
  readonly alloc: (size: number) => number
  readonly free: (address: number) => void
  readonly call: (address: number, size: number) => number
  readonly collect: () => void
}

interface Instance {
  readonly exports: Exports
}

type Imports = Readonly<Record<string, unknown>>

interface Engine {
  readonly compile: (bytes: Uint8Array) => Promise<WasmModule>
  readonly Module: new (bytes: Uint8Array) => WasmModule
  readonly Instance: new (module: WasmModule, imports: Imports) => Instance
  readonly instantiate: (module: WasmModule, imports: Imports) => Promise<Instance>
}

// `as`: see WasmModule; every Node and every browser that is supported has it
const engine = (globalThis as unknown as { readonly WebAssembly: Engine }).WebAssembly

/** Returns the module in `bytes`; from it, {@link startHost} makes an instance in a fraction of the time. */
export const compileModule = (bytes: Uint8Array): Promise<WasmModule> => engine.compile(bytes)

/** Returns what {@link compileModule} does, and holds the thread until it is there. */
export const compileModuleNow = (bytes: Uint8Array): WasmModule => new engine.Module(bytes)

// Go collects garbage more often when it comes near what it may take.
const softShare = 0.75

/** A running instance of OPA's code. */
export interface Host {
  /** Returns the answer to a frame. Whatever it throws, the instance is of no use afterwards. */
  readonly call: (frame: Uint8Array) => Uint8Array
  /** Frees the memory that calls have left, if it is much. */
  readonly collect: () => void
  /** Returns what Go has written to its standard error, of which only the last part is kept. */
  readonly stderr: () => string
}

const keptStderr = 16 * 1024

/**
 * Returns a fresh instance. It has a clock and random numbers, and no files, arguments or network; in its environment is
 * nothing but `GOMEMLIMIT`. `memoryBytes` is what the module's memory was limited to.
 */
export const startHost = (module: WasmModule, memoryBytes: number): Host => {
  const { imports, start } = prepare(memoryBytes)
  return start(new engine.Instance(module, imports))
}

/** Returns what {@link startHost} does, but later: a browser's own thread makes no large instance at once. */
export const startHostLater = async (module: WasmModule, memoryBytes: number): Promise<Host> => {
  const { imports, start } = prepare(memoryBytes)
  return start(await engine.instantiate(module, imports))
}

/** What an instance is made with, and what starts it. */
const prepare = (memoryBytes: number): { readonly imports: Imports; readonly start: (instance: Instance) => Host } => {
  let stderr = ''
  const console = new ConsoleStdout((bytes) => {
    stderr = (stderr + new TextDecoder().decode(bytes)).slice(-keptStderr)
  })
  const environment = [`GOMEMLIMIT=${Math.floor(memoryBytes * softShare)}`]
  const wasi = new WASI([], environment, [new OpenFile(new File([])), console, console], { debug: false })
  const start = ({ exports }: Instance): Host => {
    try {
      wasi.initialize({ exports })
    } catch (cause) {
      throw new Error(stderr, { cause })
    }
    return {
      call: (frame) => {
        const request = exports.alloc(frame.length) >>> 0
        new Uint8Array(exports.memory.buffer, request, frame.length).set(frame)
        const answer = exports.call(request, frame.length) >>> 0
        exports.free(request)
        const size = new DataView(exports.memory.buffer).getUint32(answer, true)
        const result = new Uint8Array(exports.memory.buffer).slice(answer + 4, answer + 4 + size)
        exports.free(answer)
        return result
      },
      collect: () => exports.collect(),
      stderr: () => stderr,
    }
  }
  return { imports: { wasi_snapshot_preview1: wasi.wasiImport }, start }
}
