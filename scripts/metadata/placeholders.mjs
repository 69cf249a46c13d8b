/** Text that somebody meant to replace. */
const pattern = /\b(TBD\w*|TO[D]O|FIX[M]E|lorem ipsum)\b|\b\w*_tbd\b|"tbd"|\btbd\s*=/i

export function placeholders({ text, source, readme }) {
  const places = { 'the METADATA': text, 'the policy': source.replace(text, ''), 'README.md': readme }
  return Object.entries(places).flatMap(([place, content]) => {
    const found = pattern.exec(content)?.[0]
    return found === undefined ? [] : [`${place} still says \`${found}\``]
  })
}
