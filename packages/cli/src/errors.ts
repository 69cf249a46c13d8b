import { PlangateError } from '@plangate/sdk'

/**
 * Prints `error: <message> [CODE]`, and a hint where there is one, on standard error; returns the code.
 *
 * Of an error that is not ours only the kind is shown: its message could hold a value of the plan. `PLANGATE_DEBUG` adds
 * the frames of its stack.
 */
export function printError(error: unknown): string {
  if (error instanceof PlangateError) {
    const hint = error.hint === undefined ? '' : `hint: ${error.hint}\n`
    process.stderr.write(`error: ${error.message} [${error.code}]\n${hint}`)
    return error.code
  }
  const kind = error instanceof Error ? error.name : typeof error
  process.stderr.write(
    `error: unexpected ${kind} [ERR_INTERNAL]\nhint: this is a fault of plangate, please report it\n`,
  )
  if (process.env['PLANGATE_DEBUG'] && error instanceof Error) {
    const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? []
    process.stderr.write(`${frames.join('\n')}\n`)
  }
  return 'ERR_INTERNAL'
}

/** Prints `warning: <message> [CODE]`, and a hint where there is one, on standard error. */
export function printWarning({ message, code, hint }: PlangateError): void {
  process.stderr.write(`warning: ${message} [${code}]\n${hint === undefined ? '' : `hint: ${hint}\n`}`)
}
