import { readFile } from 'node:fs/promises'
import { OpaError } from './errors.ts'

/** Returns where OPA's WebAssembly lies. */
export const location = (): URL => new URL('../wasm/opa.wasm', import.meta.url)

/**
 * Returns the sha256 of OPA's WebAssembly, from the file that its build has left, without reading it.
 *
 * @throws OpaError `ERR_OPA_MISSING` when it has not been built
 */
export const opaChecksum = async (): Promise<string> =>
  (
    await readFile(new URL(`${location().href}.sha256`), 'utf8').catch((cause: unknown) =>
      Promise.reject(missing(location(), cause)),
    )
  ).trim()

/** Returns the error for a file that its build has not written. */
export const missing = (url: URL, cause: unknown): OpaError => {
  const hint = 'in a clone of the repository, `npm start` builds it; an installed package has it'
  return new OpaError('ERR_OPA_MISSING', `\`${url.pathname.split('/').pop()}\` cannot be loaded`, { hint, cause })
}
