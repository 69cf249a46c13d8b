import { PlangateError, readArgument } from '@plangate/bundle'
import { Decimal } from './decimal.ts'
import { quote, wellFormed } from './quote.ts'

/** Nesting of arrays, objects and sets that a value may have. OPA's WebAssembly has a stack of 64 KiB to read it on. */
export const MAX_VALUE_DEPTH = 512

/**
 * Returns a JavaScript value as OPA value text: JSON, and `{1, 2}` for a set, `set()` for an empty one.
 *
 * `null`, booleans, strings, numbers, bigints, {@link Decimal}, arrays, plain objects, `Set` for a set, `Map` for an object
 * with any keys, and whatever has `toJSON`. As in JSON, members that are undefined or functions are left out of objects. A
 * lone surrogate becomes U+FFFD, as in OPA.
 *
 * @throws PlangateError `ERR_INPUT_NOT_JSON` for what is no value, `ERR_INPUT_TOO_DEEP`, `ERR_ARGUMENT_INVALID` for what throws
 */
export const formatValue = (value: unknown): string => readArgument('value', () => textOfValue(value))

/** Returns the same, and throws what a value throws while it is read. */
export const textOfValue = (value: unknown): string => format(value, 0)

const format = (value: unknown, depth: number): string => {
  if (depth > MAX_VALUE_DEPTH) throw tooDeep()
  switch (typeof value) {
    case 'string':
      return quote(wellFormed(value))
    case 'number':
      if (!Number.isFinite(value)) throw notJson(String(value))
      return Object.is(value, -0) ? '0' : String(value)
    case 'boolean':
    case 'bigint':
      return String(value)
    case 'object':
      return value === null ? 'null' : formatObject(value, depth + 1)
    default:
      throw notJson(typeof value)
  }
}

const formatObject = (value: object, depth: number): string => {
  if (Array.isArray(value)) return `[${value.map((item: unknown) => format(item, depth)).join(',')}]`
  if (value instanceof Decimal) return value.text
  if (value instanceof Set) {
    return value.size === 0 ? 'set()' : `{${Array.from(value, (item) => format(item, depth)).join(',')}}`
  }
  if (value instanceof Map) {
    return `{${Array.from(value, ([key, inner]) => `${format(key, depth)}:${format(inner, depth)}`).join(',')}}`
  }
  if ('toJSON' in value && typeof value.toJSON === 'function') return format(value.toJSON(), depth)
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) throw notJson('bytes inside a value')
  const members = Object.entries(value).filter(([, inner]) => inner !== undefined && typeof inner !== 'function')
  return `{${members.map(([key, inner]) => `${quote(wellFormed(key))}:${format(inner, depth)}`).join(',')}}`
}

const notJson = (what: string): PlangateError =>
  new PlangateError('ERR_INPUT_NOT_JSON', `${what} is no value that a policy can see`, {
    hint: 'give JSON values, bigints, `Decimal`, `Set` or `Map`',
  })

/** The error for a value that nests deeper than {@link MAX_VALUE_DEPTH}. */
export const tooDeep = (): PlangateError =>
  new PlangateError('ERR_INPUT_TOO_DEEP', `the value nests deeper than ${MAX_VALUE_DEPTH} levels`, {
    hint: 'give the parts that the policy reads',
  })
