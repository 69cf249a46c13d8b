import { existsSync } from 'node:fs'
import { type Baseline, maskCredentials } from '@plangate/sdk'
import { type DecideOptions, decidePlans, withFile } from './decisions.ts'
import { exitCodes } from './exit.ts'
import { readBaseline } from './waivers.ts'
import { writeWhole } from './write.ts'

/** The flags of `plangate baseline`. */
export interface BaselineOptions extends DecideOptions {
  readonly output: string
}

type Accepted = Baseline['findings'][number]

/**
 * Writes what fails or warns in `plans` today as accepted, and says what is new and what is gone since the file was written
 * last. What is undecided is not accepted: it may turn out to be either.
 */
export async function baseline(plans: readonly string[], flags: BaselineOptions): Promise<number> {
  // What an earlier baseline accepts is found again.
  const { baseline: _, ...rest } = await withFile(flags)
  const file = flags.output
  const before = existsSync(file) ? (await readBaseline(file)).findings : []
  const { decisions, failed } = await decidePlans(plans, rest)
  if (failed) return exitCodes.undecidable
  const found = decisions.flatMap((decision) => decision.findings)
  const accepted = new Map(
    found.filter(({ address }) => address !== '').map(({ id, address, path }) => keyed({ policy: id, address, path })),
  )
  const findings = [...accepted].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one)
  const known = new Set(before.map((one) => keyed(one)[0]))
  const fresh = [...accepted.keys()].filter((key) => !known.has(key)).length
  const gone = known.size - (findings.length - fresh)
  const written: Baseline = { version: 1, findings }
  writeWhole(file, `${JSON.stringify(written, null, 2)}\n`)
  process.stdout.write(`${maskCredentials(file)}: ${findings.length} findings accepted, ${fresh} new, ${gone} gone\n`)
  const nameless = found.filter(({ address }) => address === '').length
  if (nameless > 0) {
    process.stderr.write(`warning: ${nameless} findings name no address, and cannot be accepted one by one\n`)
  }
  return exitCodes.pass
}

/** What tells a finding from others, in an order that reads well, and the finding. */
function keyed(accepted: Accepted): readonly [string, Accepted] {
  return [JSON.stringify([accepted.policy, accepted.address, accepted.path]), accepted]
}
