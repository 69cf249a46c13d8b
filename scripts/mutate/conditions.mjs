/** Mutants of what a body asks: a condition dropped or negated, another source, `some` for `every`. */
import { declared, sourceOf, statements, words } from './statements.mjs'
import { isOperator, isWord } from './tree.mjs'

const comparisons = ['==', '!=', '<', '<=', '>', '>=']

/** Each condition becomes `true`; one that declares what others use stays, since nothing would compile without it. */
export function dropped({ rules }) {
  return rules.flatMap((rule) =>
    statements(rule)
      .filter((each) => !isNeeded(each, rule))
      .map(({ start, end, line }) => ({ start, end, line, text: 'true' })),
  )
}

function isNeeded({ start, end, nodes }, rule) {
  const own = declared({ nodes })
  return own.length > 0 && words(outside(rule.children, start, end)).some((word) => own.includes(word))
}

function outside(children, start, end) {
  return children.flatMap((node) => {
    if (node.start >= start && node.end <= end) return []
    return node.role === undefined ? [node] : outside(node.children, start, end)
  })
}

/** `not` where there is none, and the other way round; comparisons are flipped instead. */
export function negated({ rules, source }) {
  return rules.flatMap(statements).flatMap(({ nodes, start, end, line }) => {
    const [first, second] = nodes
    if (isWord(first, 'not')) return [{ start, end: second.start, line, text: '' }]
    const isDeclaration = isWord(first, 'some', 'every') || nodes.some((node) => isOperator(node, ':=', '='))
    if (isDeclaration || nodes.some((node) => isOperator(node, ...comparisons))) return []
    return [{ start, end, line, text: `not ${source.slice(start, end)}` }]
  })
}

/** `some x in xs` goes through what another `some` of the same body goes through. */
export function swapped({ rules, source }) {
  return rules.flatMap(statements).flatMap((each) => {
    const own = sourceOf(each)
    if (own === undefined || !isWord(each.nodes[0], 'some')) return []
    const other = each.beside.filter(({ nodes }) => isWord(nodes[0], 'some')).find(sourceOf)
    if (other === undefined) return []
    const [start, end] = [own[0].start, own.at(-1).end]
    const from = sourceOf(other)
    return [{ start, end, line: each.line, text: source.slice(from[0].start, from.at(-1).end) }]
  })
}

/** `every x in xs { … }` becomes `some x in xs` and what stood in its braces. */
export function everyToSome({ rules, source }) {
  return rules.flatMap(statements).flatMap(({ nodes, start, end, line, inline }) => {
    const body = nodes.at(-1)
    if (!isWord(nodes[0], 'every') || body.role !== 'body') return []
    const head = source.slice(nodes[0].end, body.start).trimEnd()
    const text = `some${head}\n${source.slice(body.start + 1, body.end - 1)}`
    return [{ start, end, line, text: inline ? `{\n${text}\n}` : text }]
  })
}
