import type { PARSE_SHARED } from './repair/sharing.ts'

/** A compiled module. The types of Node 20 have no WebAssembly, so this file names the little that is used here. */
export interface WasmModule {
  readonly wasmModule: unique symbol
}

/** Linear memory; `buffer` is another one after each growth. */
export interface Memory {
  readonly buffer: ArrayBuffer
}

/**
 * The exports of a policy, https://www.openpolicyagent.org/docs/wasm#exports, as far as they are used. Addresses are
 * unsigned, but come as signed numbers.
 */
export interface Exports {
  readonly builtins: () => number
  readonly entrypoints: () => number
  readonly eval: (context: number) => number
  readonly opa_eval_ctx_new: () => number
  readonly opa_eval_ctx_set_input: (context: number, value: number) => void
  readonly opa_eval_ctx_set_data: (context: number, value: number) => void
  readonly opa_eval_ctx_set_entrypoint: (context: number, entrypoint: number) => void
  readonly opa_eval_ctx_get_result: (context: number) => number
  readonly opa_heap_ptr_get: () => number
  readonly opa_heap_ptr_set: (address: number) => void
  readonly opa_json_dump: (value: number) => number
  readonly opa_json_parse: (text: number, length: number) => number
  readonly opa_malloc: (length: number) => number
  readonly opa_value_add_path: (base: number, path: number, value: number) => number
  readonly opa_value_dump: (value: number) => number
  /** Not of OPA: see `repair/sharing.ts`. The text is not in the heap, and nothing needs it afterwards. */
  readonly [PARSE_SHARED]?: (text: number, length: number) => number
  readonly opa_value_parse: (text: number, length: number) => number
  /** Ours, where the module has loops that need no order: asks for order in all of them, and tells that it may be seen. */
  readonly plangate_ordered?: { value: number }
  readonly plangate_seen?: { value: number }
  readonly opa_wasm_abi_version?: { readonly value: unknown }
}

/** The parts of opa-wasm's `LoadedPolicy` that are used, some of which its types leave out. */
export interface LoadedPolicy {
  readonly entrypoints: Readonly<Record<string, number>>
  readonly dataAddr: number
  dataHeapPtr: number
  readonly setData: (data: ArrayBuffer) => void
}

/** A module that runs. */
export interface Instance {
  readonly exports: Exports
}

interface Engine {
  readonly compile: (bytes: Uint8Array) => Promise<WasmModule>
  readonly Module: new (bytes: Uint8Array) => WasmModule
  readonly Instance: new (module: WasmModule, imports: Readonly<Record<string, unknown>>) => Instance
  readonly Memory: new (pages: { readonly initial: number; readonly maximum: number }) => Memory
}

// `as`: see WasmModule; every Node and every browser that is supported has it
export const engine = (globalThis as unknown as { readonly WebAssembly: Engine }).WebAssembly
