import { type Answer, ASK, FAILED, ofStrings, type Paths, plainInteger } from './answer.ts'
import { isArray, isSet, numberOf, type Value } from './value.ts'

// OPA: v1/topdown/strings.go. A search for one well-formed string in another finds the same in UTF-16 as in UTF-8.

const count = (text: string, part: string): Answer =>
  part === '' ? numberOf([...text].length + 1) : numberOf(text.split(part).length - 1)

/** The places of `part`, counted in code points; they may overlap. */
const indexOfAll = (text: string, part: string): Answer => {
  if (part === '') return FAILED
  const found: Value[] = []
  let points = 0
  let from = 0
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
    points += lengthOf(text, from, at)
    from = at
    found.push(numberOf(points))
  }
  return found
}

const lengthOf = (text: string, from: number, to: number): number => {
  let points = 0
  for (let at = from; at < to; at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1) points += 1
  return points
}

const splitSome = (...[text, separator, most]: readonly Value[]): Answer => {
  if (typeof text !== 'string' || typeof separator !== 'string' || most === undefined) return FAILED
  const wanted = plainInteger(most)
  if (wanted === undefined) return ASK
  const parts = separator === '' ? [...text] : text.split(separator)
  return wanted >= 0 ? parts.slice(0, wanted) : parts.slice(Math.max(parts.length + wanted, 0))
}

const anyMatch =
  (matches: (text: string, part: string) => boolean) =>
  (...[search, base]: readonly Value[]): Answer => {
    const texts = listOf(search)
    const parts = listOf(base)
    if (texts === undefined || parts === undefined) return FAILED
    return texts.some((text) => parts.some((part) => matches(text, part)))
  }

const listOf = (value: Value | undefined): readonly string[] | undefined => {
  if (typeof value === 'string') return [value]
  if (value === undefined || value === null || typeof value !== 'object') return undefined
  const items = isArray(value) ? value : isSet(value) ? value.set : undefined
  // `as`: every item has been looked at
  return items?.every((item) => typeof item === 'string') ? (items as readonly string[]) : undefined
}

const special = new Set('\\*?[]{}')

export const strings: Paths = {
  'strings.count': ofStrings((text = '', part = '') => count(text, part)),
  indexof_n: ofStrings((text = '', part = '') => indexOfAll(text, part)),
  'strings.split_n': splitSome,
  'strings.any_prefix_match': anyMatch((text, part) => text.startsWith(part)),
  'strings.any_suffix_match': anyMatch((text, part) => text.endsWith(part)),
  'glob.quote_meta': ofStrings((text = '') =>
    [...text].map((char) => (special.has(char) ? `\\${char}` : char)).join(''),
  ),
}
