import { MOST_TEXT } from '../builtins/size.ts'
import { literalPattern } from '../value/literal.ts'
import type { MemoryReader } from '../value/memory.ts'
import { Type } from '../value/types.ts'
import { ORIGINAL } from './rewrite.ts'
import { type Answers, type Runtime, UNDEFINED } from './runtime.ts'

// Go: v1/topdown/strings.go

const isEmpty = ({ reader }: Runtime, value: number): boolean =>
  reader.typeOf(value) === Type.string && reader.size(value) === 0

const isSmall = ({ reader }: Runtime, value: number): boolean =>
  Math.abs(reader.integer(value) ?? (reader.typeOf(value) === Type.number ? Infinity : 0)) < 2 ** 31

/** How many bytes a text may have, times those of what stands for a part of it, so that no size has to be counted. */
const SMALL_TEXT = 2 ** 20

/**
 * Returns a text with each part replaced, at each place by the first pattern in OPA's order, as Go's `strings.Replacer`
 * goes through them; undefined for what is large, no text or not in UTF-8.
 */
const replacedText = (reader: MemoryReader, patterns: number, text: number): string | undefined => {
  const elements = reader.elements(patterns)
  const values = elements.flatMap(({ key, value }) => [key, value])
  if (![text, ...values].every((value) => reader.typeOf(value) === Type.string)) return undefined
  const longest = Math.max(...elements.map(({ value }) => reader.size(value)), 1)
  if (reader.size(text) * longest > SMALL_TEXT) return undefined
  const replacements = new Map(elements.map(({ key, value }) => [reader.string(key), reader.string(value)]))
  const whole = reader.string(text)
  const broken = [whole, ...[...replacements].flat()].some((part) => part.includes('\ufffd'))
  if (broken) return undefined
  const order = reader.keys(patterns).map((key) => literalPattern(reader.string(key)))
  return whole.replaceAll(new RegExp(order.join('|'), 'g'), (part) => replacements.get(part) ?? part)
}

/**
 * Functions of strings. In OPA's WebAssembly `concat` goes through a set in the order of its hashes, `replace` of an empty
 * string does not end, `indexof` finds it, `format_int` stops beyond 64 bits and has room for 20 digits, and large indices
 * overflow.
 */
export const strings: Answers = {
  opa_strings_concat: ({ reader, writer, checkSize }, separator = 0, list = 0) => {
    if (reader.typeOf(separator) !== Type.string || reader.typeOf(list) !== Type.set) return ORIGINAL
    const keys = reader.keys(list)
    if (!keys.every((key) => reader.typeOf(key) === Type.string)) return UNDEFINED
    const between = reader.size(separator) * Math.max(0, keys.length - 1)
    checkSize(
      'concat',
      keys.reduce((sum, key) => sum + reader.size(key), between),
      MOST_TEXT,
    )
    return writer.string(keys.map(reader.string).join(reader.string(separator)))
  },

  opa_strings_replace: (runtime, text = 0, old = 0, by = 0) =>
    isEmpty(runtime, old) ? runtime.ask('replace', [text, old, by]) : ORIGINAL,

  opa_strings_replace_n: ({ reader, writer, ask }, patterns = 0, text = 0) => {
    if (reader.typeOf(patterns) !== Type.object) return UNDEFINED
    const hasEmpty = reader.elements(patterns).some(({ key }) => reader.size(key) === 0)
    if (reader.size(patterns) < 2 && !hasEmpty) return ORIGINAL
    const replaced = hasEmpty ? undefined : replacedText(reader, patterns, text)
    return replaced === undefined ? ask('strings.replace_n', [patterns, text]) : writer.string(replaced)
  },

  opa_strings_indexof: (runtime, _, part = 0) => (isEmpty(runtime, part) ? UNDEFINED : ORIGINAL),

  opa_strings_substring: (runtime, text = 0, from = 0, length = 0) =>
    isSmall(runtime, from) && isSmall(runtime, length) ? ORIGINAL : runtime.ask('substring', [text, from, length]),

  opa_strings_format_int: (runtime, number = 0, base = 0) => {
    const { reader, writer, ask } = runtime
    if (!isSmall(runtime, number) || !isSmall(runtime, base)) return ask('format_int', [number, base])
    const whole = reader.integer(number)
    return whole !== undefined && reader.integer(base) === 2 ? writer.string(whole.toString(2)) : ORIGINAL
  },
}
