import type { Plan } from '../../src/input/plan.ts'
import { SECRET_ARGUMENTS, WRITE_ONLY } from '../../src/input/roles.ts'
import { declaredSensitive, markedSensitive } from '../../src/input/sensitive.ts'

const asObject = (value: unknown): Readonly<Record<string, unknown>> =>
  // `as`: what is not an object reads as one without keys; what is one is only read by key
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}

/**
 * Returns the strings that Terraform marks as sensitive in a plan, wherever it marks them: `before_sensitive` and
 * `after_sensitive` of changes and drift, sensitive outputs, `sensitive_values` of the planned and the prior state, and
 * root variables that the configuration declares sensitive.
 *
 * Where marks stand is looked up in the parsed document here, and while it is scanned there; what a mark covers is the same
 * code.
 */
export const sensitiveValues = (plan: Plan): ReadonlySet<string> => {
  const found = new Set<string>()
  const changes = [...(plan.resource_changes ?? []), ...(plan.resource_drift ?? [])].map(
    (entry) => asObject(entry).change,
  )
  for (const change of [...changes, ...Object.values(plan.output_changes ?? {})]) {
    const { before, before_sensitive, after, after_sensitive } = asObject(change)
    markedSensitive(before, before_sensitive, found)
    markedSensitive(after, after_sensitive, found)
  }
  state(plan.planned_values, found)
  state(asObject(plan.prior_state).values, found)
  declaredSensitive(plan, found)
  configuration(plan.configuration, found)
  return found
}

/** What the configuration writes out: secrets of providers, write-only arguments, defaults of sensitive variables. */
const configuration = (value: unknown, found: Set<string>): void => {
  const { provider_config, root_module } = asObject(value)
  for (const provider of Object.values(asObject(provider_config))) written(provider, SECRET_ARGUMENTS, found)
  const modules: unknown[] = [root_module]
  for (const module of modules) {
    const { variables, resources, module_calls } = asObject(module)
    for (const variable of Object.values(asObject(variables))) {
      markedSensitive(asObject(variable).default, asObject(variable).sensitive, found)
    }
    for (const resource of Object.values(asObject(resources))) written(resource, WRITE_ONLY, found)
    modules.push(...Object.values(asObject(module_calls)).map((call) => asObject(call).module))
  }
}

const written = (block: unknown, names: readonly string[], found: Set<string>): void => {
  const expressions = asObject(asObject(block).expressions)
  for (const name of names) markedSensitive(asObject(expressions[name]).constant_value, true, found)
}

const state = (values: unknown, found: Set<string>): void => {
  const { outputs, root_module } = asObject(values)
  for (const output of Object.values(asObject(outputs))) {
    const { value, sensitive } = asObject(output)
    markedSensitive(value, sensitive, found)
  }
  const modules: unknown[] = [root_module]
  for (const module of modules) {
    const { resources, child_modules } = asObject(module)
    for (const resource of Object.values(asObject(resources))) {
      const { values: inner, sensitive_values } = asObject(resource)
      markedSensitive(inner, sensitive_values, found)
    }
    modules.push(...Object.values(asObject(child_modules)))
  }
}
