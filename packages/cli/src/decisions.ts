import { type Config, type Decision, maskCredentials, type PolicyEntry, type Sources } from '@plangate/sdk'
import { loadSettings } from './config.ts'
import { printError } from './errors.ts'
import { exitCodeOf, exitCodes } from './exit.ts'
import { type GateOptions, openGates } from './gates.ts'
import { evaluationLimits } from './limits.ts'
import { decideEach } from './plan.ts'
import { selected, type Selection } from './selection.ts'
import { flagsOf } from './settings.ts'
import { sourcesFor } from './sources.ts'
import { isBinaryPlan, showPlan } from './terraform.ts'
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
  readonly terraform?: string | true
  readonly jobs?: string
}

/** What a file adds to the flags. */
export interface WithFile {
  readonly loaded: Config
  /** The `plangate.yaml` that was read, if any. */
  readonly configFile: string | undefined
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
  const gates = await openGates(options, workersFor(plans, limits, jobsOf(options.jobs)))
  const config = await selected(given, gates, options)
  const names: string[] = []
  const decisions: Decision[] = []
  let failed = false
  const sources = await sourcesFor(plans, options.source)
  const shown = binaryPlans(plans, options)
  const judged = decideEach(plans, gates, { config, limits, sources }, shown)
  for await (const { name: path, decision, error, printed } of withCount(judged, plans)) {
    const name = maskCredentials(path)
    for (const line of printed) process.stderr.write(`PRNT - ${name} - ${inert(line)}\n`)
    if (error === undefined) {
      names.push(name)
      decisions.push({ ...decision, plan: { name, ...decision.plan } })
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
export async function withFile<T extends DecideOptions>(options: T): Promise<T & WithFile> {
  const { config, settings, folder, file } = await loadSettings(options.config, process.cwd(), options)
  const said = Object.entries(options).filter(([, value]) => value !== undefined)
  // `as`: what the file says has been parsed, and has the types of the flags
  return { ...flagsOf(settings, folder), ...Object.fromEntries(said), loaded: config, configFile: file } as T & WithFile
}

/** The files that are read, or may be. */
export function inputsOf(
  plans: readonly string[],
  { configFile, waivers = [], baseline, data = [], policy = [], verificationKey }: DecideOptions & WithFile,
): readonly (string | undefined)[] {
  return [...plans, configFile, ...waivers, baseline, ...data, ...policy, verificationKey]
}

/** The config with the waivers of all files. */
async function withWaivers(config: Config, { waivers: files = [], baseline }: DecideOptions): Promise<Config> {
  const given = await readWaivers(files)
  const accepted = baseline === undefined ? [] : waiversOf(await readBaseline(baseline), baseline)
  if (given.length + accepted.length === 0) return config
  return { ...config, waivers: [...(config.waivers ?? []), ...given, ...accepted] }
}

/** How binary plans are read, where the user asks for Terraform. */
function binaryPlans(
  plans: readonly string[],
  { terraform, source }: DecideOptions,
): ReadonlyMap<string, () => Promise<Uint8Array>> {
  if (terraform === undefined) return new Map()
  const command = terraform === true ? 'terraform' : terraform
  const folder = source === 'off' ? undefined : source
  return new Map(plans.filter(isBinaryPlan).map((plan) => [plan, () => showPlan(plan, command, folder)]))
}

function jobsOf(jobs: string | undefined): number | undefined {
  if (jobs === undefined) return undefined
  const number = Number(jobs)
  if (/^\d+$/.test(jobs) && number > 0 && number <= MOST_JOBS) return number
  throw usageError(`\`--jobs ${jobs}\` is not a number of plans`, `take one from 1 to ${MOST_JOBS}`)
}

const MOST_JOBS = 256

/** The plans as they are judged; on a terminal with how many are, where there are several. */
async function* withCount<T>(judged: AsyncIterable<T>, plans: readonly string[]): AsyncIterable<T> {
  if (plans.length < 2 || !process.stderr.isTTY) {
    yield* judged
    return
  }
  const clear = '\r\u001b[K'
  let done = 0
  try {
    process.stderr.write(`${clear}judging ${plans.length} plans …`)
    for await (const one of judged) {
      done += 1
      process.stderr.write(clear)
      yield one
      process.stderr.write(`${clear}judged ${done} of ${plans.length} plans …`)
    }
  } finally {
    process.stderr.write(clear)
  }
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
