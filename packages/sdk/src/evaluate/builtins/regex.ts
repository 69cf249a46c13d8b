import { RE2JS } from 're2js'
import { type Answer, ASK, FAILED, ofStrings, type Paths, plainInteger } from './answer.ts'
import { expand } from './expand.ts'
import { checkSize, MOST_TEXT } from './size.ts'
import { kept } from './kept.ts'
import type { Value } from './value.ts'

// OPA: v1/topdown/regex.go. RE2JS is a port of Go's regexp, and its `re2()` finds all matches by Go's rules.

/** A compiled expression, as far as it is used. Places are in UTF-16 units; -1 where a group took no part. */
interface Regexp {
  readonly findAllSubmatchIndex: (text: string, most: number) => readonly (readonly number[])[] | null
  readonly match: (text: string) => boolean
  readonly groups: Readonly<Record<string, number>>
}

/** Returns the expression, undefined where it is for Go: Unicode classes differ by version, and errors are Go's. */
const compiled = kept(256, (pattern: string): Regexp | undefined => {
  if (/\\[pPC]/.test(pattern)) return undefined
  try {
    const re2 = RE2JS.compile(pattern).re2()
    return {
      // `as`: RE2JS declares no types here; its code returns pairs of places for the match and each group, or null
      findAllSubmatchIndex: (text, most) => re2.findAllSubmatchIndex(text, most) as readonly number[][] | null,
      match: (text) => re2.match(text),
      groups: re2.namedGroups,
    }
  } catch {
    return undefined
  }
})

const split = (pattern: string, text: string): Answer => {
  const regexp = compiled(pattern)
  if (regexp === undefined) return ASK
  if (pattern !== '' && text === '') return ['']
  const parts: string[] = []
  let [begin, end] = [0, 0]
  for (const [from = 0, to = 0] of regexp.findAllSubmatchIndex(text, -1) ?? []) {
    end = from
    if (to !== 0) parts.push(text.slice(begin, end))
    begin = to
  }
  if (end !== text.length) parts.push(text.slice(begin))
  return parts
}

const replace = (text: string, pattern: string, template: string): Answer => {
  const regexp = compiled(pattern)
  if (regexp === undefined) return ASK
  let result = ''
  let last = 0
  for (const match of regexp.findAllSubmatchIndex(text, -1) ?? []) {
    const [from = 0, to = 0] = match
    const part = expand(template, text, match, regexp.groups)
    if (part === ASK) return ASK
    result += text.slice(last, from) + part
    checkSize('regex.replace', result.length, MOST_TEXT)
    last = to
  }
  return result + text.slice(last)
}

const find = (...[pattern, text, most]: readonly Value[]): Answer => {
  if (typeof pattern !== 'string' || typeof text !== 'string' || most === undefined) return FAILED
  const count = plainInteger(most)
  const regexp = count === undefined ? undefined : compiled(pattern)
  if (count === undefined || regexp === undefined) return ASK
  const matches = count === 0 ? [] : (regexp.findAllSubmatchIndex(text, count) ?? [])
  return matches.map(([from = 0, to = 0]) => text.slice(from, to))
}

const templateMatch = (template: string, text: string, start: string, end: string): Answer => {
  if (!/^[\0-\x7f]$/.test(start) || !/^[\0-\x7f]$/.test(end)) return FAILED
  const read = templatePattern(template, start, end)
  if (read === undefined) return FAILED
  // OPA also compiles each part by itself: a bracket that is open in one may be closed by the next.
  const regexp = read.parts.every((part) => compiled(`^${part}$`) !== undefined) ? compiled(read.pattern) : undefined
  return regexp === undefined ? ASK : regexp.match(text)
}

interface TemplatePattern {
  readonly pattern: string
  readonly parts: readonly string[]
}

/** The expression of a template, and its parts: what is between the delimiters stays one, the rest is plain text. */
const templatePattern = (template: string, start: string, end: string): TemplatePattern | undefined => {
  const parts: string[] = []
  let pattern = '^'
  let [level, from, plain] = [0, 0, 0]
  for (let at = 0; at < template.length; at += 1) {
    if (template[at] === start) {
      level += 1
      if (level === 1) from = at
    } else if (template[at] === end) {
      level -= 1
      if (level < 0) return undefined
      if (level > 0) continue
      const part = template.slice(from + 1, at)
      parts.push(part)
      pattern += `${quoted(template.slice(plain, from))}(${part})`
      plain = at + 1
    }
  }
  return level === 0 ? { pattern: `${pattern}${quoted(template.slice(plain))}$`, parts } : undefined
}

const quoted = (text: string): string => text.replaceAll(/[\\.+*?()|[\]{}^$]/g, '\\$&')

export const regex: Paths = {
  'regex.split': ofStrings((pattern = '', text = '') => split(pattern, text)),
  'regex.replace': ofStrings((text = '', pattern = '', template = '') => replace(text, pattern, template)),
  'regex.find_n': find,
  'regex.template_match': ofStrings((template = '', text = '', start = '', end = '') =>
    templateMatch(template, text, start, end),
  ),
}
