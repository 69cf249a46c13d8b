export { type CaseLabels, type PolicyCase, cases } from './cases.ts'
export {
  type Harmless,
  type PlantedKind,
  type Planting,
  measureHarmless,
  measurePlanted,
  plantedKinds,
  plantedPlan,
} from './planted/index.ts'
export { secretForms, secrets } from './secrets.ts'
export { type ExpectedDecision, type ExpectedFinding, type StackPlan, expectationOf, stacks } from './stacks.ts'
