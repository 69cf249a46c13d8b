import { describeCapabilities } from '@plangate/compiler'
import { exitCodes } from './exit.ts'

/** The flags of `plangate capabilities`. */
export interface CapabilitiesOptions {
  readonly current: boolean
  readonly version?: string
  readonly file?: string
  readonly v0Compatible: boolean
}

/** Prints capabilities as `opa capabilities` does, and returns the exit code. */
export async function capabilities(options: CapabilitiesOptions): Promise<number> {
  process.stdout.write(`${await describeCapabilities({ thread: 'caller', ...options })}\n`)
  return exitCodes.pass
}
