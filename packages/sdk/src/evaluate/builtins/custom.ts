import { firstIssue, PlangateError, readArgument } from '@plangate/bundle'
import * as z from '#zod'
import { formatValue } from '../value/format.ts'
import { type ExactValue, parseValue as parseExact } from '../value/parse.ts'
import { type Answer, Failure, type Path } from './answer.ts'
import { nameOf } from './outside.ts'
import { isOfType, RegoType } from './regotype.ts'
import { isDeclared } from './table.ts'
import { parseValue, type Value, writeValue } from './value.ts'

/**
 * A built-in function of your own. What it says of its arguments holds: a call with others is undefined.
 *
 * It has to answer at once, and alike for the same arguments; what it throws makes the call undefined. It is asked again
 * where an evaluation begins again in more memory.
 *
 * @example
 * const lookup: CustomBuiltin = {
 *   name: 'acme.lookup',
 *   args: [{ type: 'string' }],
 *   result: { type: 'string' },
 *   call: (id) => owners.get(id),
 * }
 */
export interface CustomBuiltin {
  /** As Rego calls it, with dots as in `acme.lookup`. None of OPA's own. */
  readonly name: string
  readonly description?: string | undefined
  readonly args: readonly RegoType[]
  readonly result: RegoType
  /** Gets arrays, plain objects, `Set`, `Map`, bigint and `Decimal` as `parseValue` gives them, and returns what `formatValue` takes; undefined for undefined. */
  // `never`: what a function takes is what it declares in `args`
  readonly call: (...args: never[]) => unknown
}

/** Where functions come from: themselves, or a module whose default export is a list of them, which threads load, too. */
export type BuiltinSource = CustomBuiltin | { readonly module: string }

const Custom = z.strictObject({
  name: z.string().regex(/^[a-zA-Z_]\w*(?:\.[a-zA-Z_]\w*)*$/, 'is no name that Rego can call'),
  description: z.string().optional(),
  args: z.array(RegoType).max(4, 'takes more than the 4 arguments that WebAssembly can pass'),
  result: RegoType,
  call: z.custom<CustomBuiltin['call']>((value) => typeof value === 'function', 'is no function'),
})

/**
 * Returns the functions of the sources; modules are loaded.
 *
 * @throws PlangateError `ERR_BUILTIN_INVALID` for a declaration that cannot be, and for a name of OPA's or one given twice
 */
export const customBuiltins = async (sources: readonly BuiltinSource[]): Promise<readonly CustomBuiltin[]> => {
  const given = readArgument('builtins', () => Array.from(sources, (source) => ({ ...source })))
  const builtins: CustomBuiltin[] = []
  for (const source of given) {
    for (const one of 'module' in source ? await fromModule(source.module) : [source]) builtins.push(declared(one))
  }
  const names = new Set<string>()
  for (const { name } of builtins) {
    if (isDeclared(name)) throw invalid(`\`${name}\` is a function of OPA's own`, 'give it a name of your own')
    if (names.has(name)) throw invalid(`\`${name}\` is given twice`, 'give each function once')
    names.add(name)
  }
  return builtins
}

const fromModule = async (url: string): Promise<readonly unknown[]> => {
  let loaded: { readonly default?: unknown }
  try {
    loaded = await import(url)
  } catch (cause) {
    throw invalid(`the module \`${url}\` cannot be loaded`, 'give the URL of a JavaScript module, `file:///…`', cause)
  }
  if (!Array.isArray(loaded.default)) {
    throw invalid(`the default export of \`${url}\` is no list`, 'export a list of built-in functions')
  }
  return loaded.default
}

const declared = (value: unknown): CustomBuiltin => {
  const { data, error } = Custom.safeParse(value)
  if (data !== undefined) return data
  throw invalid(
    `a built-in function is declared wrongly: ${firstIssue(error)}`,
    'give name, args, result and call',
    error,
  )
}

const invalid = (message: string, hint: string, cause?: unknown): PlangateError =>
  new PlangateError('ERR_BUILTIN_INVALID', message, { hint, ...(cause === undefined ? {} : { cause }) })

/** Returns the path of a custom built-in. It throws PlangateError `ERR_BUILTIN_INVALID` for an answer that cannot be. */
export const customPath =
  ({ name, args: types, result: type, call }: CustomBuiltin): Path =>
  (...args) => {
    for (const [at, arg] of args.entries()) {
      const wanted = types[at]
      if (wanted !== undefined && !isOfType(wanted, arg)) {
        const message = `${name}: operand ${at + 1} must be ${wanted.type} but got ${nameOf(arg)}`
        return new Failure('eval_type_error', message)
      }
    }
    let result: unknown
    try {
      // `as`: the arguments are of the types that the function declares
      result = (call as (...values: readonly ExactValue[]) => unknown)(...args.map(exact))
    } catch (cause) {
      return new Failure('eval_builtin_error', `${name}: ${cause instanceof Error ? cause.message : 'it has thrown'}`)
    }
    return result === undefined ? new Failure('eval_builtin_error', `${name}: no value`) : checked(name, type, result)
  }

const exact = (value: Value): ExactValue => parseExact(writeValue(value))

const checked = (name: string, type: RegoType, result: unknown): Answer => {
  if (typeof result === 'object' && result !== null && 'then' in result) {
    // Nobody waits for it, and a rejection must not end the process.
    Promise.resolve(result).catch(() => undefined)
    throw invalid(`\`${name}\` returned a promise`, 'answer at once: fetch what it needs before, and give it as `data`')
  }
  let value: Value
  try {
    value = parseValue(formatValue(result))
  } catch (cause) {
    throw invalid(`\`${name}\` returned what is no value of Rego`, 'return JSON values, bigint, Set or Map', cause)
  }
  if (isOfType(type, value)) return value
  throw invalid(`\`${name}\` returned ${nameOf(value)} where it declares ${type.type}`, 'return what `result` says')
}
