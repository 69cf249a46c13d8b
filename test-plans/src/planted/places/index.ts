import type { PlantedPlace } from '../plan.ts'
import { clusters } from './clusters.ts'
import { scripts } from './scripts.ts'
import { stores } from './stores.ts'
import { terraform } from './terraform.ts'
import { workloads } from './workloads.ts'

/** Every place of a plan that the library is measured with. */
export function plantedPlaces(): PlantedPlace[] {
  return [...workloads, ...scripts, ...stores, ...clusters, ...terraform]
}
