import { viewOf } from '#platform/evaluate/view'
import { PlangateError, textAt } from '@plangate/bundle'
import { engine, type Exports, type LoadedPolicy, type Memory, type WasmModule } from './engine.ts'
import { conflictOf } from './conflict.ts'
import { Abort, failure, type Step } from './failure.ts'
import { allocate, pagesOf } from './memory.ts'
import { allocating } from './repair/allocator.ts'
import { remembering } from './repair/expressions.ts'
import { FIRST_ID, repaired, repairsOf } from './repair/repair.ts'
import { type MemoryReader, readerOf } from './value/memory.ts'
import { writerOf } from './value/writer.ts'
import { wellFormedJson } from './value/surrogates.ts'

/** Answers a call of a host built-in: arguments and result as OPA value text, undefined for an undefined result. */
export type BuiltinCall = (name: string, args: readonly string[]) => string | undefined

/** A value to put into `data` below the base document, at a path where the base has none: both as OPA value text. */
export interface Mount {
  readonly path: string
  readonly text: string
}

/** The `data` of an evaluation. `key` is equal only for equal documents, so that an unchanged one is not loaded again. */
export interface DataDocument {
  readonly key: string
  readonly base: Uint8Array
  readonly mounts: readonly Mount[]
}

/** What to evaluate. */
export interface EvaluateRequest {
  /** One JSON document, proven to be one: the WASM takes a broken one for undefined input. Without it, it is undefined. */
  readonly input?: Uint8Array
  /** Whether the input is OPA value text rather than JSON: it may hold sets, and objects with any keys. */
  readonly inputIsText?: boolean
  readonly data: DataDocument
  /** Entrypoints of the module, each evaluated on the same input. */
  readonly entrypoints: readonly string[]
  readonly builtin: BuiltinCall
  readonly memoryBytes: number
}

/** A compiled policy. Holds one WASM instance at a time and replaces it whenever an evaluation did not end well. */
export interface Policy {
  /** What another thread can be given for {@link openPolicy}. */
  readonly compiled: Compiled
  readonly entrypoints: readonly string[]
  /** The built-in functions that the module asks of its host. */
  readonly builtins: readonly string[]
  /**
   * Functions of OPA's runtime whose answers differ from its interpreter's and could not be repaired in this module; all of
   * them where it has lost its names.
   */
  readonly unrepaired: readonly string[]
  /**
   * Returns the value of each entrypoint, in order; undefined where it is undefined. Sets come as arrays in no order
   * to rely on, numbers as JavaScript numbers.
   *
   * @throws PlangateError `ERR_EVALUATION`, `ERR_MEMORY_LIMIT`, `ERR_INPUT_ENCODING`, `ERR_REENTRANT`
   */
  readonly evaluate: (request: EvaluateRequest) => readonly unknown[]
  /**
   * Returns the value of each entrypoint as the JSON that OPA's interpreter gives: keys sorted, sets as sorted arrays,
   * numbers with all their digits. Throws what `evaluate` throws.
   */
  readonly evaluateTexts: (request: EvaluateRequest) => readonly (string | undefined)[]
}

/** Memory of which more is in use than this is given back after an evaluation rather than kept for the next one. */
const KEEP_BYTES = 256 * 1024 * 1024

/** Memory to begin in. It holds most plans, and a new one of this size costs no garbage collection, as 4 GiB do. */
const FIRST_BYTES = 32 * 1024 * 1024
/** Bytes that a byte of a plan may come to while it is decided, with room to spare; what takes more starts again. */
const SHARE = 64

/** Evaluations that may follow each other in the heap: more of them would leave the processor's cache. */
const KEPT = 8

/** Reads the result set at an address. */
type Read<T> = (instance: Instance, address: number) => T

interface Instance {
  readonly abi: Exports
  readonly reader: MemoryReader
  readonly repairs: ReturnType<typeof repairsOf>
  readonly memory: Memory
  readonly loaded: LoadedPolicy
  /** Where the heap begins: what lies below is the module's own. */
  readonly heap: number
  dataKey: string | undefined
  readonly keeps: boolean
  /** Evaluations whose values are in the heap still. */
  kept: number
}

