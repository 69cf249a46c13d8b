const [CELL, LINE, SIZE, MARGIN] = [8, 20, 13, 20]

/** The lines, those that are longer than so many columns folded behind a word, or where there is none, in it. */
export function folded(lines, columns) {
  return lines.flatMap((cells) => {
    const rows = []
    let rest = cells
    while (rest.length > columns) {
      const space = rest.slice(0, columns + 1).findLastIndex(({ char }) => char === ' ')
      const end = space >= columns / 2 ? space + 1 : columns
      rows.push(rest.slice(0, end))
      rest = rest.slice(end)
    }
    return [...rows, rest]
  })
}

/**
 * A picture of a terminal as SVG: in the fonts of whoever looks, light or dark as they have it. Each run of one look has
 * its place and its width, so that columns stand below each other in any font.
 */
export function pictureOf(title, lines, columns) {
  const [width, height] = [columns * CELL + 2 * MARGIN, lines.length * LINE + 2 * MARGIN]
  const rows = lines.map((cells, at) => row(cells, MARGIN + at * LINE + SIZE))
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title">
<!-- Recorded by \`node scripts/record.mjs\`. Do not edit. -->
<title id="title">${escaped(title)}</title>
<style>
rect{fill:#fbfcfd;stroke:#d0d7de}
text{font:${SIZE}px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#1f2328;white-space:pre}
.bold{font-weight:700}.dim{fill:#656d76}.red{fill:#b3101f}.green{fill:#116329}.yellow{fill:#7d4e00}.magenta{fill:#7a2fb0}.cyan{fill:#0b6478}
@media (prefers-color-scheme:dark){
rect{fill:#0d1117;stroke:#30363d}
text{fill:#e6edf3}.dim{fill:#8d96a0}.red{fill:#ff8982}.green{fill:#6fdd8b}.yellow{fill:#e3b341}.magenta{fill:#d2a8ff}.cyan{fill:#76d6e8}
}
</style>
<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>
${rows.filter((text) => text !== '').join('\n')}
</svg>
`
}

function row(cells, y) {
  const runs = []
  cells.forEach((cell, at) => {
    const look = ['bold', 'dim']
      .filter((name) => cell[name])
      .concat(cell.color ?? [])
      .join(' ')
    const last = runs.at(-1)
    if (last !== undefined && last.look === look) last.text += cell.char
    else runs.push({ look, at, text: cell.char })
  })
  const drawn = runs
    .map(({ look, at, text }) => ({ look, at: at + text.search(/\S|$/), text: text.trim() }))
    .filter(({ text }) => text !== '')
  return drawn
    .map(({ look, at, text }) => {
      const kind = look === '' ? '' : ` class="${look}"`
      return `<text${kind} x="${MARGIN + at * CELL}" y="${y}" textLength="${[...text].length * CELL}" lengthAdjust="spacingAndGlyphs">${escaped(text)}</text>`
    })
    .join('')
}

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
