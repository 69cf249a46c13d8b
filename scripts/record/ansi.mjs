/** How a terminal shows text, by the codes that change it; a code that ends a look is the same with nothing. */
const looks = {
  1: { bold: true },
  2: { dim: true },
  22: { bold: undefined, dim: undefined },
  31: { color: 'red' },
  32: { color: 'green' },
  33: { color: 'yellow' },
  35: { color: 'magenta' },
  36: { color: 'cyan' },
  39: { color: undefined },
  0: { bold: undefined, dim: undefined, color: undefined },
}

/**
 * The lines of what a command prints, each a list of characters with their look: `{ char, bold, dim, color }`.
 *
 * Throws for a code that no command of ours prints.
 */
export function cellsOf(text) {
  const lines = [[]]
  let look = {}
  // oxlint-disable-next-line no-control-regex
  for (const [, codes, char] of text.matchAll(/\u001b\[([\d;]*)m|([^])/gu)) {
    if (char === '\n') lines.push([])
    else if (char !== undefined) lines.at(-1).push({ char, ...look })
    else {
      for (const code of codes.split(';')) {
        if (looks[code] === undefined) throw new Error(`no picture of \`ESC[${code}m\` is known`)
        look = { ...look, ...looks[code] }
      }
    }
  }
  if (lines.at(-1).length === 0) lines.pop()
  return lines
}

/** The text of cells. */
export const textOf = (cells) => cells.map(({ char }) => char).join('')

const left = { char: '…', dim: true }

/**
 * The lines that a document shows of what was printed: its literal ones, with their look, and `…` where it leaves text
 * or lines out. Undefined where it was not printed so.
 */
export function shown(lines, wanted) {
  const [first, ...rest] = wanted
  if (first === undefined) return lines.length === 0 ? [] : undefined
  if (first === '…') {
    for (let skip = 0; skip <= lines.length; skip += 1) {
      const found = shown(lines.slice(skip), rest)
      if (found !== undefined) return [[left], ...found]
    }
    return undefined
  }
  const [line, ...others] = lines
  const own = line === undefined ? undefined : shortened(line, first)
  const found = own === undefined ? undefined : shown(others, rest)
  return found === undefined ? undefined : [own, ...found]
}

/** A line with `…` for what the document leaves out of it; undefined where it is another line. */
function shortened(cells, wanted) {
  const literal = wanted.split('…').map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  const match = new RegExp(`^${literal.join('(.*)')}$`, 'd').exec(textOf(cells))
  if (match === null) return undefined
  // The cells are code points and the indices code units: the same, for what is printed lies in the basic plane.
  const gaps = match.indices.slice(1)
  return cells.flatMap((cell, at) => {
    if (gaps.some(([from]) => at === from)) return [left]
    return gaps.some(([from, to]) => at > from && at < to) ? [] : [cell]
  })
}
