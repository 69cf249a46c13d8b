import { readBundle } from '@plangate/bundle'
import { hostBuiltins } from '../../sdk/src/evaluate/builtins/host.ts'
import { dataDocument } from '../../sdk/src/evaluate/data.ts'
import { compilePolicy } from '../../sdk/src/evaluate/wasm.ts'

/** The values of entrypoints of a bundle, for each input, as our own engine gives them: a set is an array in any order. */
export const evaluate = async (
  bundle: Uint8Array,
  entrypoints: readonly string[],
  inputs: readonly unknown[],
): Promise<readonly (readonly unknown[])[]> => {
  const { wasm = new Uint8Array(), files, data } = await readBundle(bundle)
  const policy = await compilePolicy(wasm)
  const builtins = await hostBuiltins(policy.builtins)
  return inputs.map((input) =>
    policy.evaluate({
      input: new TextEncoder().encode(JSON.stringify(input)),
      data: dataDocument(files, data, {}),
      entrypoints,
      builtin: builtins.begin(new Date(0)),
      memoryBytes: 2 ** 31,
    }),
  )
}

/** A value whose arrays are sorted, since a set comes from our engine as an array in no order to rely on. */
export const unordered = (value: unknown): unknown => {
  if (Array.isArray(value)) {
    const texts = value.map((item) => JSON.stringify(unordered(item)))
    return texts.sort().map((text): unknown => JSON.parse(text))
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]) => [key, unordered(inner)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}
