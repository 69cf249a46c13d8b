import type { Config, Decision, PolicyEntry, Sources } from '@plangate/sdk'
import { loadSettings } from './config.ts'
import { printError } from './errors.ts'
import { exitCodeOf, exitCodes } from './exit.ts'
import { type GateOptions, openGates } from './gates.ts'
import { evaluationLimits } from './limits.ts'
import { decideEach } from './plan.ts'
import { selected, type Selection } from './selection.ts'
import { flagsOf } from './settings.ts'
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
export async function decidePlans(
  plans: readonly string[],
  options: DecideOptions & { readonly loaded: Config },
): Promise<Decided> {
  checkPlans(plans)
  const given = await withWaivers(options.loaded, options)
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

/**
 * The flags with what the nearest `plangate.yaml`, or the one that is named, says where they say nothing, and the config. The order is:
 * a flag, its environment variable, the file.
 *
 * Throws as `loadSettings`.
 */
export async function withFile<T extends DecideOptions>(options: T): Promise<T & { readonly loaded: Config }> {
  const { config, settings, folder } = await loadSettings(options.config, process.cwd(), options)
  const said = Object.entries(options).filter(([, value]) => value !== undefined)
  // `as`: what the file says has been parsed, and has the types of the flags
  return { ...flagsOf(settings, folder), ...Object.fromEntries(said), loaded: config } as T & {
    readonly loaded: Config
  }
}

/** The config with the waivers of all files. */
async function withWaivers(config: Config, { waivers: files = [], baseline }: DecideOptions): Promise<Config> {
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
