import { readFile } from 'node:fs/promises'
import { PlangateError } from '@plangate/bundle'
import { optionsOf } from './arguments.ts'
import { type EngineOptions, withOpa } from './engine.ts'
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
  return loadFile(given)
}

const loadFile = async (path: string): Promise<Readonly<Record<string, unknown>>> => {
  let value: unknown
  try {
    value = JSON.parse(await readFile(path, 'utf8'))
  } catch (cause) {
    throw invalid(path, cause instanceof SyntaxError ? 'is not JSON' : 'cannot be read', cause)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid(path, 'is not a JSON object')
  // `as`: an object, which OPA itself reads
  return value as Readonly<Record<string, unknown>>
}

const invalid = (path: string, what: string, cause?: unknown): PlangateError =>
  new PlangateError('ERR_CAPABILITIES_INVALID', `the capabilities file \`${path}\` ${what}`, {
    hint: 'name a version of OPA such as `v1.0.0`, or a file that `opa capabilities` wrote',
    cause,
  })

/** Which capabilities {@link describeCapabilities} gives; of several, the first. With none, the names of all versions. */
export interface DescribeOptions extends EngineOptions {
  /** A version of OPA such as `v1.0.0`. */
  readonly version?: string
  /** The path of a file. */
  readonly file?: string
  /** Those of the OPA that plangate is made of. */
  readonly current?: boolean
  /** Those that it has for Rego v0. */
  readonly v0Compatible?: boolean
}

/**
 * Returns what `opa capabilities` prints, without the newline at the end.
 *
 * @throws PlangateError `ERR_CAPABILITIES_INVALID`, and those of the engine, such as `ERR_OPA_MISSING`
 */
export const describeCapabilities = async (asked?: DescribeOptions): Promise<string> => {
  const options = optionsOf<DescribeOptions>(asked, {
    version: 'string',
    file: 'string',
    current: 'boolean',
    v0Compatible: 'boolean',
  })
  const { version, current = false, v0Compatible = false } = options
  const file = version === undefined && options.file !== undefined ? await loadFile(options.file) : undefined
  const request = {
    current,
    v0Compatible,
    ...(version === undefined ? {} : { version }),
    ...(file === undefined ? {} : { file }),
  }
  const { text, problem } = await withOpa(options, (opa) => opa.capabilities(request))
  if (problem === undefined) return text
  throw new PlangateError('ERR_CAPABILITIES_INVALID', problem, {
    hint: 'the versions are those that `plangate capabilities` lists',
  })
}
