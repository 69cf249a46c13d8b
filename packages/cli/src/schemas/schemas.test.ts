import { expect, test } from '@jest/globals'
import * as zod from 'zod'
import { schemasOf } from './schemas.ts'

type Zod = Pick<typeof zod, keyof ReturnType<typeof schemasOf>>

/** Numbers that a seed leads to, https://en.wikipedia.org/wiki/Linear_congruential_generator. */
const random = (seed: number) => {
  let state = seed
  return (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
type Random = ReturnType<typeof random>

const keys = ['a', 'b', 'c', 'toString', '__proto__']

/** Makes one schema with each of two versions of zod, by the same numbers. */
const makeSchema = (z: Zod, next: Random, depth: number): zod.ZodType => {
  const inner = () => makeSchema(z, next, depth - 1)
  const shape = () => Object.fromEntries(keys.slice(0, 1 + next(4)).map((key) => [key, inner()]))
  const simple = [
    () => z.string(),
    () => z.string().min(next(3)),
    () => z.string().regex(/^a/),
    () => z.number(),
    () => z.int(),
    () => z.int().nonnegative(),
    () => z.int().min(next(3)),
    () => z.string().max(next(3)),
    () => z.string().nullish(),
    () => z.boolean(),
    () => z.enum(['a', 'b', '']),
    () => z.literal('a'),
    () => z.unknown(),
    () => z.json(),
    () => z.url(),
  ]
  const nested = [
    () => z.array(inner()),
    () => z.array(inner()).min(1),
    () => z.array(inner()).max(2, 'too many'),
    () => z.array(inner()).readonly(),
    () => z.record(z.string(), inner()),
    () => z.record(z.string().min(2), inner()),
    () => z.union([inner(), inner()]),
    () => z.strictObject(shape()),
    () => z.looseObject(shape()),
    () => z.object(shape()),
    () => inner().optional(),
    () => inner().optional(),
    () => z.array(z.string()).default([]),
    () => z.string().default('d'),
    () => z.looseObject(shape()).default({}),
    () => z.lazy(() => z.string()),
  ]
  const all: readonly (() => zod.ZodType)[] = depth === 0 ? simple : [...simple, ...nested, ...nested]
  const make = all[next(all.length)]
  if (make === undefined) throw new RangeError('no such schema')
  return make()
}

const makeValue = (next: Random, depth: number): unknown => {
  const inner = () => makeValue(next, depth - 1)
  const some = () => Array.from({ length: next(4) }, inner)
  const simple = ['a', 'b', '', 'abc', 0, 1, -1, 1.5, 2 ** 53, Number.NaN, true, false, null, undefined, new Date(0)]
  const kinds = depth === 0 ? 1 : 4
  const kind = next(kinds)
  if (kind === 1) return some()
  // Through JSON, so that `__proto__` becomes a key of its own.
  const text = () => `{${some().map((_, at) => `${JSON.stringify(keys[(next(8) === 0 ? 4 : at) % 5])}:0`)}}`
  if (kind >= 2) {
    const object: Record<string, unknown> = JSON.parse(text())
    for (const key of Object.keys(object)) if (key !== '__proto__') object[key] = inner()
    return object
  }
  return simple[next(simple.length)]
}

/** All that a caller can see of an outcome: order of keys and what is frozen included. */
const shown = (value: unknown): string =>
  value instanceof zod.ZodError
    ? JSON.stringify(value.issues)
    : JSON.stringify(value, (_, inner: unknown) =>
        inner === undefined
          ? 'undefined'
          : Number.isNaN(inner)
            ? 'NaN'
            : Array.isArray(inner) && Object.isFrozen(inner)
              ? { frozen: [...inner] }
              : inner,
      )

const outcome = (schema: zod.ZodType, value: unknown): string => {
  const { success, data, error } = schema.safeParse(value)
  return `${success} ${shown(success ? data : error)}`
}

test('schemas judge as those of zod do, and mostly without it', () => {
  const count = process.env['PLANGATE_TEST_FULL'] ? 30_000 : 3_000
  const different: unknown[] = []
  let alone = 0
  let valid = 0
  for (let seed = 0; seed < count; seed++) {
    let isLoaded = false
    const ours = schemasOf(() => {
      isLoaded = true
      return zod
    })
    const schema = makeSchema(ours, random(seed), 3)
    const reference = makeSchema(zod, random(seed), 3)
    for (let at = 0; at < 3; at++) {
      // One for each, as zod freezes an object that is not the array that was to be frozen; nor is that compared.
      const [value, other] = [makeValue(random(seed * 3 + at + 1), 3), makeValue(random(seed * 3 + at + 1), 3)]
      const expected = outcome(reference, value)
      const found = outcome(schema, other)
      if (found !== expected) different.push([seed, value, found, expected])
      if (!expected.startsWith('true')) continue
      valid += 1
      if (!isLoaded) alone += 1
    }
  }
  expect([different, valid > count / 3, alone > valid / 4]).toEqual([[], true, true])
})

test('what is asked of a schema beside a judgement, zod answers', () => {
  const z = schemasOf(() => zod)
  const one = z.strictObject({ a: z.enum(['x', 'y']), b: z.iso.date().optional() })
  expect(z.toJSONSchema(one)).toEqual(
    zod.toJSONSchema(zod.strictObject({ a: zod.enum(['x', 'y']), b: zod.iso.date().optional() })),
  )
  expect(z.strictObject({ ...one.shape, c: z.string() }).parse({ a: 'x', c: '' })).toEqual({ a: 'x', c: '' })
  expect([z.enum(['x', 'y']).options, one.safeParse({ a: 'x', b: '2026-02-30' }).success]).toEqual([['x', 'y'], false])
})

test('zod is not loaded for schemas that nobody asks', () => {
  const z = schemasOf(() => {
    throw new Error('loaded')
  })
  const one = z.strictObject({
    a: z.array(z.string().min(1)).optional(),
    b: z.iso.date().optional(),
    c: z.url().optional(),
  })
  expect(one.safeParse({ a: ['x'] })).toEqual({ success: true, data: { a: ['x'] } })
  expect(() => one.safeParse({ a: [''] })).toThrow('loaded')
})
