import { PlangateError } from '@plangate/bundle'
import type { Opa } from '@plangate/opa'
import type { GoSource } from '../../../evaluate/builtins/go.ts'

let opa: Opa | undefined

/** Takes what answers the built-ins that only OPA's Go code has, for all gates and policies. */
export const giveOpa = (loaded: Opa): void => {
  opa = loaded
}

const given = (names: readonly string[]): Opa => {
  if (opa !== undefined) return opa
  const list = names.map((name) => `\`${name}\``).join(', ')
  throw new PlangateError('ERR_OPA_MISSING', `only OPA's own code, which is not loaded, answers ${list}`, {
    hint: 'call `loadOpa` with `opa.wasm` of `@plangate/opa` first',
  })
}

/** As evaluate/builtins/source.ts, of what {@link giveOpa} was given: it is too large to be loaded unasked. */
export const goSource = async (): Promise<GoSource> => ({
  load: async (names) => given(names),
  now: (name) => given([name]),
})
