/**
 * The tokens of a Rego source, each `{ kind, text, start, end, line, spaced }`: `start` and `end` are offsets, `line`
 * counts from 1, and `spaced` says that white space stands before it. Comments are left out, line ends are not.
 *
 * A word holds its dots: `plan.resources` is one. The source must be one that OPA takes.
 */
const patterns = [
  ['space', /[ \t\r]+/y],
  ['newline', /\n/y],
  ['comment', /#[^\n]*/y],
  ['template', /\$"(?:[^"\\\n]|\\.)*"|\$`[^`]*`/y],
  ['string', /"(?:[^"\\\n]|\\.)*"|`[^`]*`/y],
  ['number', /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y],
  ['word', /[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*/y],
  ['open', /[([{]/y],
  ['close', /[)\]}]/y],
  ['operator', /:=|==|!=|<=|>=|[<>+\-*/%&|=.,:;]/y],
]

export function tokens(source) {
  const found = []
  let [at, line, spaced] = [0, 1, true]
  while (at < source.length) {
    const [kind, text] = next(source, at, line)
    if (kind !== 'space' && kind !== 'comment') {
      found.push({ kind, text, start: at, end: at + text.length, line, spaced })
    }
    spaced = kind === 'space' || kind === 'newline' || kind === 'comment'
    line += text.split('\n').length - 1
    at += text.length
  }
  return found
}

function next(source, at, line) {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at
    const text = pattern.exec(source)?.[0]
    if (text !== undefined) return [kind, text]
  }
  throw new Error(`line ${line}: \`${source[at]}\` begins no token of Rego`)
}
