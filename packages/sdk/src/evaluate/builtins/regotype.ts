import * as z from '#zod'
import { compare } from './order.ts'
import { isArray, isNumber, isObject, isSet, type Value } from './value.ts'

/**
 * A type of Rego, as OPA's capabilities write it: https://www.openpolicyagent.org/docs/policy-reference#built-in-functions
 *
 * @example
 * { type: 'object', dynamic: { key: { type: 'string' }, value: { type: 'any' } } }
 */
export type RegoType =
  | { readonly type: 'null' | 'boolean' | 'number' | 'string' }
  | { readonly type: 'any'; readonly of?: readonly RegoType[] | undefined }
  | {
      readonly type: 'array'
      readonly static?: readonly RegoType[] | undefined
      readonly dynamic?: RegoType | undefined
    }
  | { readonly type: 'set'; readonly of?: RegoType | undefined }
  | {
      readonly type: 'object'
      readonly static?: readonly { readonly key: string; readonly value: RegoType }[] | undefined
      readonly dynamic?: { readonly key: RegoType; readonly value: RegoType } | undefined
    }

export const RegoType: z.ZodType<RegoType> = z.lazy(() =>
  z.discriminatedUnion('type', [
    z.strictObject({ type: z.enum(['null', 'boolean', 'number', 'string']) }),
    z.strictObject({ type: z.literal('any'), of: z.array(RegoType).optional() }),
    z.strictObject({ type: z.literal('array'), static: z.array(RegoType).optional(), dynamic: RegoType.optional() }),
    z.strictObject({ type: z.literal('set'), of: RegoType.optional() }),
    z.strictObject({
      type: z.literal('object'),
      static: z.array(z.strictObject({ key: z.string(), value: RegoType })).optional(),
      dynamic: z.strictObject({ key: RegoType, value: RegoType }).optional(),
    }),
  ]),
)

/** Returns whether a value is of the type. */
export const isOfType = (type: RegoType, value: Value): boolean => {
  switch (type.type) {
    case 'any':
      return type.of === undefined || type.of.length === 0 || type.of.some((one) => isOfType(one, value))
    case 'null':
      return value === null
    case 'number':
      return isNumber(value)
    case 'array':
      return isComposite(value) && isArray(value) && isArrayOf(type, value)
    case 'set':
      return isSet(value) && value.set.every((member) => type.of === undefined || isOfType(type.of, member))
    case 'object':
      return isObject(value) && isObjectOf(type, value.object)
    default:
      return typeof value === type.type
  }
}

const isComposite = (value: Value): value is Exclude<Value, null | boolean | string> =>
  value !== null && typeof value === 'object'

const isArrayOf = (
  { static: first = [], dynamic }: Extract<RegoType, { type: 'array' }>,
  items: readonly Value[],
): boolean => {
  const open = first.length === 0 && dynamic === undefined
  return (
    items.length >= first.length &&
    items.every((item, at) => {
      const type = first[at] ?? dynamic
      return type === undefined ? open : isOfType(type, item)
    })
  )
}

const isObjectOf = (
  { static: fixed = [], dynamic }: Extract<RegoType, { type: 'object' }>,
  entries: readonly (readonly [Value, Value])[],
): boolean => {
  const open = fixed.length === 0 && dynamic === undefined
  const given = (key: string) => entries.some(([other]) => compare(other, key) === 0)
  return (
    fixed.every(({ key }) => given(key)) &&
    entries.every(([key, item]) => {
      const one = fixed.find((each) => each.key === key)
      if (one !== undefined) return isOfType(one.value, item)
      return dynamic === undefined ? open : isOfType(dynamic.key, key) && isOfType(dynamic.value, item)
    })
  )
}

/** The type in a message of OPA's: its name alone. */
export const typeName = ({ type }: RegoType): string => type
