import { dependencies } from '@plangate/compiler'
import { maskCredentials, PlangateError } from '@plangate/sdk'
import { printDiagnostics } from './diagnostics.ts'
import { exitCodes } from './exit.ts'
import { type LimitFlags, limitsOf } from './limits.ts'
import { withProgress } from './terminal.ts'

/** The flags of `plangate deps`. */
export interface DepsCommandOptions extends LimitFlags {
  readonly data?: readonly string[]
  readonly bundle?: readonly string[]
  readonly ignore?: readonly string[]
  readonly format: 'pretty' | 'json'
  readonly v0Compatible: boolean
  readonly v1Compatible: boolean
  readonly color: boolean
}

/** Prints what `query` depends on, as `opa deps` does, and returns the exit code. */
export async function deps(query: string, options: DepsCommandOptions): Promise<number> {
  const { data = [], bundle = [], ignore = [], format, v0Compatible, v1Compatible, color } = options
  const flags = { data, bundles: bundle, ignore, format, v0Compatible, v1Compatible }
  const { text, diagnostics } = await withProgress((show) => {
    show('analysing')
    return dependencies(query, { ...limitsOf(options), ...flags })
  })
  if (diagnostics.length > 0) {
    printDiagnostics(diagnostics, { color, sources: { [`query \`${query}\``]: query } })
    throw new PlangateError('ERR_POLICY_INVALID', 'the dependencies cannot be told', {
      hint: 'mend what is listed above and run it again',
    })
  }
  process.stdout.write(maskCredentials(text))
  return exitCodes.pass
}
