/**
 * The mutants of a Rego source. A mutant is `{ kind, start, end, text, line, was }`: what stands from `start` to `end`,
 * `was`, becomes `text`. The source must be formatted by `opa fmt`.
 */
import { items, isWord } from './tree.mjs'
import { literals, membersLeftOut, operators, widened } from './values.mjs'
import { dropped, everyToSome, negated, swapped } from './conditions.mjs'
import { defaults, elsesRemoved, rulesRemoved } from './rules.mjs'

/** What is done to a source, by the name of its kind. */
const kinds = {
  operator: operators,
  dropped,
  negated,
  literal: literals,
  'left out': membersLeftOut,
  widened,
  rule: rulesRemoved,
  else: elsesRemoved,
  default: defaults,
  source: swapped,
  every: everyToSome,
}

/** The names of all kinds, in the order of the report. */
export const kindNames = Object.keys(kinds)

/** All mutants of a source by their place. `seen` are the strings that its tests use, with which sets are widened. */
export function mutants(source, seen = []) {
  const rules = items(source).filter(({ children }) => !isWord(children[0], 'package', 'import'))
  const found = Object.entries(kinds).flatMap(([kind, make]) =>
    make({ rules, source, seen }).map((mutant) => ({
      ...mutant,
      kind,
      was: source.slice(mutant.start, mutant.end),
    })),
  )
  return found.filter(({ was, text }) => was !== text).sort((a, b) => a.start - b.start || a.end - b.end)
}

/** The source with the mutant in it. */
export const mutated = (source, { start, end, text }) => source.slice(0, start) + text + source.slice(end)
