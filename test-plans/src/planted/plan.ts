import type { PlantedKind } from './kinds.ts'

export type Path = readonly (string | number)[]

/** What of a plan one planted credential needs, and where it must be found. */
export interface Planted {
  readonly address: string
  readonly path: Path
  readonly part: PlanPart
}

/** Pieces of a plan as `terraform show -json` prints it. */
export interface PlanPart {
  readonly resources?: readonly Resource[]
  readonly variables?: Readonly<Record<string, unknown>>
  readonly declared?: Readonly<Record<string, unknown>>
  readonly outputs?: Readonly<Record<string, unknown>>
  readonly providers?: Readonly<Record<string, unknown>>
  readonly calls?: Readonly<Record<string, unknown>>
  readonly configured?: readonly object[]
  readonly read?: readonly object[]
}

/** A resource that is created, with its part of the configuration. */
export interface Resource {
  readonly change: object
  readonly configuration: object
}

/** One place of a plan that can hold a credential; `named` where the credential has a name there. */
export interface PlantedPlace {
  readonly id: string
  readonly named: boolean
  readonly plant: (kind: PlantedKind, name: string) => Planted
}

type Values = Readonly<Record<string, unknown>>

/** A resource whose attributes are literals. `hidden` names those that the provider marks as sensitive. */
export function resource(type: string, name: string, values: Values, hidden: readonly string[] = []): Resource {
  const address = `${type}.${name}`
  return {
    change: {
      address,
      mode: 'managed',
      type,
      name,
      change: {
        actions: ['create'],
        before: null,
        after: values,
        after_unknown: {},
        after_sensitive: Object.fromEntries(hidden.map((attribute) => [attribute, true])),
      },
    },
    configuration: {
      address,
      mode: 'managed',
      type,
      name,
      expressions: Object.fromEntries(
        Object.entries(values).map(([attribute, value]) => [attribute, expression(value)]),
      ),
    },
  }
}

/** A literal as the configuration shows it: blocks as lists of their attributes, everything else as a constant. */
function expression(value: unknown): unknown {
  const isBlocks = Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'object')
  if (!isBlocks) return { constant_value: value }
  return value.map((block: Values) =>
    Object.fromEntries(Object.entries(block).map(([name, inner]) => [name, expression(inner)])),
  )
}

const merged = (parts: readonly (Values | undefined)[]): Values => Object.assign({}, ...parts)

/** The plan that has all parts. */
export function planOf(parts: readonly PlanPart[]): object {
  const resources = parts.flatMap(({ resources: own = [] }) => own)
  return {
    format_version: '1.2',
    terraform_version: '1.11.4',
    variables: merged(parts.map(({ variables }) => variables)),
    planned_values: { root_module: {} },
    resource_changes: resources.map(({ change }) => change),
    output_changes: merged(parts.map(({ outputs }) => outputs)),
    prior_state: {
      format_version: '1.0',
      terraform_version: '1.11.4',
      values: { root_module: { resources: parts.flatMap(({ read = [] }) => read) } },
    },
    configuration: {
      provider_config: merged(parts.map(({ providers }) => providers)),
      root_module: {
        variables: merged(parts.map(({ declared }) => declared)),
        module_calls: merged(parts.map(({ calls }) => calls)),
        resources: [
          ...resources.map(({ configuration }) => configuration),
          ...parts.flatMap(({ configured = [] }) => configured),
        ],
      },
    },
  }
}
