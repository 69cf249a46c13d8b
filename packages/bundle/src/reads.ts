import * as z from '#zod'

/**
 * A path of keys from the root of the input or of data. `*` is any key or index. What stands at the end is read if it is
 * a scalar, and of an array or object only that it is one; after `**`, which stands at the end alone, all below it is.
 */
export const ReadPath = z.array(z.string())
export type ReadPath = z.infer<typeof ReadPath>

/**
 * What is read of some elements only: below those at `at` that hold, at `key`, one of the strings in `in`. What is read
 * of all elements stands beside it, and `key` is among that.
 */
export const SomeReads = z.strictObject({
  at: ReadPath,
  key: ReadPath,
  in: z.array(z.string()),
  read: z.array(ReadPath),
})
export type SomeReads = z.infer<typeof SomeReads>

/** What entrypoints or policies have in common. */
export const ReadSet = z.strictObject({
  input: z.array(z.union([ReadPath, SomeReads])),
  data: z.array(ReadPath),
})
export type ReadSet = z.infer<typeof ReadSet>

/**
 * Which parts of the input and of data a bundle can touch: each of its entrypoints and policies reads the sets whose
 * numbers it has, all of them together, and nothing else.
 *
 * An evaluation on an input that has all that is read, and anything elsewhere, comes to the same decision. The one thing
 * that may differ is whether it stops because an object is given one key twice: values that differ in nothing that is
 * read are alike there.
 */
export const Reads = z.strictObject({
  sets: z.array(ReadSet),
  entrypoints: z.record(z.string(), z.array(z.int().nonnegative())),
  policies: z.record(z.string(), z.array(z.int().nonnegative())),
})
export type Reads = z.infer<typeof Reads>

/**
 * Returns the sets that entrypoints and policies read together, in order. Where nothing is named, or a name is not there,
 * nothing is known, and the one set is everything.
 */
export const readSets = (
  { sets, entrypoints: ofEntrypoint, policies: ofPolicy }: Reads,
  {
    entrypoints = [],
    policies = [],
  }: { readonly entrypoints?: readonly string[]; readonly policies?: readonly string[] } = {},
): readonly ReadSet[] => {
  const [byEntrypoint, byPolicy] = [new Map(Object.entries(ofEntrypoint)), new Map(Object.entries(ofPolicy))]
  const named = [...entrypoints.map((name) => byEntrypoint.get(name)), ...policies.map((name) => byPolicy.get(name))]
  if (named.length === 0 || named.includes(undefined)) return [everything]
  const numbers = new Set(named.flatMap((each) => each ?? []))
  return sets.filter((_, number) => numbers.has(number))
}

const everything: ReadSet = { input: [['**']], data: [['**']] }
