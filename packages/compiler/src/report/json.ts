import type { Diagnostic } from '../types.ts'

/**
 * Returns diagnostics as JSON: `{ version: 1, counts: { errors, warnings }, diagnostics: […] }`, indented by two.
 *
 * The shape is public, and `diagnostics.schema.json` describes it; a change that could break a reader changes `version`.
 */
export const renderJson = (diagnostics: readonly Diagnostic[]): string => {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length
  const document = {
    version: 1,
    counts: { errors, warnings: diagnostics.length - errors },
    // One by one, so that the order of the keys is always the same and nothing that was never promised gets out.
    diagnostics: diagnostics.map(
      ({ code, severity, message, file, line, column, endLine, endColumn, details, hint }) => ({
        code,
        severity,
        message,
        file,
        line,
        column,
        endLine,
        endColumn,
        ...(details === undefined ? {} : { details }),
        ...(hint === undefined ? {} : { hint }),
      }),
    ),
  }
  return `${JSON.stringify(document, null, 2)}\n`
}
