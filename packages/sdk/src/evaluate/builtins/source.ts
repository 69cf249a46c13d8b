import { asPlangateError, type GoSource } from './go.ts'

/** Returns the source of OPA's Go code: its module is read and compiled only when one of the two is called. */
export const goSource = async (): Promise<GoSource> => {
  const { loadOpa, loadOpaNow } = await import('@plangate/opa/load').catch((cause: unknown) =>
    Promise.reject(asPlangateError(cause)),
  )
  return { load: () => loadOpa(), now: () => loadOpaNow() }
}
