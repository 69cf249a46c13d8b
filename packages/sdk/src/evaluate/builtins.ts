import { PlangateError } from '@plangate/bundle'
import type { Opa } from '@plangate/opa'
import { formatSimple } from './sprintf.ts'
import type { BuiltinCall } from './wasm.ts'

/** The host built-ins of one policy. */
export interface HostBuiltins {
  /**
   * Returns the answers for one evaluation, within which the time stands still and a repeated call is answered alike.
   *
   * They throw PlangateError `ERR_EVALUATION` when OPA itself would stop, and `ERR_OPA_FAILED` when Go does. A built-in
   * that fails otherwise is undefined, as in OPA.
   */
  readonly begin: (now: Date) => BuiltinCall
}

/** The built-ins that reach out. */
export const OUTSIDE: ReadonlySet<string> = new Set(['http.send', 'net.lookup_ip_addr'])

/**
 * Returns the answers to the built-ins that a module asks of its host: OPA's own Go code, loaded only if there are any.
 *
 * @throws PlangateError `ERR_BUILTIN_MISSING` with the names of those that nobody answers, `ERR_OPA_MISSING`
 */
export const hostBuiltins = async (
  names: readonly string[],
  load: () => Promise<Opa> = loadGo,
): Promise<HostBuiltins> => {
  if (names.length === 0) return { begin: () => () => undefined }
  const go = await load().catch((cause: unknown) => Promise.reject(asPlangateError(cause)))
  const callable = new Set(go.builtins.filter((builtin) => builtin.callable).map(({ name }) => name))
  const missing = names.filter((name) => OUTSIDE.has(name) || !callable.has(name)).sort()
  if (missing.length > 0) throw notAnswered(missing)
  return {
    begin: (now) => {
      evaluations += 1
      const evaluation = `${evaluations}`
      const nowNs = `${BigInt(now.getTime()) * 1_000_000n}`
      return (name, args) => {
        const simple = name === 'sprintf' ? formatSimple(args) : undefined
        if (simple !== undefined) return simple
        const { value, error } = answer(() => go.builtin({ name, args, evaluation, nowNs }))
        if (error?.halt !== true) return error === undefined ? value : undefined
        // Without the message: it may quote an argument.
        throw new PlangateError('ERR_EVALUATION', `the evaluation stopped in \`${name}\`: ${error.code}`)
      }
    },
  }
}

// Counted for all gates: one OPA serves them, and takes equal numbers for one evaluation, with one clock.
let evaluations = 0

const loadGo = async (): Promise<Opa> => (await import('@plangate/opa')).loadOpa()

const answer = <T>(call: () => T): T => {
  try {
    return call()
  } catch (cause) {
    throw asPlangateError(cause)
  }
}

const asPlangateError = (cause: unknown): PlangateError => {
  if (cause instanceof PlangateError) return cause
  const missing = cause instanceof Error && 'code' in cause && cause.code === 'ERR_OPA_MISSING'
  return missing
    ? new PlangateError('ERR_OPA_MISSING', "OPA's WebAssembly, which answers built-in functions, cannot be loaded", {
        hint: 'install `@plangate/opa` again; in its repository run `npm start`',
        cause,
      })
    : new PlangateError('ERR_OPA_FAILED', 'OPA gave no answer to a built-in function', { cause })
}

const notAnswered = (names: readonly string[]): PlangateError => {
  const list = names.map((name) => `\`${name}\``).join(', ')
  const outside = names.some((name) => OUTSIDE.has(name))
  return new PlangateError('ERR_BUILTIN_MISSING', `the bundle needs built-in functions that are not there: ${list}`, {
    hint: outside
      ? 'a gate reaches out to nothing: give the answer as `data` instead'
      : 'rewrite the policy without them',
  })
}
