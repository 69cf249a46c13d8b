/** Mutants of whole rules: a rule, an `else` or a default is taken away, or a default is another. */
import { isOperator, isWord } from './tree.mjs'
import { changed } from './values.mjs'

/** A source without one of its rules; the only rule of a name that the source itself uses is left, it could not compile. */
export function rulesRemoved({ rules, source }) {
  const names = rules.map(({ children }) => children[0]?.text)
  return rules
    .filter(({ children }) => !isWord(children[0], 'default'))
    .filter(
      ({ children, start, end }) =>
        names.filter((name) => name === children[0].text).length > 1 || !isUsed(children[0].text, start, end),
    )
    .map(({ start, end, line }) => ({ start, end, line, text: '' }))

  function isUsed(name, start, end) {
    return new RegExp(`(?<![\\w."])${name}(?![\\w"])`).test(source.slice(0, start) + source.slice(end))
  }
}

/** A rule without one of its `else` and all that follow it. */
export function elsesRemoved({ rules }) {
  return rules.flatMap(({ children, end }) =>
    children.filter((node) => isWord(node, 'else')).map(({ start, line }) => ({ start, end, line, text: '' })),
  )
}

/** A default that is something else, or none. */
export function defaults({ rules }) {
  return rules
    .filter(({ children }) => isWord(children[0], 'default'))
    .flatMap(({ children, start, end, line }) => {
      const value = children.slice(children.findIndex((node) => isOperator(node, ':=')) + 1)
      return [{ start, end, line, text: '' }, ...value.flatMap(changed)]
    })
}
