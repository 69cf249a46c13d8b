import { readFileSync } from 'node:fs'
import { type Diagnostic, type DiagnosticFormat, renderDiagnostics } from '@plangate/compiler'
import { outputStyle } from './terminal.ts'

/** How diagnostics are printed. */
export interface PrintOptions {
  /** Default `text`. */
  readonly format?: DiagnosticFormat
  /** Whether text may be coloured, if it is a terminal that shows it. Default true. */
  readonly color?: boolean
  /** Texts of what does not lie on disk, such as standard input, by the name that the diagnostics give it. */
  readonly sources?: Readonly<Record<string, string>>
}

/** Whether the format is for a program, which then has standard output for itself. */
export function isDocument(format: DiagnosticFormat | undefined): boolean {
  return format === 'json' || format === 'sarif'
}

/**
 * Prints diagnostics: text for people on standard error, all else on standard output, where JSON and SARIF are one
 * document even when there is nothing to say.
 */
export function printDiagnostics(diagnostics: readonly Diagnostic[], options: PrintOptions = {}): void {
  const { format = 'text', color = true, sources = {} } = options
  if (format !== 'text') {
    process.stdout.write(renderDiagnostics(diagnostics, { format }))
    return
  }
  const texts = new Map(Object.entries(sources))
  for (const { file } of diagnostics) {
    const text = texts.has(file) || file === '' ? undefined : read(file)
    if (text !== undefined) texts.set(file, text)
  }
  process.stderr.write(renderDiagnostics(diagnostics, { sources: texts, ...outputStyle(color, process.stderr) }))
}

/** A source may be gone by now, or lie inside a bundle: its diagnostic is then printed without the line. */
function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
