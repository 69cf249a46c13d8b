import type { Plan } from '../../src/input/plan.ts'

/** The fewest characters a sensitive value needs to be told from ordinary text. */
export const MIN_SENSITIVE_LENGTH = 8

const asObject = (value: unknown): Readonly<Record<string, unknown>> =>
  // `as`: what is not an object reads as one without keys; what is one is only read by key
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}

/**
 * Returns the strings that Terraform marks as sensitive in a plan, wherever it marks them: `before_sensitive` and
 * `after_sensitive` of changes and drift, sensitive outputs, `sensitive_values` of the planned and the prior state, and
 * root variables that the configuration declares sensitive.
 *
 * Follows only the branches that are marked, so that it costs little on a large plan. Leaves out what masking would only
 * turn into noise: short strings, numbers, booleans and single ordinary words. Takes in what a marked string contains as
 * JSON, and passwords inside URLs, since a message may show those without the rest.
 */
export const sensitiveValues = (plan: Plan): ReadonlySet<string> => {
  const found = new Set<string>()
  const changes = [...(plan.resource_changes ?? []), ...(plan.resource_drift ?? [])].map(
    (entry) => asObject(entry).change,
  )
  for (const change of [...changes, ...Object.values(plan.output_changes ?? {})]) {
    const { before, before_sensitive, after, after_sensitive } = asObject(change)
    collect(before, before_sensitive, found)
    collect(after, after_sensitive, found)
  }
  state(plan.planned_values, found)
  state(asObject(plan.prior_state).values, found)
  const declared = plan.configuration?.root_module?.variables ?? {}
  for (const [name, variable] of Object.entries(plan.variables ?? {})) {
    if (Object.hasOwn(declared, name)) collect(variable.value, declared[name]?.sensitive, found)
  }
  return found
}

const state = (values: unknown, found: Set<string>): void => {
  const { outputs, root_module } = asObject(values)
  for (const output of Object.values(asObject(outputs))) {
    const { value, sensitive } = asObject(output)
    collect(value, sensitive, found)
  }
  const modules: unknown[] = [root_module]
  for (const module of modules) {
    const { resources, child_modules } = asObject(module)
    for (const resource of Object.values(asObject(resources))) {
      const { values: inner, sensitive_values } = asObject(resource)
      collect(inner, sensitive_values, found)
    }
    modules.push(...Object.values(asObject(child_modules)))
  }
}

/** Adds the strings of `value` that `mark` covers: all of them for true, else those of the marked keys. */
const collect = (value: unknown, mark: unknown, found: Set<string>): void => {
  if (mark === true) all(value, found)
  else if (typeof mark === 'object' && mark !== null) {
    const inner = asObject(value)
    for (const [key, marked] of Object.entries(mark)) collect(inner[key], marked, found)
  }
}

const all = (value: unknown, found: Set<string>): void => {
  if (typeof value === 'string') text(value, found)
  else for (const inner of Object.values(asObject(value))) all(inner, found)
}

const text = (value: string, found: Set<string>): void => {
  const trimmed = value.trim()
  if (isTelling(value)) found.add(value)
  if (isTelling(trimmed)) found.add(trimmed)
  if (/^[[{]/.test(trimmed)) {
    try {
      all(JSON.parse(trimmed), found)
    } catch {
      // It only looks like JSON; the whole is masked all the same.
    }
  }
  for (const [, password = ''] of trimmed.matchAll(/:\/\/[^\s:/@]*:([^\s/@]+)@/g))
    if (isTelling(password)) found.add(password)
}

const isTelling = (value: string): boolean =>
  value.length >= MIN_SENSITIVE_LENGTH &&
  !/^\d{1,15}$/.test(value) &&
  !(value.length < 16 && /^([A-Z]?[a-z]+|[A-Z]+)$/.test(value))
