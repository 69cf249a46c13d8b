import { isObject } from './pointer.ts'

/**
 * Returns what Terraform marks as sensitive in a plan: for each object that holds marked values, the marks of its keys.
 * The places are those of `roles.ts` of the input; a sensitive variable is one with its default, too.
 */
export const marksOf = (document: unknown): ReadonlyMap<object, Readonly<Record<string, unknown>>> => {
  const marks = new Map<object, Readonly<Record<string, unknown>>>()
  const mark = (holder: unknown, keys: Readonly<Record<string, unknown>>) => {
    if (isObject(holder)) marks.set(holder, keys)
  }
  const changed = (change: unknown) => {
    const { before_sensitive: before, after_sensitive: after } = fields(change)
    mark(change, { before, after })
  }
  const state = (values: unknown) => {
    const { outputs, root_module: root } = fields(values)
    for (const output of each(outputs)) mark(output, { value: fields(output).sensitive })
    const modules = [root]
    for (const module of modules) {
      const { resources, child_modules: children } = fields(module)
      for (const resource of each(resources)) mark(resource, { values: fields(resource).sensitive_values })
      modules.push(...each(children))
    }
  }
  const plan = (given: unknown) => {
    const { resource_changes: changes, resource_drift: drift, output_changes: outputs } = fields(given)
    const {
      deferred_changes: deferred,
      action_invocations: actions,
      deferred_action_invocations: later,
    } = fields(given)
    const waiting = each(deferred).map((entry) => fields(entry).resource_change)
    for (const entry of [...each(changes), ...each(drift), ...waiting]) changed(fields(entry).change)
    for (const action of [...each(actions), ...each(later).map((entry) => fields(entry).action_invocation)])
      mark(action, { config_values: fields(action).config_sensitive })
    for (const change of each(outputs)) changed(change)
    const { planned_values: planned, prior_state: prior, configuration, variables } = fields(given)
    state(planned)
    state(fields(prior).values)
    const root = fields(configuration).root_module
    for (const [name, declared] of Object.entries(fields(fields(root).variables)))
      if (fields(declared).sensitive === true) mark(fields(variables)[name], { value: true })
    const modules = [root]
    for (const module of modules) {
      for (const declared of each(fields(module).variables)) {
        if (fields(declared).sensitive === true) mark(declared, { default: true })
      }
      modules.push(...each(fields(module).module_calls).map((call) => fields(call).module))
    }
  }
  plan(document)
  plan(fields(document).plan)
  return marks
}

const fields = (value: unknown): Readonly<Record<string, unknown>> => (isObject(value) ? value : {})

const each = (value: unknown): readonly unknown[] => Object.values(fields(value))
