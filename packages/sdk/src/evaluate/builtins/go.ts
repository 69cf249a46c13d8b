import { PlangateError } from '@plangate/bundle'
import type { Opa } from '@plangate/opa'

/** Where OPA's Go code comes from: `load` before an evaluation, `now` inside one. */
export interface GoSource {
  readonly load: () => Promise<Opa>
  readonly now: () => Opa
}

/** Returns the source of OPA's Go code: its module is read and compiled only when one of the two is called. */
export const goSource = async (): Promise<GoSource> => {
  const { loadOpa, loadOpaNow } = await import('@plangate/opa').catch((cause: unknown) =>
    Promise.reject(asPlangateError(cause)),
  )
  return { load: () => loadOpa(), now: () => loadOpaNow() }
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
