export { compileBundle } from './compile.ts'
export type { CompileOptions, CompileResult, CompileStep, Diagnostic } from './types.ts'
