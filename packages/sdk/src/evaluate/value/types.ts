/**
 * The types of values in the memory of OPA's WebAssembly, in OPA's order of values
 * (https://github.com/open-policy-agent/opa/blob/v1.22.0/wasm/src/value.h).
 */
export const Type = { null: 1, boolean: 2, number: 3, string: 4, array: 5, object: 6, set: 7 } as const
