import { MOST_TEXT } from '../builtins/size.ts'
import { Type } from '../value/types.ts'
import { ORIGINAL } from './rewrite.ts'
import { type Answers, type Runtime, UNDEFINED } from './runtime.ts'

// Go: v1/topdown/strings.go

const isEmpty = ({ reader }: Runtime, value: number): boolean =>
  reader.typeOf(value) === Type.string && reader.size(value) === 0

const isSmall = ({ reader }: Runtime, value: number): boolean =>
  Math.abs(reader.integer(value) ?? (reader.typeOf(value) === Type.number ? Infinity : 0)) < 2 ** 31

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

  opa_strings_replace_n: ({ reader, ask }, patterns = 0, text = 0) => {
    if (reader.typeOf(patterns) !== Type.object) return UNDEFINED
    const harmless = reader.size(patterns) < 2 && !reader.elements(patterns).some(({ key }) => reader.size(key) === 0)
    return harmless ? ORIGINAL : ask('strings.replace_n', [patterns, text])
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
