import type { Expression } from '@plangate/opa'

const headers = ['Time', 'Num Eval', 'Num Redo', 'Num Gen Expr', 'Location']

/** Returns what expressions cost, as the table that `opa eval --profile` prints. */
export const profileText = (expressions: readonly Expression[]): string => {
  const rows = expressions.map(({ time, numEval, numRedo, numGenExpr, location }) => [
    time,
    `${numEval}`,
    `${numRedo}`,
    `${numGenExpr}`,
    location,
  ])
  const widths = headers.map((header, at) => Math.max(header.length, ...rows.map((row) => row[at]?.length ?? 0)))
  const rule = (left: string, middle: string, right: string) =>
    `${left}${widths.map((width) => '─'.repeat(width + 2)).join(middle)}${right}\n`
  const line = (cells: readonly string[], pad: (text: string, width: number) => string) =>
    `│${cells.map((cell, at) => ` ${pad(cell, widths[at] ?? 0)} `).join('│')}│\n`
  const body = rows.map((row) => line(row, (text, width) => text.padEnd(width)))
  return [rule('┌', '┬', '┐'), line(headers, centred), rule('├', '┼', '┤'), ...body, rule('└', '┴', '┘')].join('')
}

const centred = (text: string, width: number): string => {
  const left = Math.floor((width - text.length) / 2)
  return `${' '.repeat(left)}${text}`.padEnd(width)
}