/** A compiled module with its repairs, which another thread can be given. */
export interface Compiled {
  readonly module: WasmModule
  /** Functions of OPA's runtime whose repair could not be placed. */
  readonly unrepaired: readonly string[]
  /** Functions that policies define, as the module calls them. */
  readonly functions: ReadonlySet<string>
  /** Whether a failing built-in function stops the evaluation. */
  readonly strict: boolean
  /** Whether the regular expressions that an evaluation has compiled are kept for the next. */
  readonly keeps: boolean
}

/** How a module is compiled. */
export interface CompileOptions {
  /** Hands all built-in functions to the host, those that OPA's WASM holds too: they do not say that they failed. */
  readonly strict?: boolean
  /**
   * Goes through sets and objects in the order of OPA's interpreter rather than of their hashes. Default: true. Without it
   * evaluation is faster, and right for policies whose answers do not depend on that order.
   */
  readonly ordered?: boolean
}

/**
 * Returns the policy in a WASM module that OPA compiled.
 *
 * @throws PlangateError `ERR_BUNDLE_INVALID` when it is no such module
 */
export const compilePolicy = async (
  wasm: Uint8Array,
  { strict = false, ordered = true }: CompileOptions = {},
): Promise<Policy> => {
  try {
    const { wasm: remembered, keeps } = remembering(wasm)
    const { wasm: mended, ...found } = repaired(allocating(remembered), { strict, ordered })
    return policyOf({ module: await engine.compile(mended), strict, keeps, ...found })
  } catch (cause) {
    throw noPolicy(cause)
  }
}

/**
 * Returns the same at once, and holds the thread meanwhile.
 *
 * @throws PlangateError as {@link compilePolicy}
 */
export const compilePolicyNow = (wasm: Uint8Array, { strict = false, ordered = true }: CompileOptions = {}): Policy => {
  try {
    const { wasm: remembered, keeps } = remembering(wasm)
    const { wasm: mended, ...found } = repaired(allocating(remembered), { strict, ordered })
    return policyOf({ module: new engine.Module(mended), strict, keeps, ...found })
  } catch (cause) {
    throw noPolicy(cause)
  }
}

/**
 * Returns the policy in what {@link compilePolicy} compiled, on an instance of its own.
 *
 * @throws PlangateError as {@link compilePolicy}
 */
export const openPolicy = (compiled: Compiled): Policy => {
  try {
    return policyOf(compiled)
  } catch (cause) {
    throw noPolicy(cause)
  }
}

const noPolicy = (cause: unknown): PlangateError =>
  cause instanceof PlangateError
    ? cause
    : new PlangateError('ERR_BUNDLE_INVALID', "the bundle's WASM is not a policy that OPA compiled", {
        hint: 'build it with `plangate build`, or `opa build -t wasm`',
        cause,
      })

const noBuiltin: BuiltinCall = () => undefined

