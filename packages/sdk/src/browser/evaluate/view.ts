import { textAt } from '@plangate/bundle'
import type { Exports, Memory } from '../../evaluate/engine.ts'
import type * as node from '../../evaluate/view.ts'

/** As evaluate/view.ts, without opa-wasm, which brings a parser of YAML along. */
export const viewOf: typeof node.viewOf = ({ exports: abi }, memory) => {
  let dataAddr = parsed(abi, memory, new TextEncoder().encode('{}'))
  const base = abi.opa_heap_ptr_get()
  const view = {
    entrypoints: JSON.parse(textAt(memory.buffer, abi.opa_json_dump(abi.entrypoints()) >>> 0)),
    get dataAddr() {
      return dataAddr
    },
    dataHeapPtr: base,
    setData: (data: ArrayBuffer) => {
      abi.opa_heap_ptr_set(base)
      dataAddr = parsed(abi, memory, new Uint8Array(data))
      view.dataHeapPtr = abi.opa_heap_ptr_get()
    },
  }
  return view
}

const parsed = (abi: Exports, memory: Memory, json: Uint8Array): number => {
  const address = abi.opa_malloc(json.length)
  new Uint8Array(memory.buffer, address >>> 0, json.length).set(json)
  const value = abi.opa_json_parse(address, json.length)
  if (value === 0) throw new Error('the data is not JSON')
  return value
}
