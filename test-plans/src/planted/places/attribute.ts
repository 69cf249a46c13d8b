import type { PlantedKind } from '../kinds.ts'
import { type Path, type PlantedPlace, type Resource, resource } from '../plan.ts'

export type Values = Readonly<Record<string, unknown>>

/** A place in an attribute of a resource. */
export function attribute(
  id: string,
  type: string,
  values: (kind: PlantedKind) => Values,
  path: (kind: PlantedKind) => Path,
  { named = true, hidden = [] }: { named?: boolean; hidden?: readonly string[] } = {},
): PlantedPlace {
  return {
    id,
    named,
    plant: (kind, name) => at(resource(type, name, values(kind), hidden), `${type}.${name}`, path(kind)),
  }
}

export const at = (planted: Resource, address: string, path: Path) => ({
  address,
  path,
  part: { resources: [planted] },
})

export const map = ({ name, value }: PlantedKind): Values => ({ LOG_LEVEL: 'info', [name]: value })
export const list = ({ name, value }: PlantedKind): Values[] => [
  { name: 'LOG_LEVEL', value: 'info' },
  { name, value },
]