const policyOf = (compiled: Compiled): Policy => {
  let builtin = noBuiltin
  const names = new Map<number, string>()
  const start = (memory: Memory) =>
    instantiate(
      compiled,
      memory,
      (id) => names.get(id) ?? `${id}`,
      (name, args) => builtin(name, args),
    )
  const firstPages = pagesOf(FIRST_BYTES)
  let pages = firstPages
  let current: Instance | undefined = start(allocate(pages))
  const ids = JSON.parse(text(current.memory, current.abi.opa_json_dump(current.abi.builtins())))
  for (const [name, id] of Object.entries(ids)) if (typeof id === 'number') names.set(id, name)
  const { entrypoints } = current.loaded
  let running = false

  /**
   * In the first memory where that may do and is still there, and where it has not done, or was not empty, again from the
   * start; built-ins are then asked again.
   */
  const evaluate = <T>(request: EvaluateRequest, read: Read<T>): readonly T[] => {
    if (running) throw reentrant()
    const most = pagesOf(request.memoryBytes)
    const isSmall = (request.input?.length ?? 0) * SHARE < FIRST_BYTES
    const isDirty = compiled.keeps && current !== undefined && current.kept > 0
    const begins = pages === firstPages && most > firstPages && isSmall ? firstPages : most
    try {
      return attempt(request, read, begins)
    } catch (error) {
      const isMemory = error instanceof PlangateError && error.code === 'ERR_MEMORY_LIMIT'
      if (isMemory && (begins < most || isDirty)) return attempt(request, read, most)
      throw error
    }
  }
  const attempt = <T>(request: EvaluateRequest, read: Read<T>, wanted: number): readonly T[] => {
    const instance = current !== undefined && pages === wanted ? current : start(allocate(wanted))
    pages = wanted
    // Whatever happens below, an instance comes back only from the end of an evaluation: an abort leaves its stack and
    // heap as they were, and after some hundred of them every answer would be wrong.
    current = undefined
    builtin = request.builtin
    running = true
    let ended = false
    try {
      const values = run(instance, request, entrypoints, read)
      ended = true
      return values
    } finally {
      running = false
      builtin = noBuiltin
      const small = instance.abi.opa_heap_ptr_get() >>> 0 < KEEP_BYTES
      if (small) current = ended ? instance : start(cleared(instance))
    }
  }
  return {
    compiled,
    entrypoints: Object.keys(entrypoints),
    builtins: [...names.values()],
    unrepaired: compiled.unrepaired,
    evaluate: (request) => evaluate(request, readPlain),
    evaluateTexts: (request) => evaluate(request, readText),
  }
}

const reentrant = (): PlangateError =>
  new PlangateError('ERR_REENTRANT', 'the policy is evaluated already, further up the stack', {
    hint: 'do not evaluate a policy inside one of its own built-in functions: load it a second time',
  })

/** The memory of an instance as a new one expects it: its code writes what it needs, and takes the rest for zero. */
const cleared = ({ memory, heap }: Instance): Memory => {
  new Uint8Array(memory.buffer, 0, heap).fill(0)
  return memory
}

const instantiate = (
  { module, functions, strict, keeps }: Compiled,
  memory: Memory,
  nameOf: (id: number) => string,
  call: BuiltinCall,
): Instance => {
  const reader = readerOf(memory)
  const ask = (name: string, args: readonly number[]): number => {
    const result = call(
      name,
      args.map((address) => reader.text(address >>> 0)),
    )
    return result === undefined ? 0 : writer.text(result)
  }
  const builtin = (id: number, _context: number, ...args: number[]): number =>
    id >= FIRST_ID ? repairs.call(id, ...args.map((address) => address >>> 0)) : ask(nameOf(id), args)
  // Without an array of arguments: this is called for each step through a set or an object.
  const builtin2 = (id: number, _context: number, a: number, b: number): number =>
    id >= FIRST_ID ? repairs.step(id, a >>> 0, b >>> 0) : ask(nameOf(id), [a, b])
  const instance = new engine.Instance(module, {
    env: {
      memory,
      opa_abort: (address: number) => {
        throw new Abort(conflictOf(text(memory, address), stack(), functions))
      },
      opa_println: () => undefined,
      opa_builtin0: builtin,
      opa_builtin1: builtin,
      opa_builtin2: builtin2,
      opa_builtin3: builtin,
      opa_builtin4: builtin,
    },
  })
  const abi = instance.exports
  const version = abi.opa_wasm_abi_version?.value
  if (version !== 1) throw new Error(`unsupported ABI version ${String(version)}`)
  const writer = writerOf(abi, memory)
  const repairs = repairsOf({ reader, writer, ask }, strict)
  const loaded = viewOf(instance, memory)
  return { abi, reader, repairs, memory, loaded, heap: loaded.dataHeapPtr >>> 0, dataKey: undefined, keeps, kept: 0 }
}

