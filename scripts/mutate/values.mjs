/** Mutants of what a rule compares with: operators, literals, and the members of sets and arrays. */
import { groups, isGroup, isOperator, isWord, members } from './tree.mjs'

const flipped = {
  '==': '!=',
  '!=': '==',
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '+': '-',
  '-': '+',
  '*': '+',
  '/': '*',
  '%': '*',
  '|': '&',
  '&': '|',
}

/** How many members of a long list of texts or numbers are left out in turn: a table of facts is data, not logic. */
const ofOneList = 6

/** `==` becomes `!=`, `<` becomes `<=`, `+` becomes `-`, a union becomes an intersection, and back. */
export function operators({ rules }) {
  return siblings(rules).flatMap(({ children, role }) => {
    const bar = role === 'comprehension' ? children.find((node) => isOperator(node, '|')) : undefined
    return children
      .filter((node, at) => node.kind === 'operator' && node !== bar && !isSign(children, at))
      .filter(({ text }) => text in flipped)
      .map(({ start, end, text, line }) => ({ start, end, line, text: flipped[text] }))
  })
}

/** Another text, the next number, the other truth; members of lists are left out instead, and defaults have their own. */
export function literals({ rules }) {
  return siblings(rules.filter(({ children }) => !isWord(children[0], 'default')))
    .filter((each) => !isList(each))
    .flatMap(({ children }) => children.flatMap((node) => changed(node)))
}

/** The mutant of a literal, in a list; an empty one where the node is none. */
export function changed({ kind, text, start, end, line }) {
  if (kind === 'string') return [{ start, end, line, text: text === '"mutant"' ? '""' : '"mutant"' }]
  if (kind === 'number') return [{ start, end, line, text: String(Number(text) + 1) }]
  if (kind === 'word' && text === 'true') return [{ start, end, line, text: 'false' }]
  if (kind === 'word' && text === 'false') return [{ start, end, line, text: 'true' }]
  return []
}

/** A set or an array without one of its members. */
export function membersLeftOut({ rules }) {
  return siblings(rules).flatMap(({ children }) =>
    children
      .filter((node, at) => isGroup(node, 'set', 'array') && !isOperator(children[at + 1], ':=', '='))
      .flatMap((node) => without(node)),
  )
}

function without(list) {
  const all = members(list)
  if (all.length === 1) {
    const text = list.role === 'set' ? 'set()' : '[]'
    return [{ start: list.start, end: list.end, line: list.line, text }]
  }
  const step = isList(list) ? Math.max(1, all.length / ofOneList) : 1
  return all
    .map((member, at) => {
      const [start, end] = at === 0 ? [member[0].start, all[1][0].start] : [all[at - 1].at(-1).end, member.at(-1).end]
      return { start, end, line: member[0].line, text: '' }
    })
    .filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step))
}

/** A set of texts that something must be in, with all texts of the tests beside its own. */
export function widened({ rules, seen }) {
  const iterated = new Set(siblings(rules).flatMap(({ children }) => sources(children)))
  return rules.flatMap((rule) => {
    const named = rule.children[0]?.text
    return siblings([rule]).flatMap(({ children }) =>
      children
        .filter((node, at) => isGroup(node, 'set') || (isGroup(node, 'array') && isWord(children[at - 1], 'in')))
        .filter((node) => isTexts(node) && !iterated.has(node) && !iterated.has(named))
        .flatMap((node) => wider(node, seen)),
    )
  })
}

function wider(list, seen) {
  const own = new Set(members(list).map(([{ text }]) => text))
  const more = seen.filter((text) => !own.has(text))
  const first = members(list)[0][0]
  return more.length === 0
    ? []
    : [{ start: first.start, end: first.start, line: list.line, text: `${more.join(', ')}, ` }]
}

/** What `some` and `every` go through among these nodes: nodes, and the names of rules. */
function sources(children) {
  return children.flatMap((node, at) => {
    if (!isWord(node, 'some', 'every')) return []
    const from = children.findIndex((other, index) => index > at && isWord(other, 'in'))
    return from < 0 ? [] : [children[from + 1], children[from + 1]?.text]
  })
}

/** The children of rules and of every group inside them, each with the role of the group. */
const siblings = (rules) => rules.flatMap(({ children }) => [{ children, role: 'rule' }, ...groups(children)])

const isScalar = (member) => member.length === 1 && ['string', 'number'].includes(member[0].kind)
const isList = (node) => isGroup(node, 'set', 'array') && members(node).every(isScalar)
const isTexts = (node) => members(node).every((member) => member.length === 1 && member[0].kind === 'string')

function isSign(children, at) {
  const before = children[at - 1]
  return children[at].text === '-' && (before === undefined || before.kind === 'operator' || before.kind === 'newline')
}
