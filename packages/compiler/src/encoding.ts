import { isUtf8 } from 'node:buffer'
import { place } from './diagnostics.ts'
import type { Source } from './sources.ts'
import type { Diagnostic } from './types.ts'

/**
 * Returns an error for each file of data, or manifest, that is not UTF-8. Go would read it with U+FFFD in place of what
 * is not, and say nothing; of Rego OPA says it itself.
 */
export const misencoded = (sources: readonly Source[]): readonly Diagnostic[] =>
  sources
    .filter(({ path, contents }) => !/\.(rego|wasm|pb)$/.test(path) && !isUtf8(contents))
    .map(({ path, contents }) => ({
      code: 'encoding_error',
      severity: 'error',
      message: 'the file is not UTF-8',
      ...place(path, lineOf(contents)),
      hint: 'save it as UTF-8',
    }))

/** The line with the first byte that is not UTF-8. */
const lineOf = (contents: Uint8Array): number => {
  const lines = Buffer.from(contents).toString('latin1').split('\n')
  return 1 + lines.findIndex((line) => !isUtf8(Buffer.from(line, 'latin1')))
}
