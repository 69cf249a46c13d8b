interface Memory {
  readonly buffer: ArrayBuffer
}

interface Exports {
  readonly builtins: () => number
  readonly opa_json_dump: (address: number) => number
}

interface Engine {
  readonly Memory: new (limits: { readonly initial: number }) => Memory
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object, imports: Readonly<Record<string, unknown>>) => { readonly exports: Exports }
}

// `as`: the types of Node 20 have no WebAssembly; this is what is used of it
const engine = (globalThis as unknown as { readonly WebAssembly: Engine }).WebAssembly

// A module asks for the memory that its string constants fill. Pages that nobody touches cost nothing.
const pages = 2048

const unused = (): never => {
  throw new Error('nothing is evaluated here')
}

/**
 * Returns the names of the functions that a policy's WASM expects of its host, sorted.
 *
 * The module says so itself: https://www.openpolicyagent.org/docs/wasm#exports, `builtins`.
 */
export const neededBuiltins = (wasm: Uint8Array): readonly string[] => {
  const memory = new engine.Memory({ initial: pages })
  const calls = ['opa_abort', 'opa_println', ...[0, 1, 2, 3, 4].map((arity) => `opa_builtin${arity}`)]
  const env = { memory, ...Object.fromEntries(calls.map((name) => [name, unused])) }
  const { exports } = new engine.Instance(new engine.Module(wasm), { env })
  const start = exports.opa_json_dump(exports.builtins()) >>> 0
  const bytes = new Uint8Array(memory.buffer)
  const text = new TextDecoder().decode(bytes.subarray(start, bytes.indexOf(0, start)))
  // `as`: the module's own table, name to number
  return Object.keys(JSON.parse(text) as Readonly<Record<string, number>>).sort()
}
