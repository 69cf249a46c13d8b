export { compileBundle } from './compile.ts'
export type { CompileOptions, CompileResult, CompileSettings, CompileStep, Diagnostic } from './types.ts'
