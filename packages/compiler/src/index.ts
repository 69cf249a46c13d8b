export { compileBundle } from './compile.ts'
export type { CompileOptions, CompileResult, CompileSettings, CompileStep, Diagnostic } from './types.ts'
export { type DiagnosticFormat, type RenderOptions, renderDiagnostics } from './report/render.ts'
export type { Palette, SourceTexts } from './report/text.ts'
