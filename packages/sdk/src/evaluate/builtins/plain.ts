import type { MemoryReader } from '../value/memory.ts'
import { Type } from '../value/types.ts'
import { parseValue, type Value } from './value.ts'

/** Returns a value as built-in functions take it, from where it lies. */
export const plainValue = (reader: MemoryReader, address: number): Value => {
  switch (reader.typeOf(address)) {
    case Type.string:
      return reader.string(address)
    case Type.number:
      return { number: reader.number(address) }
    case Type.array: {
      const values: Value[] = []
      for (const item of reader.items(address)) values.push(plainValue(reader, item))
      return values
    }
    default:
      return parseValue(reader.text(address))
  }
}
