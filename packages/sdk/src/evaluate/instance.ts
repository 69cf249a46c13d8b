import { viewOf } from '#platform/evaluate/view'
import { textAt } from '@plangate/bundle'
import { ASK } from './builtins/answer.ts'
import { plainValue } from './builtins/plain.ts'
import { checkSize } from './builtins/size.ts'
import { type Value, writeValue } from './builtins/value.ts'
import { conflictOf } from './conflict.ts'
import { engine, type Exports, type LoadedPolicy, type Memory, type WasmModule } from './engine.ts'
import { Abort } from './failure.ts'
import type { Runtime } from './repair/runtime.ts'
import { FIRST_ID, repairsOf } from './repair/repair.ts'
import type { BuiltinCall } from './request.ts'
import { type MemoryReader, readerOf } from './value/memory.ts'
import { type MemoryWriter, writerOf } from './value/writer.ts'

/** A compiled module with its repairs, which another thread can be given. */
export interface Compiled {
  readonly module: WasmModule
  /** Functions of OPA's runtime whose repair could not be placed. */
  readonly unrepaired: readonly string[]
  /** Functions that policies define, as the module calls them. */
  readonly functions: ReadonlySet<string>
  /** Whether loops of policies that need no order can do without. */
  readonly free: boolean
  /** Whether a failing built-in function stops the evaluation. */
  readonly strict: boolean
  /** Whether the regular expressions that an evaluation has compiled are kept for the next. */
  readonly keeps: boolean
}

/** A module that runs, and what is known of its memory. */
export interface Instance {
  readonly abi: Exports
  readonly reader: MemoryReader
  readonly writer: MemoryWriter
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

/** The memory of an instance as a new one expects it: its code writes what it needs, and takes the rest for zero. */
export const cleared = ({ memory, heap }: Instance): Memory => {
  new Uint8Array(memory.buffer, 0, heap).fill(0)
  return memory
}

/** Returns a module that runs in a memory, and that asks what `calls` gives for the built-ins that it calls by number. */
export const instantiate = (
  { module, functions, strict, keeps }: Compiled,
  memory: Memory,
  nameOf: (id: number) => string,
  calls: () => BuiltinCall,
): Instance => {
  const reader = readerOf(memory)
  /** Strings of the module, of which most templates are. */
  const constants = new Map<number, Value>()
  const valueAt = (address: number): Value => {
    const known = constants.get(address)
    if (known !== undefined) return known
    const value = plainValue(reader, address)
    if (reader.isConstant(address)) constants.set(address, value)
    return value
  }
  const ask = (name: string, args: readonly number[]): number => {
    const call = calls()
    const direct = call.direct?.(name)
    const value = direct === undefined ? ASK : direct(args.map((address) => valueAt(address >>> 0)))
    if (typeof value === 'string') return writer.string(value)
    if (value !== ASK) return writer.text(writeValue(value))
    const result = call(
      name,
      args.map((address) => reader.text(address >>> 0)),
    )
    return result === undefined ? 0 : writer.text(result)
  }
  const checkAnswer: Runtime['checkSize'] = (name, bytes, most = Infinity) =>
    checkSize(name, bytes, Math.min(most, calls().memoryBytes ?? Infinity))
  const builtin = (id: number, _context: number, ...args: number[]): number =>
    id >= FIRST_ID ? repairs.call(id, ...args.map((address) => address >>> 0)) : ask(nameOf(id), args)
  // Without an array of arguments: this is called for each step through a set or an object.
  const builtin2 = (id: number, _context: number, a: number, b: number): number =>
    id >= FIRST_ID ? repairs.step(id, a >>> 0, b >>> 0) : ask(nameOf(id), [a, b])
  const instance = new engine.Instance(module, {
    env: {
      memory,
      opa_abort: (address: number) => {
        throw new Abort(conflictOf(textOf(memory, address), stack(), functions))
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
  const repairs = repairsOf({ reader, writer, ask, checkSize: checkAnswer }, strict)
  const loaded = viewOf(instance, memory)
  return {
    abi,
    reader,
    writer,
    repairs,
    memory,
    loaded,
    heap: loaded.dataHeapPtr >>> 0,
    dataKey: undefined,
    keeps,
    kept: 0,
  }
}

/** The names of the functions that are running, however few the process shows of them otherwise. */
const stack = (): string => {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 16
  const { stack: lines = '' } = new Error('here')
  Error.stackTraceLimit = limit
  return lines
}

/** Returns the text at an address, up to a NUL. */
export const textOf = (memory: Memory, address: number): string => textAt(memory.buffer, address >>> 0)
