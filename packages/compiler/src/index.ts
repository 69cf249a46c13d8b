export type { CacheOptions } from './cache/store.ts'
export { checkPolicies } from './check.ts'
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
export { type DiagnosticFormat, type RenderOptions, renderDiagnostics } from './report/render.ts'
export type { Palette, SourceTexts } from './report/text.ts'
export { signBundle, signFolder, verifyBundle } from './sign.ts'
export { type DescribeOptions, describeCapabilities } from './capabilities.ts'
export { dependencies, type DepsOptions, type DepsResult } from './deps.ts'
export { formatSource, type FormatOptions, type FormatResult } from './format.ts'
