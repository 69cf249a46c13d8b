/**
 * Returns a text as lines of at most `width` characters, broken at spaces. White space of the text's own is taken for
 * one space; a word that is longer than a line, such as an address, stays whole so that it can be copied.
 */
export const wrap = (text: string, width: number): readonly string[] => {
  const lines: string[] = []
  let line = ''
  for (const word of text.trim().split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}

/** Returns an attribute path as Terraform writes it: `container[0].environment["a b"]`. */
export const attributePath = (path: readonly (string | number)[]): string =>
  path
    .map((key, at) => {
      if (typeof key === 'number') return `[${key}]`
      if (!/^[A-Za-z_][\w-]*$/.test(key)) return `[${JSON.stringify(key)}]`
      return at === 0 ? key : `.${key}`
    })
    .join('')
