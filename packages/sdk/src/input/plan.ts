import { firstIssue, PlangateError } from '@plangate/bundle'
import * as z from '#zod'

const Module = z.looseObject({
  variables: z.record(z.string(), z.looseObject({ sensitive: z.boolean().optional() })).optional(),
})

/**
 * What the SDK itself reads of `terraform show -json`, https://developer.hashicorp.com/terraform/internals/json-format.
 *
 * Loose and shallow: policies read the rest, and what is noted of a plan has no more than this.
 */
export const Plan = z.looseObject({
  format_version: z.string(),
  terraform_version: z.string().optional(),
  errored: z.boolean().optional(),
  resource_changes: z.array(z.unknown()).optional(),
  resource_drift: z.array(z.unknown()).optional(),
  output_changes: z.record(z.string(), z.unknown()).optional(),
  planned_values: z.unknown().optional(),
  prior_state: z.unknown().optional(),
  variables: z.record(z.string(), z.looseObject({ value: z.unknown().optional() })).optional(),
  configuration: z.looseObject({ root_module: Module.optional() }).optional(),
})
export type Plan = z.infer<typeof Plan>

const showHint = 'write it with `terraform plan -out tf.plan` and `terraform show -json tf.plan > plan.json`'

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Returns the plan in a parsed document: the document itself, or the `plan` of HCP Terraform's `{plan, run}`.
 *
 * @throws PlangateError `ERR_INPUT_EVENT_STREAM`, `ERR_INPUT_NOT_PLAN`, `ERR_INPUT_FORMAT_VERSION`,
 * `ERR_INPUT_ERRORED_PLAN`
 */
export const planOf = (document: unknown): Plan => {
  if (!isObject(document)) throw notPlan('it is not a JSON object')
  if ('@level' in document) throw eventStream()
  const plan = isWrapped(document) ? document.plan : document
  if (!isObject(plan) || !('format_version' in plan)) {
    throw notPlan('serial' in document && 'lineage' in document ? 'it is a state file' : 'it has no `format_version`')
  }
  if (!['planned_values', 'resource_changes', 'configuration'].some((key) => key in plan)) {
    throw notPlan('values' in plan ? 'it is a state' : 'it has neither resources nor configuration')
  }
  const parsed = Plan.safeParse(plan)
  // Without the cause: an issue of zod's can quote the value.
  if (!parsed.success) throw notPlan(firstIssue(parsed.error))
  checkVersion(parsed.data.format_version)
  if (parsed.data.errored === true) {
    throw new PlangateError('ERR_INPUT_ERRORED_PLAN', 'the plan is incomplete because `terraform plan` failed', {
      hint: 'mend what `terraform plan` reports, then plan again',
    })
  }
  return parsed.data
}

/** Returns whether a parsed document is HCP Terraform's `{plan, run}`. */
export const isWrapped = (document: unknown): boolean =>
  isObject(document) && !('format_version' in document) && isObject(document.plan)

const checkVersion = (version: string): void => {
  if (/^(0|1)\.\d+(\.\d+)?$/.test(version)) return
  throw new PlangateError('ERR_INPUT_FORMAT_VERSION', `unsupported plan format_version \`${version.slice(0, 20)}\``, {
    hint: 'this version of plangate reads 0.x and 1.x; look for a newer one',
  })
}

const notPlan = (why: string): PlangateError =>
  new PlangateError('ERR_INPUT_NOT_PLAN', `the input is not a Terraform plan: ${why}`, { hint: showHint })

/** Returns the error for the lines of events that `terraform plan -json` prints. */
export const eventStream = (): PlangateError =>
  new PlangateError('ERR_INPUT_EVENT_STREAM', 'the input is the event stream of `terraform plan -json`, not a plan', {
    hint: showHint,
  })
