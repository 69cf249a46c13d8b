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

/** Arguments of providers that hold secrets: a plan has no marks there. */
export const SECRET_ARGUMENTS: readonly string[] = [
  'access_key',
  'api_key',
  'api_token',
  'auth_token',
  'bearer_token',
  'client_key',
  'client_secret',
  'credentials',
  'passphrase',
  'password',
  'private_key',
  'secret',
  'secret_key',
  'token',
]

/** Write-only arguments that hold secrets: no value of a plan has them, and so no mark. */
export const WRITE_ONLY: readonly string[] = [
  'admin_password_wo',
  'admin_user_password_wo',
  'administrator_login_password_wo',
  'administrator_password_wo',
  'auth_token_wo',
  'binary_data_wo',
  'client_secret_wo',
  'credentials_wo',
  'data_json_wo',
  'data_wo',
  'master_password_wo',
  'password_wo',
  'private_key_wo',
  'secret_data_wo',
  'secret_string_wo',
  'secret_wo',
  'token_wo',
  'value_wo',
]

/** What the configuration writes out: defaults of sensitive variables, and arguments that hold nothing but secrets. */
const configurationOf = (isWrapped: boolean): Role => {
  const variable: Role = { ...object({ default: { slot: 0 }, sensitive: { slot: 1 } }), isGroup: true, isWrapped }
  const secret: Role = { ...object({ constant_value: { slot: 0 } }), isGroup: true, isSecret: true, isWrapped }
  const expressions = (names: readonly string[]): Role =>
    object({ expressions: object(Object.fromEntries(names.map((name) => [name, secret]))) })
  const modules = new Map<string, Role>([
    ['variables', { each: variable }],
    ['resources', { each: expressions(WRITE_ONLY) }],
  ])
  modules.set('module_calls', { each: object({ module: { keys: modules } }) })
  return object({ provider_config: { each: expressions(SECRET_ARGUMENTS) }, root_module: { keys: modules } })
}

const planKeys = (isWrapped: boolean): Readonly<Record<string, Role>> => {
  const change = changeOf(isWrapped)
  const entry = object({ change })
  const state = stateOf(isWrapped)
  const action: Role = {
    ...object({ config_values: { slot: 0 }, config_sensitive: { slot: 1 } }),
    isGroup: true,
    isWrapped,
  }
  return {
    resource_changes: { each: entry, isCounted: true, isWrapped },
    resource_drift: { each: entry },
    deferred_changes: { each: object({ resource_change: entry }) },
    action_invocations: { each: action },
    deferred_action_invocations: { each: object({ action_invocation: action }) },
    output_changes: { each: change },
    planned_values: state,
    prior_state: object({ values: state }),
    configuration: configurationOf(isWrapped),
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
