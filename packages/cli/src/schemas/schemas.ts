import type * as real from './real.ts'
import type * as zod from 'zod'
import { ASK, judge, type Made, MADE, madeOf, METHODS, NO } from './judge.ts'

type Zod = typeof real
type Named = Readonly<Record<string, unknown>>

/**
 * Returns functions of zod that only note how schemas are made. What they judge in `safeParse` is judged here where that is
 * simple and the value is valid; zod is loaded, and all that was noted done with it, for everything else.
 *
 * Loading zod, and making schemas of the command with it, took a tenth of a small decision.
 */
export const schemasOf = (load: () => Zod): Zod => {
  const replayed = new WeakMap<Made, object>()
  const realOf = (made: Made): object => {
    const known = replayed.get(made)
    if (known !== undefined) return known
    const on: object = made.of === undefined ? load() : realOf(made.of)
    // `as`: whoever noted a call of `iso.date` has found it there
    const called = made.name.split('.').reduce((from: unknown, name) => (from as Named)[name], on)
    // `as`: what is called is a function, and makes a schema
    const value = Reflect.apply(called as CallableFunction, on, made.args.map(plain)) as object
    replayed.set(made, value)
    return value
  }
  /** An argument with schemas of zod in the place of ours. */
  const plain = (argument: unknown): unknown => {
    const made = madeOf(argument)
    if (made !== undefined) return realOf(made)
    if (Array.isArray(argument)) return argument.map(plain)
    if (typeof argument === 'function') return (...args: readonly unknown[]) => plain(argument(...args))
    if (typeof argument !== 'object' || argument === null || Object.getPrototypeOf(argument) !== Object.prototype) {
      return argument
    }
    return Object.fromEntries(Object.entries(argument).map(([key, value]) => [key, plain(value)]))
  }
  const schema = (made: Made): object =>
    new Proxy(made, {
      get: (_, key) => {
        if (key === MADE) return made
        if (key === 'safeParse') {
          return (value: unknown, ...more: readonly unknown[]) => {
            const data = judge({ [MADE]: made }, value)
            if (data !== NO && data !== ASK) return { success: true, data }
            // `as`: every schema has it
            return (realOf(made) as zod.ZodType).safeParse(value, ...(more as []))
          }
        }
        if (key === 'shape' && /object$/i.test(made.name)) return made.args[0]
        if (key === 'options' && made.name === 'enum' && Array.isArray(made.args[0])) return made.args[0]
        if (typeof key === 'string' && METHODS.has(key)) {
          return (...args: readonly unknown[]) => schema({ of: made, name: key, args })
        }
        const on = realOf(made)
        const value: unknown = Reflect.get(on, key)
        return typeof value === 'function' ? value.bind(on) : value
      },
    })
  const making =
    (name: string) =>
    (...args: readonly unknown[]) =>
      schema({ of: undefined, name, args })
  const made = {
    ...Object.fromEntries(functions.map((name) => [name, making(name)])),
    iso: { date: making('iso.date') },
    toJSONSchema: (...args: readonly unknown[]) =>
      Reflect.apply(load().toJSONSchema as never, undefined, args.map(plain)),
  }
  // `as`: they take what those of zod take, and give what stands for what they give
  return made as never
}

const functions = [
  'array',
  'boolean',
  'custom',
  'discriminatedUnion',
  'enum',
  'int',
  'json',
  'lazy',
  'literal',
  'looseObject',
  'number',
  'object',
  'record',
  'strictObject',
  'string',
  'toJSONSchema',
  'union',
  'unknown',
  'url',
] as const
