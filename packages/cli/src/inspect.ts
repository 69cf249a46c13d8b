import { type InspectResult, inspectBundle } from '@plangate/compiler'
import { maskCredentials, PlangateError } from '@plangate/sdk'
import { printDiagnostics } from './diagnostics.ts'
import { inspectionText } from './inspection.ts'
import { exitCodes } from './exit.ts'
import { type LimitFlags, limitsOf } from './limits.ts'
import { outputStyle, withProgress } from './terminal.ts'

/** The flags of `plangate inspect`. */
export interface InspectFlags extends LimitFlags {
  readonly annotations: boolean
  readonly explain: boolean
  readonly format: 'pretty' | 'json'
  readonly v0Compatible: boolean
  readonly v1Compatible: boolean
  readonly color: boolean
}

/** Prints what is in the bundle, folder or file at `path`, and returns the exit code. */
export async function inspect(path: string, flags: InspectFlags): Promise<number> {
  const { annotations, explain, format, v0Compatible, v1Compatible, color } = flags
  const { opa, plangate, diagnostics } = await withProgress((show) => {
    show('reading')
    return inspectBundle(path, { ...limitsOf(flags), annotations, v0Compatible, v1Compatible })
  })
  if (opa === undefined || plangate === undefined) {
    printDiagnostics(diagnostics, { color })
    throw new PlangateError('ERR_POLICY_INVALID', `\`${path}\` cannot be inspected`, {
      hint: 'mend what is listed above and run it again',
    })
  }
  const text =
    format === 'json' ? joined(opa, plangate) : inspectionText(path, opa, plangate, { ...outputStyle(color), explain })
  process.stdout.write(maskCredentials(text))
  return exitCodes.pass
}

/** OPA's JSON as it stands, digit for digit, with one key more at its end. */
function joined(opa: string, plangate: NonNullable<InspectResult['plangate']>): string {
  const more = JSON.stringify({ plangate }, null, 2).replace(/^\{\n/, '')
  return `${opa.trimEnd().replace(/\n\}$/, '')},\n${more}\n`
}
