export { defaultFolder } from './cache/folder.ts'
export { type CacheOptions, openStore, type Store } from './cache/store.ts'
export { readStored } from './cache/stored.ts'
export { checkPolicies } from './check.ts'
export type { Rewriting } from '@plangate/bundle'
export { compileBundle } from './compile.ts'
export { closeCompiler, type EngineOptions } from './engine.ts'
export type {
  CheckOptions,
  CheckResult,
  CompileOptions,
  CompileResult,
  CompileSettings,
  CompileStep,
  Diagnostic,
} from './types.ts'
export { cleanText } from './report/clean.ts'
export { type DiagnosticFormat, type RenderOptions, renderDiagnostics } from './report/render.ts'
export type { Palette, SourceTexts } from './report/text.ts'
export { analyseReads, type ReadsOptions, type ReadsResult } from './reads.ts'
export { signBundle, signFolder, verifyBundle } from './sign.ts'
export { type DescribeOptions, describeCapabilities } from './capabilities.ts'
export { dependencies, type DepsOptions, type DepsResult } from './deps.ts'
export { formatSource, type FormatOptions, type FormatResult } from './format.ts'
export { type CompiledTests, compileTests } from './verify/compile.ts'
export { explainFailures } from './verify/explain.ts'
export { coverageText } from './verify/report/coverage.ts'
export { jsonTests } from './verify/report/json.ts'
export { junitTests } from './verify/report/junit.ts'
export { type Counts, countsOf, prettyTests } from './verify/report/pretty.ts'
export { profileText } from './verify/report/profile.ts'
export { testText } from './verify/report/text.ts'
export { runTests } from './verify/run.ts'
export type { TestOptions, TestReport, TestStep } from './verify/types.ts'
export type {
  CompiledTest,
  CoverageKind,
  CoverageReport,
  Explain,
  Expression,
  TestCase,
  TestCoverage,
  TestError,
  TestResult,
  TestRun,
} from '@plangate/opa'
export { inspectBundle, type Inspection, type InspectOptions, type InspectResult } from './inspect.ts'
