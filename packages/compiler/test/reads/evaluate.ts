import { type Policy, compilePolicy } from '../../../sdk/src/evaluate/wasm.ts'
import { readBundle } from '@plangate/bundle'

/** Evaluates entrypoints of a bundle; an evaluation that stops is an Error among the values. */
export type Evaluate = (input: unknown, entrypoints: readonly string[]) => readonly unknown[]

const encoder = new TextEncoder()
const unlimited = { bytes: Infinity, entries: Infinity, ratio: Infinity }

/** Returns a function that evaluates the WebAssembly of a bundle. Values come in one order, sets being arrays in none. */
export const evaluatorOf = async (bundle: Uint8Array): Promise<Evaluate> => {
  const { wasm, data } = await readBundle(bundle, unlimited)
  const policy: Policy = await compilePolicy(wasm ?? new Uint8Array())
  const base = encoder.encode(JSON.stringify(data))
  return (input, entrypoints) => {
    const bytes = encoder.encode(JSON.stringify(input))
    const request = { input: bytes, data: { key: 'data', base, mounts: [] }, memoryBytes: 2 ** 30, builtin: unanswered }
    return entrypoints.map((entrypoint) => {
      try {
        return ordered(policy.evaluate({ ...request, entrypoints: [entrypoint] })[0])
      } catch (error) {
        return error
      }
    })
  }
}

const unanswered = (name: string): never => {
  throw new Error(`\`${name}\` is not in the WebAssembly`)
}

const ordered = (value: unknown): unknown => {
  if (Array.isArray(value)) {
    const texts = value.map((each: unknown) => JSON.stringify(ordered(each)))
    return texts.toSorted().map((text): unknown => JSON.parse(text))
  }
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, each]: [string, unknown]) => [key, ordered(each)] as const)
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
