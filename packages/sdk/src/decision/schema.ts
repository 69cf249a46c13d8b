import { Environment, Severity } from '@plangate/bundle'
import * as z from '#zod'

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
})
export type Finding = z.infer<typeof Finding>

/** Whose acceptance of a finding it was, why and for how long. */
export const AppliedWaiver = z.strictObject({
  owner: z.string(),
  reason: z.string(),
  ticket: z.string().optional(),
  expires: z.string().optional(),
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
})
export type EffectiveConfig = z.infer<typeof EffectiveConfig>

/** `fail` comes before `undecided`, which comes before `pass`. */
export const Verdict = z.enum(['pass', 'fail', 'undecided'])
export type Verdict = z.infer<typeof Verdict>

const count = z.int().min(0)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/**
 * All findings and the verdict for one plan.
 *
 * Each list is sorted by severity, worst first, then id, address, path and message, in code-unit order. The same bundle,
 * plan, configuration and day give the same decision. `counts.policies` are the policies that were asked, and
 * `counts.resources` the changes in the plan.
 */
export const Decision = z.strictObject({
  verdict: Verdict,
  findings: z.array(DecidedFinding),
  undecided: z.array(Finding),
  waived: z.array(WaivedFinding),
  counts: z.strictObject({
    fail: count,
    warn: count,
    undecided: count,
    waived: count,
    policies: count,
    resources: count,
  }),
  plan: z.strictObject({ sha256, formatVersion: z.string(), terraformVersion: z.string() }),
  bundle: z.strictObject({ revision: z.string(), sha256 }),
  config: EffectiveConfig,
})
export type Decision = z.infer<typeof Decision>

/** Returns the JSON Schema of a decision, as it is published in `decision.schema.json`. */
export const decisionJsonSchema = (): Record<string, unknown> => ({
  $comment: 'Generated from src/decision/schema.ts by `npm run schema` in packages/sdk. Do not edit.',
  title: 'Decision',
  description: 'What plangate decides about one Terraform plan',
  ...z.toJSONSchema(Decision),
})
