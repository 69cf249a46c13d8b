/** How a schema was made: by a function of zod, or by a method of the schema `of`. */
export interface Made {
  readonly of: Made | undefined
  readonly name: string
  readonly args: readonly unknown[]
}

/** The value is not valid; zod has to say why. */
export const NO = Symbol('invalid')
/** Only zod knows. */
export const ASK = Symbol('unknown')

/** Where a schema keeps how it was made. */
export const MADE = Symbol('made')

/** Returns how a schema was made, of one that came from here. */
export const madeOf = (schema: unknown): Made | undefined =>
  // `as`: only what came from here has this property
  typeof schema === 'object' && schema !== null ? (schema as { readonly [MADE]?: Made })[MADE] : undefined

/** Methods that make schemas of schemas. Any other makes them at once, and zod is loaded for it. */
export const METHODS: ReadonlySet<string> = new Set([
  'default',
  'max',
  'min',
  'nullish',
  'nonnegative',
  'optional',
  'readonly',
  'regex',
])

type Judge = (value: unknown, args: readonly unknown[], of: Made | undefined) => unknown

/**
 * Returns what zod would make of a value, with keys in the same order, {@link NO}, or {@link ASK} wherever a schema or a
 * value is out of the ordinary.
 */
export const judge = (schema: unknown, value: unknown): unknown => {
  const made = madeOf(schema)
  if (made === undefined) return ASK
  const known = Object.hasOwn(judges, made.name) ? judges[made.name] : undefined
  return known === undefined ? ASK : known(value, made.args, made.of)
}

const when = (isValid: boolean, value: unknown): unknown => (isValid ? value : NO)

const isFailure = (result: unknown): result is typeof NO | typeof ASK => result === NO || result === ASK

/** What a schema that another one refines makes of a value. */
const inner = (of: Made | undefined, value: unknown): unknown => (of === undefined ? ASK : judge({ [MADE]: of }, value))

/** Refines what another schema makes of a value. */
const refined =
  (isValid: (value: unknown, argument: unknown) => boolean | undefined): Judge =>
  (value, [argument], of) => {
    const result = inner(of, value)
    if (isFailure(result)) return result
    const answer = isValid(result, argument)
    return answer === undefined ? ASK : when(answer, result)
  }

const sizeOf = (value: unknown): number | undefined =>
  typeof value === 'number' ? value : typeof value === 'string' || Array.isArray(value) ? value.length : undefined

/** An object as JSON has them; `__proto__` and what has another prototype is left to zod. */
const isPlain = (value: object): value is Readonly<Record<string, unknown>> =>
  Object.getPrototypeOf(value) === Object.prototype && !Object.hasOwn(value, '__proto__')

/** Whether a schema has no answer of its own for what is missing. */
const mindsMissing = (made: Made | undefined): boolean =>
  made === undefined || (!['default', 'optional', 'union', 'lazy'].includes(made.name) && mindsMissing(made.of))

const isJson = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) {
    return value === null || ['string', 'boolean'].includes(typeof value) || Number.isFinite(value)
  }
  if (Array.isArray(value)) return value.every(isJson)
  return isPlain(value) && Object.values(value).every(isJson)
}

const each = (values: readonly unknown[], schemaOf: (at: number) => unknown): unknown => {
  const results: unknown[] = []
  let worst: typeof NO | typeof ASK | undefined
  for (const [at, value] of values.entries()) {
    const result = judge(schemaOf(at), value)
    if (result === ASK) return ASK
    if (result === NO) worst = NO
    results.push(result)
  }
  return worst ?? results
}

const object =
  (others: 'refused' | 'kept' | 'dropped'): Judge =>
  (value, [shape]) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return NO
    // `as`: objects of zod are made of schemas by key
    const schemas = Object.entries(shape as Readonly<Record<string, unknown>>)
    if (!isPlain(value)) return ASK
    const result: Record<string, unknown> = {}
    let isValid = true
    for (const [key, schema] of schemas) {
      const isThere = Object.hasOwn(value, key)
      if (!isThere && key in value) return ASK
      const made = madeOf(schema)
      if (!isThere && made?.name === 'optional' && mindsMissing(made.of)) continue
      const part = judge(schema, value[key])
      if (part === ASK || (!isThere && part === undefined)) return ASK
      if (part === NO) isValid = false
      else result[key] = part
    }
    for (const [key, other] of Object.entries(value)) {
      // `as`: as above
      if (Object.hasOwn(shape as object, key) || others === 'dropped') continue
      if (others === 'refused') isValid = false
      result[key] = other
    }
    return isValid ? result : NO
  }

const judges: Readonly<Record<string, Judge>> = {
  string: (value) => when(typeof value === 'string', value),
  boolean: (value) => when(typeof value === 'boolean', value),
  number: (value) => when(Number.isFinite(value), value),
  int: (value) => when(Number.isSafeInteger(value), value),
  unknown: (value) => value,
  json: (value) => (isJson(value) ? value : ASK),
  enum: (value, [values]) => (Array.isArray(values) ? when(values.includes(value), value) : ASK),
  literal: (value, [literal]) => (Array.isArray(literal) ? ASK : when(value === literal, value)),
  array: (value, [element]) => (Array.isArray(value) ? each(value, () => element) : NO),
  union: (value, [options]) => {
    for (const option of Array.isArray(options) ? options : [undefined]) {
      const result = judge(option, value)
      if (result !== NO) return result
    }
    return NO
  },
  record: (value, [key, element]) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return NO
    if (!isPlain(value)) return ASK
    const keys = each(Object.keys(value), () => key)
    const values = each(Object.values(value), () => element)
    if (keys === ASK || values === ASK) return ASK
    // `as`: what is no failure is the list
    return keys === NO || values === NO
      ? NO
      : Object.fromEntries((values as readonly unknown[]).map((part, at) => [Object.keys(value)[at] ?? '', part]))
  },
  strictObject: object('refused'),
  looseObject: object('kept'),
  object: object('dropped'),
  optional: (value, _, of) => {
    if (value !== undefined) return inner(of, value)
    return mindsMissing(of) ? undefined : ASK
  },
  // Of a default, zod gives each caller one of his own.
  default: (value, [preset], of) => {
    if (value !== undefined) return inner(of, value)
    return typeof preset === 'object' ? structuredClone(preset) : typeof preset === 'function' ? ASK : preset
  },
  readonly: (value, _, of) => {
    const result = inner(of, value)
    // Never what the caller has given.
    if (isFailure(result) || (typeof result === 'object' && result === value)) return result === NO ? NO : ASK
    return Object.freeze(result)
  },
  min: refined((value, least) => {
    const size = sizeOf(value)
    return size === undefined || typeof least !== 'number' ? undefined : size >= least
  }),
  max: refined((value, most) => {
    const size = sizeOf(value)
    return size === undefined || typeof most !== 'number' ? undefined : size <= most
  }),
  nonnegative: refined((value) => (typeof value === 'number' ? value >= 0 : undefined)),
  regex: refined((value, pattern) =>
    typeof value === 'string' && pattern instanceof RegExp && !pattern.global && !pattern.sticky
      ? pattern.test(value)
      : undefined,
  ),
}
