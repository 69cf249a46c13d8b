import { PlangateError } from '@plangate/bundle'
import { asPlangateError } from '../evaluate/builtins/go.ts'
import { giveOpa } from './evaluate/builtins/source.ts'

/**
 * Loads OPA's own code, which answers the built-ins that JavaScript does not, for all gates and policies of this page or
 * Worker: `opa.wasm` of `@plangate/opa`, 44 MB of which gzip leaves a fifth.
 *
 * @throws PlangateError `ERR_OPA_MISSING` for what is something else, `ERR_OPA_FAILED`
 *
 * @example
 * await loadOpa(await fetch('opa.wasm'))
 */
export const loadOpa = async (source: Response | ArrayBuffer | Uint8Array): Promise<void> => {
  const { openOpaFrom } = await import('@plangate/opa/browser')
  giveOpa(await openOpaFrom(await bytesOf(source)).catch((cause: unknown) => Promise.reject(asPlangateError(cause))))
}

const bytesOf = async (source: Response | ArrayBuffer | Uint8Array): Promise<Uint8Array> => {
  if (source instanceof Uint8Array) return source
  if (source instanceof ArrayBuffer) return new Uint8Array(source)
  if (source.ok) return new Uint8Array(await source.arrayBuffer())
  throw new PlangateError('ERR_OPA_MISSING', `\`opa.wasm\` cannot be loaded: the server says ${source.status}`, {
    hint: 'serve `@plangate/opa/opa.wasm` with the page',
  })
}
