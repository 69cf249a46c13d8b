import * as opaWasm from '@open-policy-agent/opa-wasm'
import type { Instance, LoadedPolicy, Memory } from './engine.ts'

// `as`: the package's types declare the class, but not that it hangs on the default export
const { default: opa } = opaWasm as unknown as {
  readonly default: {
    readonly LoadedPolicy: new (instance: Instance, memory: Memory, abiMinor: number) => LoadedPolicy
  }
}

/** Returns opa-wasm's view of a fresh instance: its heap, its entrypoints, an empty `data`. */
export const viewOf = (instance: Instance, memory: Memory): LoadedPolicy => new opa.LoadedPolicy(instance, memory, 3)
