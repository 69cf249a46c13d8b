/** The statements of a rule, wherever they stand: in bodies, comprehensions, `every`, or right behind `if`. */
import { groups, isGroup, isOperator, isWord, runs } from './tree.mjs'

/**
 * Every statement of a rule with the statements beside it: `{ nodes, start, end, line, beside, inline }`. `inline` says
 * that it stands behind `if` without braces.
 */
export function statements(item) {
  const inside = groups(item.children).flatMap((each) => {
    if (isGroup(each, 'body')) return body(each.children)
    if (!isGroup(each, 'comprehension')) return []
    return body(each.children.slice(each.children.findIndex((node) => isOperator(node, '|')) + 1))
  })
  return [...inlined(item), ...inside]
}

function body(children) {
  const found = runs(joined(children), (node) => node.kind === 'newline' || isOperator(node, ';'))
  const all = found.map((nodes) => described(nodes, false))
  return all.map((each) => ({ ...each, beside: all.filter((other) => other !== each) }))
}

function inlined({ children }) {
  return runs(children, (node) => isWord(node, 'else')).flatMap((clause) => {
    const from = clause.findIndex((node) => isWord(node, 'if'))
    const nodes = clause.slice(from + 1).filter(({ kind }) => kind !== 'newline')
    if (from < 0 || nodes.length === 0 || isGroup(nodes[0], 'body')) return []
    return [{ ...described(nodes, true), beside: [] }]
  })
}

const goesOn = (node) => isWord(node, 'with') || (node?.kind === 'operator' && !isOperator(node, '-', ';'))

/** Without the line ends inside a statement: before `with`, and beside an operator. */
function joined(children) {
  return children.filter(
    (node, at) => node.kind !== 'newline' || !(goesOn(children[at + 1]) || (at > 0 && goesOn(children[at - 1]))),
  )
}

function described(nodes, inline) {
  return { nodes, start: nodes[0].start, end: nodes.at(-1).end, line: nodes[0].line, inline }
}

/** The variables that a statement declares, with `some` or `:=`. */
export function declared({ nodes }) {
  const until = isWord(nodes[0], 'some')
    ? nodes.findIndex((node) => isWord(node, 'in'))
    : nodes.findIndex((node) => isOperator(node, ':='))
  if (until < 0 && !isWord(nodes[0], 'some')) return []
  return words(until < 0 ? nodes : nodes.slice(0, until)).filter((word) => word !== '_' && word !== 'some')
}

/** The first parts of all words inside these nodes. */
export function words(nodes) {
  return nodes.flatMap((node) =>
    node.role !== undefined ? words(node.children) : node.kind === 'word' ? [node.text.split('.')[0]] : [],
  )
}

/** What stands behind `in` of a `some` or an `every`, as nodes; undefined for other statements. */
export function sourceOf({ nodes }) {
  if (!isWord(nodes[0], 'some', 'every')) return undefined
  const at = nodes.findIndex((node) => isWord(node, 'in'))
  if (at < 0) return undefined
  const rest = nodes.slice(at + 1)
  return isGroup(rest.at(-1), 'body') ? rest.slice(0, -1) : rest
}
