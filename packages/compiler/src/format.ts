import { type FormatRequest, OpaError } from '@plangate/opa'
import { bytesArgument, optionsOf } from './arguments.ts'
import { loadCapabilities } from './capabilities.ts'
import { fromOpa, place } from './diagnostics.ts'
import { type EngineOptions, withOpa } from './engine.ts'
import type { CompileSettings, Diagnostic } from './types.ts'

/** How {@link formatSource} reads and writes Rego: the flags of `opa fmt`. */
export interface FormatOptions extends EngineOptions {
  /** What diagnostics call the source. Default `stdin`. */
  readonly file?: string
  /** Reads and writes Rego v0. */
  readonly v0Compatible?: boolean
  /** Reads Rego v1, which is also the default; with `regoV1` it reads v1 instead of v0. */
  readonly v1Compatible?: boolean
  /** Reads Rego v0 and writes what v0 and v1 both read. */
  readonly regoV1?: boolean
  /** Leaves out imports that v1 does not need, such as `rego.v1`. */
  readonly dropV0Imports?: boolean
  /** Whether the result is parsed again. Default true. */
  readonly checkResult?: boolean
  /** Gives the difference instead, as `opa fmt --diff` prints it, with colours. */
  readonly diff?: boolean
  /** Gives no output: only whether something changes, which is found out sooner. */
  readonly failFast?: boolean
  readonly capabilities?: CompileSettings['capabilities']
}

/** A source formatted. Without output, the diagnostics say why there is none. */
export interface FormatResult {
  readonly output?: Uint8Array
  /** Whether the source was formatted otherwise. */
  readonly changed: boolean
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Returns a source as `opa fmt` prints it, byte for byte.
 *
 * @throws PlangateError `ERR_CAPABILITIES_INVALID`, and those of the engine, such as `ERR_OPA_MISSING`
 * @example
 * const { output } = await formatSource('package a\np   :=   1')
 */
export const formatSource = async (source: string | Uint8Array, asked?: FormatOptions): Promise<FormatResult> => {
  const contents = typeof source === 'string' ? new TextEncoder().encode(source) : bytesArgument('source', source)
  const options = optionsOf<FormatOptions>(asked, {
    file: 'string',
    v0Compatible: 'boolean',
    v1Compatible: 'boolean',
    regoV1: 'boolean',
    dropV0Imports: 'boolean',
    checkResult: 'boolean',
    diff: 'boolean',
    failFast: 'boolean',
  })
  const { file = 'stdin', checkResult = true } = options
  const { v0Compatible, v1Compatible, regoV1, dropV0Imports, diff, failFast } = options
  const capabilities = await loadCapabilities(options.capabilities)
  const flags = { checkResult, v0Compatible, v1Compatible, regoV1, dropV0Imports, diff, failFast, capabilities }
  const request: FormatRequest = { name: file, ...given(flags) }
  return withOpa(options, async (opa) => {
    try {
      const { output, changed, diagnostics } = await opa.format(contents, request)
      if (diagnostics.length > 0) return { changed, diagnostics: fromOpa(diagnostics) }
      return { changed, diagnostics: [], ...(failFast && changed ? {} : { output }) }
    } catch (error) {
      if (!(error instanceof OpaError) || error.code !== 'ERR_OPA_FAILED') throw error
      return stopped(file, error)
    }
  })
}

/** OPA could not stand this source. */
const stopped = (file: string, { message, hint }: OpaError): FormatResult => ({
  changed: false,
  diagnostics: [
    { code: 'opa_failed', severity: 'error', message, ...place(file), ...(hint === undefined ? {} : { hint }) },
  ],
})

/** An optional field of a request is there or is missing, and never undefined. */
type Given<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> }

/** Returns the fields that have a value. */
export const given = <T extends object>(fields: T): Given<T> =>
  // `as`: the same fields without those that are undefined
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<T>
