/**
 * The tokens of a source with its brackets as groups. A group is `{ role, children, start, end, line, spaced }`, where
 * `role` says what the bracket is: `body`, `comprehension`, `set`, `object`, `array`, `index`, `call` or `parens`.
 */
import { tokens } from './tokens.mjs'

/** The rules, imports and the package of a source: `{ children, start, end, line }` each, in order. */
export function items(source) {
  const found = []
  const { children } = group(tokens(source), 0)
  for (const node of children) {
    const begins = node.kind !== 'newline' && (node.start === 0 || source[node.start - 1] === '\n')
    if (begins && node.text !== 'else') found.push({ children: [], start: node.start, end: node.end, line: node.line })
    const item = found.at(-1)
    item?.children.push(node)
    if (item !== undefined && node.kind !== 'newline') item.end = node.end
  }
  return found
}

/** The nodes of `children` in runs that `ends` separates, empty runs left out; a separator belongs to no run. */
export function runs(children, ends) {
  const found = [[]]
  for (const node of children) {
    if (ends(node)) found.push([])
    else found.at(-1).push(node)
  }
  return found.filter((run) => run.length > 0)
}

export const isOperator = (node, ...texts) => node?.kind === 'operator' && texts.includes(node.text)
export const isWord = (node, ...texts) => node?.kind === 'word' && texts.includes(node.text)
export const isGroup = (node, ...roles) => node?.role !== undefined && roles.includes(node.role)

/** Every group inside these nodes, at any depth, the outer one before the inner ones. */
export function groups(children) {
  return children.flatMap((node) => (node.role === undefined ? [] : [node, ...groups(node.children)]))
}

/** The members of a set, an array or the arguments of a call: runs between commas. */
export const members = ({ children }) =>
  runs(
    children.filter(({ kind }) => kind !== 'newline'),
    (node) => isOperator(node, ','),
  )

function group(all, from) {
  const children = []
  let at = from
  while (at < all.length && all[at].kind !== 'close') {
    const token = all[at]
    if (token.kind !== 'open') {
      children.push(token)
      at += 1
      continue
    }
    const inner = group(all, at + 1)
    const { start, line, spaced } = token
    const role = roleOf(token, children, inner.children)
    children.push({ role, children: inner.children, start, end: all[inner.at].end, line, spaced })
    at = inner.at + 1
  }
  return { children, at }
}

function roleOf({ text, spaced }, before, children) {
  const previous = before.at(-1)
  const touches = !spaced && previous !== undefined && (['word', 'string'].includes(previous.kind) || previous.role)
  if (text === '(') return touches ? 'call' : 'parens'
  if (text === '[' && touches) return 'index'
  if (text === '{' && (isWord(previous, 'if') || isBodyOfEvery(before))) return 'body'
  if (children.some((node) => isOperator(node, '|'))) return 'comprehension'
  if (text === '[') return 'array'
  return children.length === 0 || children.some((node) => isOperator(node, ':')) ? 'object' : 'set'
}

function isBodyOfEvery(before) {
  const ends = (node) => node.kind === 'newline' || isOperator(node, ';', '|')
  const run = before.slice(before.findLastIndex(ends) + 1)
  return run.some((node) => isWord(node, 'every')) && !isWord(before.at(-1), 'in') && !isOperator(before.at(-1), ',')
}
