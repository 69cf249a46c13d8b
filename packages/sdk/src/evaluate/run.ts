import { PlangateError } from '@plangate/bundle'
import { Abort, failure, type Step } from './failure.ts'
import { type Instance, textOf } from './instance.ts'
import type { DataDocument, EvaluateRequest } from './request.ts'
import { PARSE_SHARED } from './repair/sharing.ts'
import { wellFormedJson } from './value/surrogates.ts'

/** Memory to begin in. It holds most plans, and a new one of this size costs no garbage collection, as 4 GiB do. */
export const FIRST_BYTES = 32 * 1024 * 1024
/** Bytes that a byte of a plan may come to while it is decided, with room to spare; what takes more starts again. */
export const SHARE = 64

/** Evaluations that may follow each other in the heap: more of them would leave the processor's cache. */
const KEPT = 8

/** Reads the result set at an address. */
export type Read<T> = (instance: Instance, address: number) => T

/** How a request is run. */
export interface Run<T> {
  /** The numbers of entrypoints. */
  readonly ids: Readonly<Record<string, number>>
  readonly read: Read<T>
  /** Whether loops of policies go by OPA's order also where it seems that nobody can tell. */
  readonly ordered: boolean
}

/**
 * Returns the value of each entrypoint of a request, as `read` gives it; undefined where another order may give others: two
 * numbers were equal that are not written alike, so that it depends on the order which of them stays in a set.
 */
export const run = <T>(
  instance: Instance,
  request: EvaluateRequest,
  { ids, read, ordered }: Run<T>,
): readonly T[] | undefined => {
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
    const input = request.input === undefined ? undefined : inputOf(instance, request.input, request.inputIsText)
    const top = abi.opa_heap_ptr_get()
    step = 'evaluate'
    const { plangate_ordered: order, plangate_seen: seen } = abi
    if (order !== undefined) order.value = Number(ordered)
    if (seen !== undefined) seen.value = 0
    instance.reader.tells()
    const values = request.entrypoints.map((name) => {
      const id = ids[name]
      if (id === undefined) throw new PlangateError('ERR_ENTRYPOINT_UNKNOWN', `no entrypoint \`${name}\``)
      if (isFull()) abi.opa_heap_ptr_set(top)
      instance.repairs.reset()
      const context = abi.opa_eval_ctx_new()
      if (input !== undefined) abi.opa_eval_ctx_set_input(context, input)
      abi.opa_eval_ctx_set_data(context, loaded.dataAddr)
      abi.opa_eval_ctx_set_entrypoint(context, id)
      abi.eval(context)
      return read(instance, abi.opa_eval_ctx_get_result(context) >>> 0)
    })
    const told = instance.reader.tells() || seen?.value === 1
    return told && !ordered ? undefined : values
  } catch (cause) {
    throw failure(cause, step, request.memoryBytes)
  } finally {
    // What is known of collections can be as large as they are.
    instance.repairs.reset()
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
    const encode = (part: string) => parse(instance, wellFormedJson(new TextEncoder().encode(part)), true)
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

/** Reads what {@link wellFormedJson} has made. */
const parse = (instance: Instance, json: Uint8Array, isText = false): number => {
  const { address, length } = write(instance, json)
  const { opa_json_parse, opa_value_parse } = instance.abi
  return proven(isText ? opa_value_parse(address, length) : opa_json_parse(address, length))
}

/** Text is written this far above the heap at least, for what is made before the first value. */
const GAP = 64 * 1024

/**
 * Reads an input so that what is equal in it is one value. Its text is written above the heap, where values of the evaluation
 * come to lie afterwards.
 */
const inputOf = (instance: Instance, json: Uint8Array, isText = false): number => {
  const { abi, memory } = instance
  const text = wellFormedJson(json)
  const address = (abi.opa_heap_ptr_get() >>> 0) + text.length + GAP
  const parseShared = abi[PARSE_SHARED]
  // Twice the text for what is open while it is read.
  if (isText || parseShared === undefined || address + text.length * 3 + GAP > memory.buffer.byteLength) {
    return parse(instance, text, isText)
  }
  new Uint8Array(memory.buffer, address, text.length).set(text)
  return proven(parseShared(address, text.length))
}

const proven = (value: number): number => {
  if (value === 0) throw new Abort('not JSON')
  return value
}

/** The value in a result set, `[{"result": value}]`, or undefined for an empty one: fastest where its order is free. */
export const readPlain: Read<unknown> = ({ abi, memory }, address) => {
  const [first]: readonly { readonly result?: unknown }[] = JSON.parse(textOf(memory, abi.opa_json_dump(address)))
  return first?.result
}

/** The JSON of the same value, as OPA's interpreter gives it. */
export const readText: Read<string | undefined> = ({ reader }, address) => {
  const [row] = reader.elements(address)
  const [result] = row === undefined ? [] : reader.elements(row.key)
  return result === undefined ? undefined : reader.json(result.value)
}
