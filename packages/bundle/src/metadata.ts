import * as z from '#zod'
import { firstIssue, PlangateError } from './errors.ts'

/** How bad a finding is; the order of {@link SEVERITIES} is worst first. */
export const Severity = z.enum(['critical', 'high', 'medium', 'low'])
export type Severity = z.infer<typeof Severity>

/** The severities, worst first. */
export const SEVERITIES: readonly Severity[] = Severity.options

/** The kind of place that a plan changes; a gate that is told nothing decides for `prod`. */
export const Environment = z.enum(['dev', 'stage', 'prod'])
export type Environment = z.infer<typeof Environment>

const ids = (pattern: RegExp, example: string) =>
  z.array(z.string().regex(pattern, `expected an id such as ${example}`)).min(1)

/** Ids of the outside frameworks that ask for what a policy asks, each in the framework's own spelling. */
export const Frameworks = z.strictObject({
  nist_800_53: ids(/^[A-Z]{2}-[1-9]\d*(\([1-9]\d*\))?$/, 'SC-7(5)').optional(),
  mitre_atlas: ids(/^AML\.T\d{4}(\.\d{3})?$/, 'AML.T0010.001').optional(),
  owasp_llm: ids(/^LLM(0[1-9]|10):2025$/, 'LLM02:2025').optional(),
  cis_aws: ids(/^\d+(\.\d+)+$/, '2.1.1').optional(),
  nist_ai_rmf: ids(/^(GOVERN|MAP|MEASURE|MANAGE) \d+(\.\d+)*$/, 'MANAGE 2.4').optional(),
  iso_42001: ids(/^(A\.)?\d+(\.\d+)*$/, 'A.10.3').optional(),
  soc_2: ids(/^(CC|PI|A|C|P)\d+\.\d+$/, 'CC6.1').optional(),
})
export type Frameworks = z.infer<typeof Frameworks>

/** The name of a framework as METADATA spells it. */
export type FrameworkId = keyof Frameworks

/** The names of all frameworks. */
// `as`: the keys of the shape are those of the type
export const frameworkIds: readonly FrameworkId[] = Object.keys(Frameworks.shape) as FrameworkId[]

/** What a policy lets its user set; without a default, the policy is inactive until it is given. */
export const Parameter = z.strictObject({
  type: z.enum(['array', 'integer', 'string', 'boolean']),
  description: z.string().min(1),
  default: z.json().optional(),
})
export type Parameter = z.infer<typeof Parameter>

const SeverityByEnvironment = z.strictObject({
  dev: Severity.optional(),
  stage: Severity.optional(),
  prod: Severity.optional(),
})

const Custom = z.strictObject({
  severity: Severity,
  severity_by_environment: SeverityByEnvironment.optional(),
  environments: z.array(Environment).min(1).optional(),
  remediation: z.string().min(1),
  resource_types: z.array(z.string().min(1)),
  frameworks: Frameworks.default({}),
  aliases: z
    .array(z.string().regex(/^[A-Z][A-Z0-9]*([-_][A-Z0-9]+)+$/, 'expected an id such as SM-011 or CKV_AWS_24'))
    .default([]),
  parameters: z.record(z.string().regex(/^[a-z][a-z0-9_]*$/, 'expected a snake_case name'), Parameter).default({}),
})

/**
 * The METADATA that the package of a policy carries.
 *
 * Strict: a misspelt key is an error. The keys that OPA itself defines for annotations are allowed beside ours,
 * see https://www.openpolicyagent.org/docs/policy-language#metadata.
 */
export const PolicyMetadata = z.strictObject({
  title: z.string().min(1),
  description: z.string().min(1),
  related_resources: z.array(z.strictObject({ ref: z.url(), description: z.string().optional() })).min(1),
  custom: Custom,
  scope: z.unknown().optional(),
  entrypoint: z.unknown().optional(),
  organizations: z.unknown().optional(),
  authors: z.unknown().optional(),
  schemas: z.unknown().optional(),
  compile: z.unknown().optional(),
  labels: z.unknown().optional(),
  location: z.unknown().optional(),
})
export type PolicyMetadata = z.infer<typeof PolicyMetadata>

/** One row of the catalogue: what is known about a policy without evaluating it. `source` holds the addresses it rests on. */
export const PolicyEntry = z.strictObject({
  id: z.string().regex(/^[a-z0-9_]+\/[a-z0-9_]+$/, 'expected `category/name`'),
  title: z.string().min(1),
  description: z.string().min(1),
  severity: Severity,
  severity_by_environment: SeverityByEnvironment.optional(),
  environments: z.array(Environment).min(1).optional(),
  remediation: z.string().min(1),
  resource_types: z.array(z.string()),
  frameworks: Frameworks,
  aliases: z.array(z.string()),
  parameters: z.record(z.string(), Parameter),
  source: z.array(z.string()),
})
export type PolicyEntry = z.infer<typeof PolicyEntry>

/**
 * Returns the catalogue's row for a policy, from the path of its package and the annotation on it.
 *
 * The id is the last two segments of the path, `category/name`.
 *
 * @throws PlangateError `ERR_POLICY_INVALID` with the path of the first thing that is wrong in the METADATA
 */
export const policyEntry = (packagePath: readonly string[], annotation: unknown): PolicyEntry => {
  const name = packagePath.join('.')
  const invalid = (issue: string, cause?: unknown) =>
    new PlangateError('ERR_POLICY_INVALID', `metadata of package \`${name}\` is not valid: ${issue}`, {
      hint: 'see the METADATA of any policy in the library for the expected keys',
      cause,
    })
  if (packagePath.length < 2) throw invalid('the package path needs a category and a name')
  const parsed = PolicyMetadata.safeParse(annotation)
  if (!parsed.success) throw invalid(firstIssue(parsed.error), parsed.error)
  const { title, description, related_resources, custom } = parsed.data
  const entry = PolicyEntry.safeParse({
    id: packagePath.slice(-2).join('/'),
    title,
    description,
    ...custom,
    source: related_resources.map(({ ref }) => ref),
  })
  if (!entry.success) throw invalid(firstIssue(entry.error), entry.error)
  return entry.data
}
