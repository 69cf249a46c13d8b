import { PlangateError } from '@plangate/bundle'
import type { Opa } from '@plangate/opa'

/** Where OPA's Go code comes from: `load` before an evaluation, `now` inside one, for functions with these names. */
export interface GoSource {
  readonly load: (names: readonly string[]) => Promise<Opa>
  readonly now: (name: string) => Opa
}

/** Returns what `call` does; whatever it throws becomes a coded error. */
export const answered = <T>(call: () => T): T => {
  try {
    return call()
  } catch (cause) {
    throw asPlangateError(cause)
  }
}

/** Returns the coded error for what OPA's package throws. */
export const asPlangateError = (cause: unknown): PlangateError => {
  if (cause instanceof PlangateError) return cause
  const missing = cause instanceof Error && 'code' in cause && cause.code === 'ERR_OPA_MISSING'
  return missing
    ? new PlangateError('ERR_OPA_MISSING', "OPA's WebAssembly, which answers built-in functions, cannot be loaded", {
        hint: 'install `@plangate/opa` again; in its repository run `npm start`',
        cause,
      })
    : new PlangateError('ERR_OPA_FAILED', 'OPA gave no answer to a built-in function', { cause })
}
