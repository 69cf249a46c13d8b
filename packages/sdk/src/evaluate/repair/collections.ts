import type { MemoryReader } from '../value/memory.ts'
import { Type } from '../value/types.ts'
import { ORIGINAL } from './rewrite.ts'
import { type Answer, type Answers, UNDEFINED } from './runtime.ts'

/** Sorting by insertion is fast enough below this. */
const FEW = 12

/** Twice the sign of a comparison, because {@link ORIGINAL} is -1. */
const sign = (order: number): number => 2 * Math.sign(order)

const compared: Answer = ({ reader }, a = 0, b = 0) =>
  isLarge(reader, a) && isLarge(reader, b) ? sign(reader.compare(a, b)) : ORIGINAL

const isLarge = (reader: MemoryReader, collection: number): boolean => reader.size(collection) >= FEW

/** The last of those elements of an array than which none comes before or, for 1, after it; of a set there is only one. */
const outermost =
  (way: 1 | -1): Answer =>
  ({ reader }, list = 0) => {
    if (reader.typeOf(list) !== Type.array || reader.size(list) < 2) return ORIGINAL
    return reader.items(list).reduce((found, item) => (way * reader.compare(found, item) <= 0 ? item : found))
  }

/**
 * Functions of collections. OPA's WebAssembly sorts by insertion, so that what takes milliseconds takes hours; compares
 * sets and objects by sorting them so; and reads and writes outside of its memory for paths that are no strings.
 */
export const collections: Answers = {
  opa_agg_sort: ({ reader, writer }, list = 0) => {
    const type = reader.typeOf(list)
    if (type === Type.set) return writer.array(reader.keys(list))
    if (type !== Type.array || !isLarge(reader, list)) return ORIGINAL
    return writer.array(reader.sort([...reader.items(list)]))
  },
  // Of equal numbers, such as 2.5 and 2.50, the interpreter takes the last, and the WebAssembly the first.
  opa_agg_max: outermost(1),
  opa_agg_min: outermost(-1),
  opa_value_compare_object: compared,
  opa_value_compare_set: compared,
  builtin_object_union_n: ({ reader, writer }, list = 0) => {
    if (reader.typeOf(list) !== Type.array) return UNDEFINED
    return reader.size(list) === 0 ? writer.text('{}') : ORIGINAL
  },
  builtin_member3: ({ reader, writer }, key = 0, value = 0, collection = 0) => {
    const type = reader.typeOf(collection)
    if (type !== Type.object && type !== Type.set) return ORIGINAL
    const found = reader.elements(collection).find((element) => reader.compare(element.key, key) === 0)
    const inner = type === Type.set ? found?.key : found?.value
    return writer.text(String(inner !== undefined && reader.compare(inner, value) === 0))
  },
  builtin_json_remove: ({ ask }, value = 0, paths = 0) => ask('json.remove', [value, paths]),
  builtin_json_filter: ({ ask }, value = 0, paths = 0) => ask('json.filter', [value, paths]),
}
