/** Returns a table; the cells are Markdown. */
export const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

/** Returns a text that is not to be taken for Markdown or HTML. */
export const text = (value: string): string =>
  value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*_[\]|#~]/g, '\\$&')

/** Returns a name or an address, in which nothing is Markdown. */
export const code = (value: string): string => {
  const longest = Math.max(0, ...(value.match(/`+/g) ?? []).map(({ length }) => length))
  const fence = '`'.repeat(longest + 1)
  const pad = longest > 0 ? ' ' : ''
  return `${fence}${pad}${value}${pad}${fence}`
}

/** Returns prose in which stretches between backticks are names, as it is written in METADATA. */
export const prose = (value: string): string => {
  const parts = value.trim().split('`')
  // An odd backtick is one of the text.
  if (parts.length % 2 === 0) return text(value.trim())
  return parts.map((part, at) => (at % 2 === 0 ? text(part) : part === '' ? '' : code(part))).join('')
}

/** Returns a name or an address for a cell of a table, whose lines are told from its own. */
export const cell = (value: string): string => code(value).replaceAll('|', String.raw`\|`)
