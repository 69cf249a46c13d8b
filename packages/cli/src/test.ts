import type { Decision } from '@plangate/sdk'
import { loadConfig } from './config.ts'
import { printError } from './errors.ts'
import { type GateOptions, openGates } from './gates.ts'
import { exitCodeOf, exitCodes } from './exit.ts'
import { evaluationLimits } from './limits.ts'
import { outputsOf, writeReports } from './outputs.ts'
import { decideEach } from './plan.ts'
import { sourcesFor } from './sources.ts'
import { usageError } from './usage.ts'
import { workersFor } from './workers.ts'

/** The flags of `plangate test`. */
export interface TestOptions extends GateOptions {
  readonly env?: string
  readonly config?: string
  readonly failOn?: string
  readonly undecided?: string
  readonly source?: string
  readonly output?: readonly string[]
  readonly color: boolean
}

/**
 * Gates each of `plans`, prints the decisions and returns the exit code.
 *
 * A plan that cannot be read does not hide the decisions about the others, but the outcome is then 3; JSON, where a
 * decision is known by its place, is printed only when every plan has one.
 */
export async function test(plans: readonly string[], options: TestOptions): Promise<number> {
  checkPlans(plans)
  const outputs = outputsOf(options.output ?? ['stdout'])
  const config = await loadConfig(options.config, process.cwd(), options)
  const limits = evaluationLimits(options)
  const gates = await openGates(options, workersFor(plans, limits))
  const catalogue = gates.flatMap((gate) => gate.catalogue)
  const decided: { readonly name: string; readonly decision: Decision }[] = []
  let failed = false
  const sources = await sourcesFor(plans, options.source)
  for await (const { name, decision, error, printed } of decideEach(plans, gates, { config, limits, sources })) {
    for (const line of printed) process.stderr.write(`PRNT - ${name} - ${inert(line)}\n`)
    if (error === undefined) decided.push({ name, decision })
    else if (exitCodeOf(error.code) !== exitCodes.undecidable) throw error
    else {
      printError(error)
      failed = true
    }
  }
  const decisions = decided.map(({ decision }) => decision)
  const names = decided.map(({ name }) => name)
  // A report that a machine reads is about all plans or there is none.
  const whole = failed ? outputs.filter(({ format, file }) => format === 'stdout' && file === undefined) : outputs
  if (!failed || decisions.length > 0) {
    await writeReports(
      whole,
      decisions,
      { names, catalogue, ...(sources && { excerpt: sources.excerpt }) },
      options.color,
    )
  }
  if (failed) return exitCodes.undecidable
  return decisions.some(({ verdict }) => verdict === 'fail') ? exitCodes.findings : exitCodes.pass
}

/** The line without what a terminal would obey. */
function inert(line: string): string {
  return line.replaceAll(/\p{Cc}/gu, (character) => JSON.stringify(character).slice(1, -1))
}

function checkPlans(plans: readonly string[]): void {
  if (plans.length === 0) {
    throw usageError('no plan is given', 'name files that `terraform show -json` wrote, or `-` for standard input')
  }
  if (plans.filter((name) => name === '-').length > 1) {
    throw usageError('`-` is given twice', 'standard input can be read once')
  }
}
