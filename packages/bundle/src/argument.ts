import { PlangateError } from './errors.ts'

/** Returns the error for an argument that is not what it has to be, such as `is an object`. */
export const badArgument = (name: string, wanted: string, cause?: unknown): PlangateError =>
  new PlangateError('ERR_ARGUMENT_INVALID', `\`${name}\` ${wanted}`, {
    hint: 'mend the call: this is a mistake of the program, and not of what it was given to read',
    cause,
  })

/** Returns what `read` returns. What it throws, as a getter or a revoked proxy does, is told of the argument. */
export const readArgument = <T>(name: string, read: () => T): T => {
  try {
    return read()
  } catch (cause) {
    throw cause instanceof PlangateError ? cause : badArgument(name, 'cannot be read', cause)
  }
}

const kinds = {
  object: [(value: unknown) => typeof value === 'object' && value !== null, 'is an object'],
  list: [(value: unknown) => Array.isArray(value), 'is a list'],
  strings: [
    // A copy, because `every` passes over holes.
    (value: unknown) => Array.isArray(value) && Array.from(value).every((each) => typeof each === 'string'),
    'is a list of strings',
  ],
  string: [(value: unknown) => typeof value === 'string', 'is a string'],
  boolean: [(value: unknown) => typeof value === 'boolean', 'is `true` or `false`'],
  function: [(value: unknown) => typeof value === 'function', 'is a function'],
  positive: [(value: unknown) => typeof value === 'number' && value > 0, 'is a number, and more than 0'],
  number: [(value: unknown) => typeof value === 'number' && value >= 0, 'is a number, and 0 or more'],
  signal: [(value: unknown) => value instanceof AbortSignal, 'is an AbortSignal'],
} as const satisfies Record<string, readonly [(value: unknown) => boolean, string]>

/** What an option has to be, unless it is undefined. */
export type ArgumentKind = keyof typeof kinds

/**
 * Returns a copy of options, so that each is read once.
 *
 * @throws PlangateError `ERR_ARGUMENT_INVALID` with the name of the first that is not what it has to be
 */
export const readOptions = <T extends object>(
  name: string,
  given: T | undefined,
  wanted: { readonly [K in keyof T]?: ArgumentKind } = {},
): Partial<T> =>
  readArgument(name, () => {
    if (given === undefined) return {}
    if (typeof given !== 'object' || given === null || Array.isArray(given)) throw badArgument(name, 'is an object')
    const copy: Partial<T> = { ...given }
    for (const key in wanted) {
      const value = copy[key]
      const [isRight, text] = kinds[wanted[key] ?? 'object']
      if (value !== undefined && !readArgument(`${name}.${key}`, () => isRight(value))) {
        throw badArgument(`${name}.${key}`, text)
      }
    }
    return copy
  })
