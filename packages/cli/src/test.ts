import { type DecideOptions, decidePlans, inputsOf, withFile } from './decisions.ts'
import { exitCodes } from './exit.ts'
import { addStepSummary, checkPlaces, outputsOf, writeReports } from './outputs.ts'

/** The flags of `plangate test`. */
export interface TestOptions extends DecideOptions {
  readonly output?: readonly string[]
  readonly color: boolean
}

/**
 * Gates each of `plans`, prints the decisions and returns the exit code.
 *
 * A plan that cannot be read does not hide the decisions about the others, but the outcome is then 3; a report that machines
 * read is made only when every plan has a decision.
 */
export async function test(plans: readonly string[], flags: TestOptions): Promise<number> {
  const options = await withFile(flags)
  const outputs = outputsOf(options.output ?? ['stdout'])
  checkPlaces(outputs, inputsOf(plans, options))
  const { names, decisions, catalogue, sources, failed } = await decidePlans(plans, options)
  const whole = failed ? outputs.filter(({ format, file }) => format === 'stdout' && file === undefined) : outputs
  if (!failed || decisions.length > 0) {
    const report = { names, catalogue, ...(sources === undefined ? {} : { excerpt: sources.excerpt }) }
    await writeReports(whole, decisions, report, options.color)
    await addStepSummary(decisions, report)
  }
  if (failed) return exitCodes.undecidable
  return decisions.some(({ verdict }) => verdict === 'fail') ? exitCodes.findings : exitCodes.pass
}
