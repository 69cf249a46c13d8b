import type { Diagnostic } from '../types.ts'
import { version } from '../version.ts'
import { clean } from './clean.ts'
import { renderGithub } from './github.ts'
import { renderJson } from './json.ts'
import { renderSarif } from './sarif.ts'
import { type Palette, renderText, type SourceTexts } from './text.ts'

/** `text` for people, `json` for programs, `sarif` for code scanning, `github` for annotations in a workflow. */
export type DiagnosticFormat = 'text' | 'json' | 'sarif' | 'github'

/** How {@link renderDiagnostics} writes. Only text shows sources and has colours and a width. */
export interface RenderOptions {
  /** Default `text`. */
  readonly format?: DiagnosticFormat
  /** The texts of the sources, by the name that the diagnostics give them; of one that is missing no line is shown. */
  readonly sources?: SourceTexts
  /** Unless given, the text is plain. */
  readonly color?: Palette
  /** How long a line of a source may be before its ends are cut off, 40 to 160. Default 120. */
  readonly columns?: number
}

/**
 * Returns diagnostics as text, ended by a newline; text and annotations of none are empty.
 *
 * What looks like a credential is masked, in sources and messages; what a terminal could take for a command is replaced.
 * The order is that of the diagnostics.
 *
 * @example
 * renderDiagnostics(diagnostics, { sources: { 'a.rego': text } })
 * // a.rego:3:6: error: undefined function nope [rego_type_error]
 * //     |
 * //   3 | p := nope(1)
 * //     |      ^^^^^^^
 */
export const renderDiagnostics = (
  diagnostics: readonly Diagnostic[],
  { format = 'text', sources = {}, color, columns = 120 }: RenderOptions = {},
): string => {
  const shown = diagnostics.map(clean)
  switch (format) {
    case 'json':
      return renderJson(shown)
    case 'sarif':
      return renderSarif(shown, { version })
    case 'github':
      return renderGithub(shown)
    case 'text':
      return renderText(shown, { sources, columns, ...(color === undefined ? {} : { color }) })
  }
}
