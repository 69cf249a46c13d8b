import type { Role } from './place.ts'

const object = (keys: Readonly<Record<string, Role>>): Role => ({ keys: new Map(Object.entries(keys)) })

/** Slots of groups: a value and its marks, twice where there is a value before and one after. */
const changeOf = (isWrapped: boolean): Role => ({
  ...object({
    before: { slot: 0 },
    before_sensitive: { slot: 1 },
    after: { slot: 2 },
    after_sensitive: { slot: 3 },
  }),
  isGroup: true,
  isWrapped,
})

const stateOf = (isWrapped: boolean): Role => {
  const resource: Role = { ...object({ values: { slot: 0 }, sensitive_values: { slot: 1 } }), isGroup: true, isWrapped }
  const output: Role = { ...object({ value: { slot: 0 }, sensitive: { slot: 1 } }), isGroup: true, isWrapped }
  const modules = new Map<string, Role>([['resources', { each: resource }]])
  const module: Role = { keys: modules }
  modules.set('child_modules', { each: module })
  return object({ outputs: { each: output }, root_module: module })
}

const planKeys = (isWrapped: boolean): Readonly<Record<string, Role>> => {
  const change = changeOf(isWrapped)
  const entry = object({ change })
  const state = stateOf(isWrapped)
  return {
    resource_changes: { each: entry, isCounted: true, isWrapped },
    resource_drift: { each: entry },
    output_changes: { each: change },
    planned_values: state,
    prior_state: object({ values: state }),
  }
}

/** What the parts of `terraform show -json` mean, and of HCP Terraform's `{plan, run}`. */
export const document: Role = object({ ...planKeys(false), plan: object(planKeys(true)) })

const planNotes = [
  ['format_version'],
  ['terraform_version'],
  ['errored'],
  ['resource_changes'],
  ['resource_drift'],
  ['output_changes'],
  ['planned_values'],
  ['prior_state'],
  ['values'],
  ['variables', '*', 'value', '**'],
  ['configuration', 'root_module', 'variables', '*', 'sensitive'],
]

/** What is noted of a document, to know whether it is a plan and what it says about itself. */
export const notes: readonly (readonly string[])[] = [
  ['@level'],
  ['serial'],
  ['lineage'],
  ...planNotes,
  ...planNotes.map((path) => ['plan', ...path]),
]
