import { checkPolicies } from '@plangate/compiler'
import { PlangateError } from '@plangate/sdk'
import { steps } from './compile.ts'
import { type PrintOptions, printDiagnostics } from './diagnostics.ts'
import { exitCodes } from './exit.ts'
import { type LimitFlags, limitsOf } from './limits.ts'
import { withProgress } from './terminal.ts'
import { usageError } from './usage.ts'

/** The flags of `plangate check`. */
export interface CheckFlags extends PrintOptions, LimitFlags {
  readonly strict?: boolean
  readonly bundle: boolean
  readonly schema?: readonly string[]
  readonly providerSchema?: readonly string[]
  readonly capabilities?: string
  readonly ignore?: readonly string[]
  readonly maxErrors: number
  readonly v0Compatible?: boolean
  readonly v0V1?: boolean
  readonly failOnWarnings?: boolean
}

/** Checks `sources`, prints what is wrong on standard error, and returns the exit code. */
export async function check(sources: readonly string[], flags: CheckFlags): Promise<number> {
  const { strict = false, bundle, schema = [], providerSchema = [], capabilities, ignore = [], maxErrors } = flags
  if (!Number.isInteger(maxErrors) || maxErrors < 0) {
    throw usageError('`--max-errors` is no count', 'give a whole number, 0 for no limit')
  }
  const { diagnostics } = await withProgress((show) =>
    checkPolicies({
      ...limitsOf(flags),
      sources,
      strict,
      bundle,
      ignore,
      maxErrors,
      schemas: schema,
      providerSchemas: providerSchema,
      ...(capabilities === undefined ? {} : { capabilities }),
      regoVersion: flags.v0V1 ? 'both' : flags.v0Compatible ? 0 : 1,
      onProgress: (step) => show(steps[step]),
    }),
  )
  printDiagnostics(diagnostics, flags)
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length
  if (errors > 0) {
    throw new PlangateError(
      'ERR_POLICY_INVALID',
      `the policies are not right: ${errors} error${errors === 1 ? '' : 's'}`,
      {
        hint: 'mend what is listed above and run it again',
      },
    )
  }
  return diagnostics.length > 0 && flags.failOnWarnings ? exitCodes.findings : exitCodes.pass
}
