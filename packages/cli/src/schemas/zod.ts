import type * as zod from './real.ts'
import { schemasOf } from './schemas.ts'

// What the command's modules have for zod, see build.mjs, and not zod itself, which lies beside it.

// `as`: it is what it says
const made = schemasOf(() => require('./zod.cjs') as typeof zod)

const { enum: enumeration } = made
export { enumeration as enum }
export const {
  array,
  boolean,
  custom,
  discriminatedUnion,
  int,
  iso,
  json,
  lazy,
  literal,
  looseObject,
  number,
  object,
  record,
  strictObject,
  string,
  toJSONSchema,
  union,
  unknown,
  url,
} = made
