import type { Config, Decision, PolicyEntry, Sources } from '@plangate/sdk'
import { loadConfig } from './config.ts'
import { printError } from './errors.ts'
import { exitCodeOf, exitCodes } from './exit.ts'
import { type GateOptions, openGates } from './gates.ts'
import { evaluationLimits } from './limits.ts'
import { decideEach } from './plan.ts'
import { selected, type Selection } from './selection.ts'
import { sourcesFor } from './sources.ts'
import { usageError } from './usage.ts'
import { readBaseline, readWaivers, waiversOf } from './waivers.ts'
import { workersFor } from './workers.ts'

/** The flags that say how plans are decided. */
export interface DecideOptions extends GateOptions, Selection {
  readonly env?: string
  readonly config?: string
  readonly failOn?: string
  readonly undecided?: string
  readonly source?: string
  readonly waivers?: readonly string[]
  readonly baseline?: string
  readonly onlyChanged?: boolean
}

/** What was decided about plans, in their order. */
export interface Decided {
  readonly names: readonly string[]
  readonly decisions: readonly Decision[]
  readonly catalogue: readonly PolicyEntry[]
  readonly sources: Sources | undefined
  /** Whether there is a plan that could not be decided; its error is on standard error. */
  readonly failed: boolean
}

/**
 * Gates each of `plans`. One that cannot be read does not hide the decisions about the others.
 *
 * Throws what is wrong with the flags, the config, waivers and policies.
 */
export async function decidePlans(plans: readonly string[], options: DecideOptions): Promise<Decided> {
  checkPlans(plans)
  const given = await configOf(options)
  const limits = evaluationLimits(options)
  const gates = await openGates(options, workersFor(plans, limits))
  const config = await selected(given, gates, options)
  const names: string[] = []
  const decisions: Decision[] = []
  let failed = false
  const sources = await sourcesFor(plans, options.source)
  for await (const { name, decision, error, printed } of decideEach(plans, gates, { config, limits, sources })) {
    for (const line of printed) process.stderr.write(`PRNT - ${name} - ${inert(line)}\n`)
    if (error === undefined) {
      names.push(name)
      decisions.push(decision)
    } else if (exitCodeOf(error.code) !== exitCodes.undecidable) throw error
    else {
      printError(error)
      failed = true
    }
  }
  return { names, decisions, catalogue: gates.flatMap((gate) => gate.catalogue), sources, failed }
}

/** The config with the waivers of all files. */
async function configOf(options: DecideOptions): Promise<Config> {
  const { waivers: files = [], baseline } = options
  const config = await loadConfig(options.config, process.cwd(), options)
  const given = await readWaivers(files)
  const accepted = baseline === undefined ? [] : waiversOf(await readBaseline(baseline), baseline)
  if (given.length + accepted.length === 0) return config
  return { ...config, waivers: [...(config.waivers ?? []), ...given, ...accepted] }
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