const run = <T>(
  instance: Instance,
  request: EvaluateRequest,
  ids: Readonly<Record<string, number>>,
  read: Read<T>,
): readonly T[] => {
  const { abi, loaded } = instance
  let step: Step = 'load'
  try {
    loadData(instance, request.data)
    const isFull = () => isCrowded(instance, request.input?.length ?? 0)
    if (instance.kept === KEPT || isFull()) {
      abi.opa_heap_ptr_set(loaded.dataHeapPtr)
      instance.kept = 0
    }
    instance.kept += 1
    step = 'parse'
    const input = request.input === undefined ? undefined : parse(instance, request.input, request.inputIsText)
    const top = abi.opa_heap_ptr_get()
    step = 'evaluate'
    return request.entrypoints.map((name) => {
      const id = ids[name]
      if (id === undefined) throw new TypeError(`no entrypoint \`${name}\``)
      if (isFull()) abi.opa_heap_ptr_set(top)
      instance.repairs.reset()
      const context = abi.opa_eval_ctx_new()
      if (input !== undefined) abi.opa_eval_ctx_set_input(context, input)
      abi.opa_eval_ctx_set_data(context, loaded.dataAddr)
      abi.opa_eval_ctx_set_entrypoint(context, id)
      abi.eval(context)
      return read(instance, abi.opa_eval_ctx_get_result(context) >>> 0)
    })
  } catch (cause) {
    throw failure(cause, step, request.memoryBytes)
  }
}

/**
 * Whether what earlier evaluations left in the heap has to go. While it stays, so do the regular expressions that OPA has
 * compiled, and what they have found out about themselves, which costs more than the rest of a small evaluation.
 */
const isCrowded = ({ abi, memory, loaded, keeps }: Instance, inputBytes: number): boolean => {
  const used = (abi.opa_heap_ptr_get() >>> 0) - (loaded.dataHeapPtr >>> 0)
  return !keeps || used + inputBytes * SHARE > (Math.min(memory.buffer.byteLength, FIRST_BYTES) * 3) / 4
}

const loadData = (instance: Instance, { key, base, mounts }: DataDocument): void => {
  if (instance.dataKey === key) return
  const { abi, loaded } = instance
  loaded.setData(new Uint8Array(wellFormedJson(base)).buffer)
  for (const { path, text } of mounts) {
    const encode = (part: string) => parse(instance, new TextEncoder().encode(part), true)
    if (abi.opa_value_add_path(loaded.dataAddr, encode(path), encode(text)) !== 0) throw new Abort('data refused')
  }
  loaded.dataHeapPtr = abi.opa_heap_ptr_get()
  instance.dataKey = key
}

const write = ({ abi, memory }: Pick<Instance, 'abi' | 'memory'>, bytes: Uint8Array) => {
  const address = abi.opa_malloc(bytes.length) >>> 0
  new Uint8Array(memory.buffer, address, bytes.length).set(bytes)
  return { address, length: bytes.length }
}

const parse = (instance: Instance, json: Uint8Array, isText = false): number => {
  const { address, length } = write(instance, wellFormedJson(json))
  const { opa_json_parse, opa_value_parse } = instance.abi
  const value = isText ? opa_value_parse(address, length) : opa_json_parse(address, length)
  if (value === 0) throw new Abort('not JSON')
  return value
}

/** The names of the functions that are running, however few the process shows of them otherwise. */
const stack = (): string => {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 16
  const { stack: lines = '' } = new Error('here')
  Error.stackTraceLimit = limit
  return lines
}

const text = (memory: Memory, address: number): string => textAt(memory.buffer, address >>> 0)

/** The value in a result set, `[{"result": value}]`, or undefined for an empty one: fastest where its order is free. */
const readPlain: Read<unknown> = ({ abi, memory }, address) => {
  const [first]: readonly { readonly result?: unknown }[] = JSON.parse(text(memory, abi.opa_json_dump(address)))
  return first?.result
}

const readText: Read<string | undefined> = ({ reader }, address) => {
  const [row] = reader.elements(address)
  const [result] = row === undefined ? [] : reader.elements(row.key)
  return result === undefined ? undefined : reader.json(result.value)
}
