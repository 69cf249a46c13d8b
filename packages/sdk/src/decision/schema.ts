import { Environment, Severity } from '@plangate/bundle'
import * as z from '#zod'
import { Waiver } from '../input/config.ts'

/** A place in a source: lines and columns count from 1, columns in UTF-16 code units; the end is where the next character would be. */
const Place = z.strictObject({
  /** Relative to the folder of the sources, with `/`. */
  file: z.string(),
  line: z.int().min(1),
  column: z.int().min(1),
  endLine: z.int().min(1),
  endColumn: z.int().min(1),
})
export type Place = z.infer<typeof Place>

/**
 * Where the sources say what a finding is about: its attribute, or where nothing sets it the header of its block, and from the
 * root down the `module` blocks that lead there.
 */
export const Location = z.strictObject({
  ...Place.shape,
  calls: z.array(z.strictObject({ module: z.string(), ...Place.shape })),
})
export type Location = z.infer<typeof Location>

/** One thing wrong at one address. `path` is the attribute, key by key; `address` is empty when a policy gives none. */
export const Finding = z.strictObject({
  id: z.string(),
  severity: Severity,
  title: z.string(),
  msg: z.string(),
  remediation: z.string(),
  address: z.string(),
  path: z.array(z.union([z.string(), z.int()])),
  frameworks: z.record(z.string(), z.array(z.string())),
  /** There where the sources are at hand. */
  location: Location.optional(),
})
export type Finding = z.infer<typeof Finding>

/** Whose acceptance of a finding it was, why and for how long, and where it is written where that is not the configuration. */
export const AppliedWaiver = z.strictObject({
  owner: z.string(),
  reason: z.string(),
  ticket: z.string().optional(),
  expires: z.string().optional(),
  source: z.string().optional(),
})
export type AppliedWaiver = z.infer<typeof AppliedWaiver>

/** A finding that fails or warns. */
export const DecidedFinding = z.strictObject({ ...Finding.shape, status: z.enum(['fail', 'warn']) })
export type DecidedFinding = z.infer<typeof DecidedFinding>

/** A finding that somebody accepted. */
export const WaivedFinding = z.strictObject({ ...Finding.shape, waiver: AppliedWaiver })
export type WaivedFinding = z.infer<typeof WaivedFinding>

/** The strictness that held, with every default filled in. */
export const EffectiveConfig = z.strictObject({
  environment: Environment,
  fail_on: Severity,
  undecided: z.enum(['warn', 'fail', 'ignore']),
  /** There where only what the plan changes counts. */
  only_changed: z.literal(true).optional(),
  /** The policies that were asked, where not all were. */
  policies: z.array(z.string()).optional(),
})
export type EffectiveConfig = z.infer<typeof EffectiveConfig>

/** `fail` comes before `undecided`, which comes before `pass`. */
export const Verdict = z.enum(['pass', 'fail', 'undecided'])
export type Verdict = z.infer<typeof Verdict>

/** What the library says about itself: what a policy had before it, and which policies asked for nothing. */
export const Judged = z.strictObject({
  /** The types of the managed resources that exist once the plan is applied, in code-unit order. */
  resourceTypes: z.array(z.string()),
  /** Policies of the library that judged nothing, since a parameter that they need is not given. */
  inactive: z.array(z.string()),
})
export type Judged = z.infer<typeof Judged>

const count = z.int().min(0)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/**
 * All findings and the verdict for one plan.
 *
 * Each list is sorted by severity, worst first, then id, address, path and message, in code-unit order. The same bundle,
 * plan, configuration and day give the same decision. `counts.policies` are the policies that were asked, and
 * `counts.resources` the changes in the plan. `unchanged` holds, with `only_changed`, what is wrong or undecided with what
 * the plan leaves as it is; `waivers` those that would cover a finding, had they not expired, and those that cover none.
 * `judged` is there where the library decides.
 */
export const Decision = z.strictObject({
  verdict: Verdict,
  findings: z.array(DecidedFinding),
  undecided: z.array(Finding),
  waived: z.array(WaivedFinding),
  unchanged: z.array(Finding),
  waivers: z.strictObject({ expired: z.array(Waiver), unused: z.array(Waiver) }),
  counts: z.strictObject({
    fail: count,
    warn: count,
    undecided: count,
    waived: count,
    unchanged: count,
    policies: count,
    resources: count,
  }),
  /** `name` is what the plan was called where it was judged. */
  plan: z.strictObject({
    name: z.string().optional(),
    sha256,
    formatVersion: z.string(),
    terraformVersion: z.string(),
  }),
  bundle: z.strictObject({ revision: z.string(), sha256 }),
  config: EffectiveConfig,
  judged: Judged.optional(),
})
export type Decision = z.infer<typeof Decision>

/** Returns the JSON Schema of a decision, as it is published in `decision.schema.json`. */
export const decisionJsonSchema = (): Record<string, unknown> => ({
  $comment: 'Generated from src/decision/schema.ts by `npm run schema` in packages/sdk. Do not edit.',
  title: 'Decision',
  description: 'What plangate decides about one Terraform plan',
  ...z.toJSONSchema(Decision),
})
