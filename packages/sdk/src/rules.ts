import { type BundleLimits, PlangateError, readBundle } from '@plangate/bundle'
import { hostBuiltins, OUTSIDE } from './evaluate/builtins.ts'
import { dataDocument } from './evaluate/data.ts'
import { compilePolicy } from './evaluate/wasm.ts'

/** The value of a rule, undefined where it has none, or why there is no answer. */
export type RuleAnswer = { readonly value: unknown } | { readonly error: PlangateError }

/** A bundle whose rules are asked one by one, and not for a decision about a plan. */
export interface Rules {
  readonly entrypoints: readonly string[]
  /** Returns the answer of an entrypoint, without an input, by the engine that a gate uses. Each answer stands alone. */
  readonly evaluate: (entrypoint: string) => RuleAnswer
}

/**
 * Returns the rules of a bundle with a WebAssembly module. Built-ins that reach out are an error where one is called,
 * so that rules that replace them by `with` have their answer.
 *
 * @throws PlangateError each of the `ERR_BUNDLE_*` codes, `ERR_BUILTIN_MISSING`, `ERR_OPA_MISSING`
 */
export const loadRules = async (
  source: string | Uint8Array,
  options: { readonly limits?: BundleLimits; readonly memoryBytes?: number; readonly clock?: () => Date } = {},
): Promise<Rules> => {
  const { limits, memoryBytes = 2 ** 32, clock = () => new Date() } = options
  const { wasm, data: bundleData, files } = await readBundle(source, limits)
  if (wasm === undefined) {
    throw new PlangateError('ERR_BUNDLE_NO_WASM', 'the bundle holds no WASM', {
      hint: 'build it with `plangate build`, or `opa build -t wasm` with an entrypoint',
    })
  }
  const policy = await compilePolicy(wasm)
  const builtins = await hostBuiltins(policy.builtins.filter((name) => !OUTSIDE.has(name)))
  const data = dataDocument(files, bundleData, {})
  return {
    entrypoints: policy.entrypoints,
    evaluate: (entrypoint) => {
      const call = builtins.begin(clock())
      try {
        const [value] = policy.evaluate({
          data,
          entrypoints: [entrypoint],
          builtin: (name, args) => (OUTSIDE.has(name) ? unanswered(name) : call(name, args)),
          memoryBytes,
        })
        return { value }
      } catch (error) {
        if (error instanceof PlangateError) return { error }
        throw error
      }
    },
  }
}

const unanswered = (name: string): never => {
  throw new PlangateError('ERR_BUILTIN_MISSING', `\`${name}\` is not there when plangate evaluates`, {
    hint: 'replace it in the test by `with`',
  })
}
