/** What of this package runs in a browser. Nothing here, and nothing that it loads, imports Node's modules. */
export { loadGate, loadPolicy, type BrowserGateOptions, type BrowserPolicyOptions } from './browser/load.ts'
export { loadOpa } from './browser/opa.ts'
export type { EvaluateOptions, Gate, Outcome } from './gate.ts'
export type { Answer, LoadedPolicy, Question } from './policy.ts'
export { MAX_INPUT_BYTES, type PlanSource } from './read/plan.ts'
export { MAX_DEPTH } from './input/reading.ts'
export { Config, Waiver } from './input/config.ts'
export { mergeDecisions } from './decision/merge.ts'
export {
  AppliedWaiver,
  DecidedFinding,
  Decision,
  EffectiveConfig,
  Finding,
  Judged,
  Verdict,
  WaivedFinding,
} from './decision/schema.ts'
export {
  Environment,
  PlangateError,
  Severity,
  firstIssue,
  type ErrorCode,
  type ErrorObject,
  type PolicyEntry,
} from '@plangate/bundle'
export { renderJson } from './report/json.ts'
export { renderText, type Palette, type TextOptions } from './report/text.ts'
export type { BuiltinSource, CustomBuiltin } from './evaluate/builtins/custom.ts'
export type { CallOptions } from './evaluate/builtins/host.ts'
export type { RegoType } from './evaluate/builtins/regotype.ts'
export { Decimal } from './evaluate/value/decimal.ts'
export { formatValue, MAX_VALUE_DEPTH } from './evaluate/value/format.ts'
export { parseValue, type ExactValue } from './evaluate/value/parse.ts'
