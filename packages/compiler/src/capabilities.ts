import { readFile } from 'node:fs/promises'
import { PlangateError } from '@plangate/bundle'
import type { CompileSettings } from './types.ts'

type Capabilities = Exclude<CompileSettings['capabilities'], undefined>

/**
 * Returns capabilities as OPA takes them: an object, or a version of OPA such as `v1.0.0`. Any other text is the path of
 * a file with an object.
 *
 * @throws PlangateError `ERR_CAPABILITIES_INVALID` when the file is not there or is not a JSON object
 */
export const loadCapabilities = async (given: Capabilities | undefined): Promise<Capabilities | undefined> => {
  if (typeof given !== 'string' || /^v\d+\.\d+\.\d+$/.test(given)) return given
  let value: unknown
  try {
    value = JSON.parse(await readFile(given, 'utf8'))
  } catch (cause) {
    throw invalid(given, cause instanceof SyntaxError ? 'is not JSON' : 'cannot be read', cause)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid(given, 'is not a JSON object')
  // `as`: an object, which OPA itself reads
  return value as Readonly<Record<string, unknown>>
}

const invalid = (path: string, what: string, cause?: unknown): PlangateError =>
  new PlangateError('ERR_CAPABILITIES_INVALID', `the capabilities file \`${path}\` ${what}`, {
    hint: 'name a version of OPA such as `v1.0.0`, or a file that `opa capabilities` wrote',
    cause,
  })
