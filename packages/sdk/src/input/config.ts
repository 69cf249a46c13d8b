import { Environment, firstIssue, PlangateError, type PolicyEntry, Severity } from '@plangate/bundle'
import * as z from '#zod'
import { nearest } from './nearest.ts'

const day = z.iso.date('expected a day as YYYY-MM-DD')

/** What people write of a waiver. */
const written = {
  policy: z.string().min(1),
  address: z.string().min(1),
  path: z.array(z.union([z.string(), z.int()])).optional(),
  owner: z.string().min(1),
  reason: z.string().min(1),
  ticket: z.string().min(1).optional(),
  expires: day.optional(),
  instances: z.literal(true).optional(),
}

/**
 * A finding that somebody accepts, at every address that the glob matches, up to and including the day it expires. With a
 * `path` it is that attribute alone; with `instances` the address is that of a block in the sources, and every instance of
 * it is meant. `source` says where the waiver is written, as `main.tf:12`.
 */
export const Waiver = z.strictObject({ ...written, source: z.string().min(1).optional() })
export type Waiver = z.infer<typeof Waiver>

/** A file of waivers, which `plangate test --waivers` takes. Where each is written is known by the file. */
export const WaiverFile = z.strictObject({
  waivers: z.array(z.strictObject(written)),
})
export type WaiverFile = z.infer<typeof WaiverFile>

/** What somebody has accepted once and for all, each finding by its policy, its address and its path: `plangate baseline`. */
export const Baseline = z.strictObject({
  version: z.literal(1),
  findings: z.array(
    z.strictObject({
      policy: z.string().min(1),
      address: z.string(),
      path: z.array(z.union([z.string(), z.int()])),
    }),
  ),
})
export type Baseline = z.infer<typeof Baseline>

/** How strict a gate is: what `plangate.yaml` holds, and what policies read as `data.plangate.config`. */
export const Config = z.strictObject({
  environment: Environment.optional(),
  /** The lowest severity that fails; unless set `medium` in prod and stage, `high` in dev. */
  fail_on: Severity.optional(),
  /** What an undecided finding does. Unless set, `warn`. */
  undecided: z.enum(['warn', 'fail', 'ignore']).optional(),
  /** Parameters of policies, by id or alias. */
  parameters: z.record(z.string(), z.record(z.string(), z.json())).optional(),
  waivers: z.array(Waiver).optional(),
  /** Whether only what the plan changes counts: what it leaves as it is stands in `unchanged`. */
  only_changed: z.boolean().optional(),
  /** Whether comments in the sources may waive findings; unless set, they may. */
  inline_waivers: z.boolean().optional(),
  /** The policies to ask, by id or alias, and rules of your own as `main/deny`. Unless set, all. */
  policies: z.array(z.string().min(1)).min(1).optional(),
  /** The day of the decision. Filled in from the clock; given only to repeat an earlier decision. */
  today: day.optional(),
})
export type Config = z.infer<typeof Config>

/**
 * Returns a configuration that is known to be one, and to name only policies and parameters that the catalogue has.
 *
 * A misspelt name would leave a policy without its parameter, or a waiver without effect, in silence.
 *
 * @throws PlangateError `ERR_CONFIG_INVALID` with the path of the first thing that is wrong
 */
export const parseConfig = (value: unknown, catalogue: readonly PolicyEntry[]): Config => {
  const parsed = Config.safeParse(value)
  if (!parsed.success) throw invalid(firstIssue(parsed.error), parsed.error)
  if (catalogue.length === 0) return parsed.data
  // One alias may name several policies: a row of a catalogue can be two of ours.
  const known = new Map<string, readonly PolicyEntry[]>()
  const named = (name: string): readonly PolicyEntry[] => {
    const entries = known.get(name) ?? catalogue.filter(({ id, aliases }) => id === name || aliases.includes(name))
    known.set(name, entries)
    return entries
  }
  for (const [name, given] of Object.entries(parsed.data.parameters ?? {})) {
    const entries = named(name)
    if (entries.length === 0) throw invalid(`\`parameters\`: ${noPolicy(name, catalogue)}`)
    for (const [key, parameter] of Object.entries(given))
      checkParameter(entries, `parameters.${name}.${key}`, key, parameter)
  }
  const ids = (name: string, at: string): readonly string[] => {
    // The rules of a user's own policies are no part of a catalogue.
    const found = isOwnRule(name) ? [name] : named(name).map(({ id }) => id)
    if (found.length === 0) throw invalid(`\`${at}\`: ${noPolicy(name, catalogue)}`)
    return found
  }
  parsed.data.waivers?.forEach(({ policy, source }, at) => ids(policy, source ?? `waivers.${at}.policy`))
  const { policies, ...rest } = parsed.data
  if (policies === undefined) return rest
  return { ...rest, policies: [...new Set(policies.flatMap((name, at) => ids(name, `policies.${at}`)))].sort() }
}

/** Returns whether a name is that of a rule of a user's own, as `main/deny`, which is the id of its findings. */
export const isOwnRule = (name: string): boolean => /\/(?:deny|violation|warn)(?:_[a-zA-Z0-9]+)*$/.test(name)

/** Returns the parameters that a policy needs and that nobody gives, under its id or one of its aliases. */
export const missingParameters = ({ id, aliases, parameters }: PolicyEntry, config: Config): readonly string[] => {
  const given = [id, ...aliases].map((name) => config.parameters?.[name] ?? {})
  return Object.entries(parameters)
    .filter(([name, { default: value }]) => value === undefined && !given.some((values) => Object.hasOwn(values, name)))
    .map(([name]) => name)
}

const checkParameter = (entries: readonly PolicyEntry[], at: string, key: string, value: unknown): void => {
  const declared = entries.flatMap(({ parameters }) => {
    const parameter = Object.hasOwn(parameters, key) ? parameters[key] : undefined
    return parameter === undefined ? [] : [parameter]
  })
  if (declared.length === 0) {
    const known = [...new Set(entries.flatMap(({ parameters }) => Object.keys(parameters)))]
    const ids = entries.map(({ id }) => `\`${id}\``).join(', ')
    const takes = known.length === 0 ? 'no parameters' : known.map((name) => `\`${name}\``).join(', ')
    throw invalid(`\`${at}\`: policy ${ids} takes ${takes}${instead(key, known)}`)
  }
  for (const { type } of declared) {
    if (!fits[type](value)) throw invalid(`\`${at}\`: expected ${type === 'array' ? 'a list of strings' : type}`)
  }
}

const isString = (value: unknown): boolean => typeof value === 'string'

/** An account id without quotes is a number in YAML, and fits no glob: lists hold strings. */
const fits = {
  array: (value: unknown) => Array.isArray(value) && value.every(isString),
  integer: Number.isSafeInteger,
  string: isString,
  boolean: (value: unknown) => typeof value === 'boolean',
}

const noPolicy = (name: string, catalogue: readonly PolicyEntry[]): string =>
  `there is no policy \`${name}\`${instead(
    name,
    catalogue.flatMap(({ id, aliases }) => [id, ...aliases]),
  )}`

const instead = (name: string, known: readonly string[]): string => {
  const near = nearest(name, known)
  return near === undefined ? '' : `, did you mean \`${near}\`?`
}

const invalid = (issue: string, cause?: unknown): PlangateError =>
  new PlangateError('ERR_CONFIG_INVALID', `the configuration is not valid: ${issue}`, {
    hint: '`plangate list` shows the policies, their aliases and their parameters',
    cause,
  })
