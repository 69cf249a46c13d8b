import type { PlantedKind } from '../kinds.ts'
import { type Path, type PlanPart, type PlantedPlace, resource } from '../plan.ts'
import { type Values, at, attribute, list, map } from './attribute.ts'
import { script } from './texts.ts'

/** What Terraform itself has. */
export const terraform: readonly PlantedPlace[] = [
  attribute(
    'terraform_data input',
    'terraform_data',
    (kind) => ({ input: map(kind) }),
    ({ name }) => ['input', name],
  ),
  attribute(
    'terraform_data triggers',
    'terraform_data',
    (kind) => ({ triggers_replace: list(kind) }),
    () => ['triggers_replace', 1, 'value'],
  ),
  attribute(
    'null_resource triggers',
    'null_resource',
    (kind) => ({ triggers: map(kind) }),
    ({ name }) => ['triggers', name],
  ),
  configured(
    'provisioner command',
    (kind) => ({ provisioners: [{ type: 'local-exec', expressions: { command: { constant_value: script(kind) } } }] }),
    () => ['provisioner', 0, 'command'],
  ),
  configured(
    'provisioner environment',
    (kind) => ({
      provisioners: [
        {
          type: 'local-exec',
          expressions: { command: { constant_value: 'true' }, environment: { constant_value: map(kind) } },
        },
      ],
    }),
    ({ name }) => ['provisioner', 0, 'environment', name],
  ),
  configured(
    'provisioner lines',
    (kind) => ({
      provisioners: [
        {
          type: 'remote-exec',
          expressions: { inline: { constant_value: ['set -e', `export ${kind.name}='${kind.value}'`] } },
        },
      ],
    }),
    () => ['provisioner', 0, 'inline', 1],
  ),
  {
    id: 'data source',
    named: true,
    plant: (kind, name) => ({
      address: `data.http.${name}`,
      path: ['request_headers', kind.name],
      part: {
        configured: [
          {
            address: `data.http.${name}`,
            mode: 'data',
            type: 'http',
            name,
            expressions: { request_headers: { constant_value: map(kind) } },
          },
        ],
        read: [
          { address: `data.http.${name}`, mode: 'data', type: 'http', name, values: { request_headers: map(kind) } },
        ],
      },
    }),
  },
  {
    id: 'output',
    named: false,
    plant: ({ value }, name) => ({
      address: `output.${name}`,
      path: [],
      part: {
        outputs: {
          [name]: { actions: ['create'], before: null, after: value, after_unknown: false, after_sensitive: true },
        },
      },
    }),
  },
  {
    id: 'output of a map',
    named: true,
    plant: (kind, name) => ({
      address: `output.${name}`,
      path: [kind.name],
      part: {
        outputs: {
          [name]: { actions: ['create'], before: null, after: map(kind), after_unknown: false, after_sensitive: false },
        },
      },
    }),
  },
  variable(
    'variable, default',
    ({ value }) => value,
    () => [],
    { isDefault: true },
  ),
  variable(
    'variable, sensitive default',
    ({ value }) => value,
    () => [],
    { isDefault: true, sensitive: true },
  ),
  variable('variable, value', map, ({ name }) => [name]),
  {
    id: 'provider',
    named: true,
    plant: ({ value }, name) => ({
      address: `provider.aws.${name}`,
      path: ['secret_key'],
      part: {
        providers: {
          [`aws.${name}`]: { name: 'aws', alias: name, expressions: { secret_key: { constant_value: value } } },
        },
      },
    }),
  },
  {
    id: 'module call',
    named: true,
    plant: (kind, name) => ({
      address: `module.${name}`,
      path: ['environment', kind.name],
      part: {
        calls: {
          [name]: {
            source: './app',
            expressions: { environment: { constant_value: map(kind) } },
            module: { variables: { environment: {} } },
          },
        },
      },
    }),
  },
]

/** A place of a resource that only the configuration shows. */
function configured(id: string, block: (kind: PlantedKind) => Values, path: (kind: PlantedKind) => Path): PlantedPlace {
  return {
    id,
    named: true,
    plant: (kind, name) => {
      const { change, configuration } = resource('terraform_data', name, { input: 'x' })
      return at({ change, configuration: { ...configuration, ...block(kind) } }, `terraform_data.${name}`, path(kind))
    },
  }
}

function variable(
  id: string,
  value: (kind: PlantedKind) => unknown,
  path: (kind: PlantedKind) => Path,
  { isDefault = false, sensitive = false } = {},
): PlantedPlace {
  return {
    id,
    named: true,
    plant: (kind, name) => {
      const own = `${name}_${kind.name}`
      const part: PlanPart = {
        variables: { [own]: { value: value(kind) } },
        declared: { [own]: { ...(isDefault && { default: value(kind) }), ...(sensitive && { sensitive }) } },
      }
      return { address: `variable.${own}`, path: path(kind), part }
    },
  }
}
