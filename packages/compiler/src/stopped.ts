import { type AsyncOpa, OpaError } from '@plangate/opa'
import { place } from './diagnostics.ts'
import type { Source } from './sources.ts'
import type { Diagnostic } from './types.ts'

/**
 * Returns a diagnostic about the source that OPA could not stand: the first that stops it alone.
 *
 * What is not an OpaError `ERR_OPA_FAILED` is thrown again.
 */
export const stopped = async (opa: AsyncOpa, sources: readonly Source[], error: unknown): Promise<Diagnostic> => {
  if (!(error instanceof OpaError) || error.code !== 'ERR_OPA_FAILED') throw error
  let culprit: Source | undefined
  for (const source of sources) {
    culprit ??= await opa.annotations([source]).then(
      () => undefined,
      () => source,
    )
  }
  const { message } = error
  // What no source does alone, all of them do together.
  const hint = culprit === undefined ? 'the policies are too many for one bundle: build several' : error.hint
  return {
    code: 'opa_failed',
    severity: 'error',
    message,
    ...place(culprit?.path),
    ...(hint === undefined ? {} : { hint }),
  }
}
