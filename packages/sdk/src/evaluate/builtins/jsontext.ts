import { compareText } from '../value/quote.ts'
import { sorted } from './order.ts'
import { isArray, isNumber, isSet, type Value, writeValue } from './value.ts'

/** Returns the JSON of a value as OPA makes it: sets as sorted arrays, keys as sorted strings. */
export const jsonText = (value: Value): string => {
  if (value === null || typeof value !== 'object' || isNumber(value)) return writeValue(value)
  if (isArray(value)) return `[${value.map(jsonText).join(',')}]`
  if (isSet(value)) return jsonText(sorted(value.set))
  const entries = value.object
    .map(([key, item]): [string, string] => [typeof key === 'string' ? key : jsonText(key), jsonText(item)])
    .sort(([a], [b]) => compareText(a, b))
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${item}`).join(',')}}`
}
