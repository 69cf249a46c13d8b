import type { Palette, Severity } from '@plangate/sdk'

/** The text in the colour of a severity. */
export function painted(text: string, severity: Severity, color: Palette): string {
  const paint = { critical: color.red, high: color.red, medium: color.yellow, low: color.cyan }[severity]
  return severity === 'critical' ? color.bold(paint(text)) : paint(text)
}
