import { PlangateError } from '@plangate/bundle'
import type { Opa } from '@plangate/opa'
import type { BuiltinCall } from '../wasm.ts'
import { ASK, FAILED, type Path } from './answer.ts'
import { evaluationPaths } from './evaluation.ts'
import { answered, asPlangateError, goSource, type GoSource } from './go.ts'
import { answerOf } from './path.ts'
import { GO, loadPaths, OUTSIDE } from './table.ts'
import { writeValue } from './value.ts'

/** How built-ins behave in one evaluation. */
export interface CallOptions {
  /**
   * Makes the first built-in that fails an error, as `opa eval --strict-builtin-errors` does. The message is OPA's and may
   * quote arguments. The functions that OPA's WebAssembly holds itself do not say that they failed.
   */
  readonly strictBuiltinErrors?: boolean
}

/** The host built-ins of one policy. */
export interface HostBuiltins {
  /**
   * Returns the answers for one evaluation, within which the time stands still and a repeated call is answered alike.
   *
   * They throw PlangateError `ERR_EVALUATION` when OPA itself would stop, and `ERR_OPA_FAILED` when Go does. A built-in
   * that fails otherwise is undefined, as in OPA, unless errors are strict.
   */
  readonly begin: (now: Date, options?: CallOptions) => BuiltinCall
}

/**
 * Returns the answers to the built-ins that a module asks of its host. What policies call often is answered in
 * JavaScript. OPA's own Go code answers the others and is loaded at once if there are any; otherwise when a call comes
 * that JavaScript is not sure of.
 *
 * @throws PlangateError `ERR_BUILTIN_MISSING` with the names of those that nobody answers, `ERR_OPA_MISSING`
 */
export const hostBuiltins = async (
  names: readonly string[],
  source: () => Promise<GoSource> = goSource,
): Promise<HostBuiltins> => {
  if (names.length === 0) return { begin: () => () => undefined }
  const paths = new Map(Object.entries(await loadPaths(names)))
  const own = evaluationPaths({ now: 0n })
  const missing = names.filter((name) => !paths.has(name) && !(name in own) && !GO.includes(name)).toSorted()
  if (missing.length > 0) throw notAnswered(missing)
  const go = await source()
  const ready = names.some((name) => GO.includes(name)) ? await go.load().catch(refused) : undefined
  const opa = () => ready ?? answered(go.now)
  return {
    begin: (now, { strictBuiltinErrors = false } = {}) => {
      evaluations += 1
      const evaluation = `${evaluations}`
      const nowNs = BigInt(now.getTime()) * 1_000_000n
      const here: Readonly<Record<string, Path>> = evaluationPaths({ now: nowNs })
      const ask = (name: string, args: readonly string[]): string | undefined => {
        const { value, error } = answered(() => opa().builtin({ name, args, evaluation, nowNs: `${nowNs}` }))
        if (error === undefined) return value
        if (strictBuiltinErrors) throw strictError(error)
        // Without the message: it may quote an argument.
        if (error.halt)
          throw new PlangateError('ERR_EVALUATION', `the evaluation stopped in \`${name}\`: ${error.code}`)
        return undefined
      }
      return (name, args) => {
        const path = paths.get(name) ?? here[name]
        const answer = path === undefined ? ASK : answerOf(path, args)
        // Where errors are strict, Go says what is wrong.
        if (answer === ASK || (answer === FAILED && strictBuiltinErrors)) return ask(name, args)
        return answer === FAILED ? undefined : writeValue(answer)
      }
    },
  }
}

// Counted for all gates: one OPA serves them, and takes equal numbers for one evaluation, with one clock.
let evaluations = 0

const refused = (cause: unknown): Promise<Opa> => Promise.reject(asPlangateError(cause))

const strictError = ({ code, message }: { readonly code: string; readonly message: string }): PlangateError =>
  new PlangateError('ERR_EVALUATION', `${code}: ${message}`, {
    hint: 'a built-in function failed, which is undefined unless errors of built-ins are strict',
  })

const notAnswered = (names: readonly string[]): PlangateError => {
  const list = names.map((name) => `\`${name}\``).join(', ')
  const outside = names.some((name) => OUTSIDE.includes(name))
  return new PlangateError('ERR_BUILTIN_MISSING', `the bundle needs built-in functions that are not there: ${list}`, {
    hint: outside
      ? 'a gate reaches out to nothing: give the answer as `data` instead'
      : 'rewrite the policy without them',
  })
}
