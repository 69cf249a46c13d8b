export { loadGate, type EvaluateOptions, type Gate, type GateOptions, type Outcome } from './gate.ts'
export type { ModuleCache } from './evaluate/modules.ts'
export type { BundleSource } from './read/bundle.ts'
export type { Credentials } from './read/credentials.ts'
export type { RemoteBundle } from './read/remote.ts'
export { MAX_INPUT_BYTES, type PlanSource } from './read/plan.ts'
export { MAX_DEPTH } from './input/reading.ts'
export { Baseline, Config, Waiver, WaiverFile, missingParameters, parseConfig } from './input/config.ts'
export { nearest } from './input/nearest.ts'
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
  decisionJsonSchema,
} from './decision/schema.ts'
export {
  Environment,
  PlangateError,
  SIGNATURE_ALGORITHMS,
  Severity,
  firstIssue,
  frameworkIds,
  maskCredentials,
  type ErrorCode,
  type ErrorObject,
  type FrameworkId,
  type KeyText,
  type PolicyEntry,
  type Signature,
  type SignatureAlgorithm,
  type Verification,
  type VerificationKey,
} from '@plangate/bundle'
export { wrap } from './report/wrap.ts'
export { loadSources, type SourceOptions } from './source/locate.ts'
export type { Sources } from './source/sources.ts'
export type { Excerpt } from './source/excerpt.ts'
export { FORMATS, type Format } from './report/formats.ts'
export { render, type RenderOptions } from './report/render.ts'
export type { ReportOptions } from './report/entries.ts'
export { renderComplianceHtml } from './report/compliance/html.ts'
export { renderComplianceMarkdown } from './report/compliance/markdown.ts'
export {
  complianceReport,
  type ComplianceParts,
  type ComplianceReport,
  type Control,
  type ControlPolicy,
  type Framework,
  type Status,
} from './report/compliance/model.ts'
export { renderComplianceText, type ComplianceTextOptions } from './report/compliance/text.ts'
export { renderJson } from './report/json.ts'
export { renderText, type Palette, type TextOptions } from './report/text.ts'
export { loadPolicy, type Answer, type LoadedPolicy, type PolicyOptions, type Question } from './policy.ts'
export { capabilitiesOf } from './evaluate/builtins/capabilities.ts'
export type { BuiltinSource, CustomBuiltin } from './evaluate/builtins/custom.ts'
export type { Grants } from './evaluate/builtins/grants.ts'
export type { BuiltinOptions, CallOptions } from './evaluate/builtins/host.ts'
export type { RegoType } from './evaluate/builtins/regotype.ts'
export { Decimal } from './evaluate/value/decimal.ts'
export { formatValue, MAX_VALUE_DEPTH } from './evaluate/value/format.ts'
export { parseValue, type ExactValue } from './evaluate/value/parse.ts'
export { hotGate, loadHotGate, type HotGate } from './service/hot.ts'
export {
  openBundleService,
  type BundleService,
  type BundleServiceOptions,
  type BundleStatus,
  type PollOutcome,
} from './service/service.ts'
export { openDecisionLog, type DecisionLog, type DecisionLogOptions, type Logged } from './log/log.ts'
export type { LogInput } from './log/input.ts'
export type { LogStatus, QueueOptions } from './log/queue.ts'
export type { LogRecord } from './log/record.ts'
export type { LogTarget } from './log/sink.ts'
