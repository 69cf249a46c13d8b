import { harmlessPairs } from './harmless.ts'
import { type PlantedKind, plantedKinds } from './kinds.ts'
import { type PlanPart, planOf } from './plan.ts'
import { plantedPlaces } from './places/index.ts'

/** What a decision says, as far as it is measured. */
interface Found {
  readonly id: string
  readonly address: string
  readonly path: readonly (string | number)[]
}
type Decide = (plan: Uint8Array) => Promise<readonly Found[]>

/** One credential in one place, and whether it was found there. */
export interface Planting {
  readonly kind: string
  readonly place: string
  readonly found: boolean
}

/**
 * Each kind of credential in each place that can hold it, with whether `decide` finds it at its address and path.
 *
 * @param oneIn takes one of so many pairs, spread over all kinds and places
 */
export async function measurePlanted(decide: Decide, { oneIn = 1 }: { oneIn?: number } = {}): Promise<Planting[]> {
  const kinds = plantedKinds()
  const plantings = plantedPlaces().flatMap((place, p) =>
    kinds
      .filter(({ bare }, k) => (bare || place.named) && (k + p * 5) % oneIn === 0)
      .map((kind, k) => ({ kind: kind.id, place: place.id, ...place.plant(kind, `p${p}_${k}`) })),
  )
  const found = new Set((await decide(written(plantings.map(({ part }) => part)))).map(key))
  return plantings.map(({ kind, place, ...planted }) => ({ kind, place, found: found.has(key(planted)) }))
}

const written = (parts: readonly PlanPart[]) => new TextEncoder().encode(JSON.stringify(planOf(parts)))

const key = ({ address, path }: Omit<Found, 'id'>): string => JSON.stringify([address, path])

/** One harmless value, and where something was found in it. */
export interface Harmless {
  readonly kind: string
  readonly name: string
  readonly value: unknown
  readonly places: number
  readonly found: readonly string[]
}

/** Each harmless value in places of several sorts, with what `decide` wrongly finds there. */
export async function measureHarmless(decide: Decide): Promise<Harmless[]> {
  const places = plantedPlaces().filter(({ id }) => HARMLESS_PLACES.has(id))
  const parts: PlanPart[] = []
  const pairs = harmlessPairs().map(({ kind, name, value }, h) => {
    const addresses = places.map((place, p) => {
      const planted = place.plant(asKind(name, value), `h${p}_${h}`)
      parts.push(planted.part)
      return [planted.address, place.id] as const
    })
    return { kind, name, value, addresses }
  })
  const found = new Map<string, string>()
  for (const { address, id } of await decide(written(parts))) found.set(address, id)
  return pairs.map(({ addresses, ...pair }) => ({
    ...pair,
    places: addresses.length,
    found: addresses.flatMap(([address, place]) => (found.has(address) ? [`${place}: ${found.get(address)}`] : [])),
  }))
}

// A value that is no text stays what it is wherever a place takes it as it is.
const asKind = (name: string, value: unknown): PlantedKind => ({
  id: name,
  name,
  value: typeof value === 'string' ? value : JSON.stringify(value),
  secret: '',
  bare: true,
})

const HARMLESS_PLACES = new Set([
  'SageMaker model',
  'SageMaker pipeline',
  'ECS environment',
  'Batch command',
  'Step Functions',
  'Glue job',
  'CodeBuild',
  'launch template',
  'launch template, cloud-config',
  'notebook, on start',
  'S3 object',
  'tag',
  'Helm values',
  'Helm set',
  'config map',
  'terraform_data input',
  'provisioner command',
  'data source',
  'output of a map',
  'variable, default',
  'module call',
])
