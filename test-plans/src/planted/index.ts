export { type PlantedKind, plantedKinds } from './kinds.ts'
export { type Harmless, type Planting, measureHarmless, measurePlanted } from './measure.ts'
export { plantedPlan } from './real.ts'
