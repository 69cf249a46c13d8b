import { equal, sorted } from '../../src/evaluate/builtins/order.ts'
import type { Value } from '../../src/evaluate/builtins/value.ts'

/** Random choices that a seed repeats: mulberry32. */
export interface Random {
  readonly below: (end: number) => number
  readonly chance: (share: number) => boolean
  readonly pick: <T>(choices: readonly [T, ...(readonly T[])]) => T
  readonly list: <T>(most: number, make: () => T) => T[]
}

export const randomOf = (seed: number): Random => {
  let state = seed
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const below = (end: number): number => Math.floor(next() * end)
  return {
    below,
    chance: (share) => next() < share,
    pick: (choices) => choices[below(choices.length)] ?? choices[0],
    list: (most, make) => Array.from({ length: below(most + 1) }, make),
  }
}

const chars = [
  ...'aaabcdxyzABZ0129 _-.:/+%&=?#@!$*()[]{}|\\^"\'<>,;~`\n\t\0\x7f',
  'é',
  'ß',
  'İ',
  '日',
  '😀',
  '\u{10ffff}',
  '\u200b',
  '\u2028',
  '\ufffd',
  'K',
  'ſ',
] as const

/** A set with each member once, as a set has it. */
export const setOf = (values: readonly Value[]): Value => ({ set: sorted(values) })

/** An object with each key once, as an object has it. */
export const objectOf = (entries: readonly (readonly [Value, Value])[]): Value => ({
  object: entries.filter(([key], at) => entries.findIndex(([other]) => equal(other, key)) === at),
})

/** Values of every kind, odd ones among them. */
export const valuesOf = (random: Random) => {
  const char = (): string => random.pick(['a', ...chars])
  const text = (most = 8): string => random.list(most, char).join('')
  const word = (): string =>
    random.pick(['', 'a', 'b', 'ab', 'aa', 'abc', 'x', 'é', '😀', 'a/b', 'foo', 'FOO', '0', 'ba'])
  const integer = (): string =>
    random.pick([
      () => `${random.below(20) - 5}`,
      () => `${random.below(2000) - 500}`,
      () => `${random.below(2 ** 31)}`,
      () => random.pick(['9007199254740993', '-9223372036854775808', '9223372036854775807', '18446744073709551616']),
      () => `-${random.below(10)}${'123456789'.repeat(random.below(5))}`.replace(/^-0(?=\d)/, '-'),
    ])()
  const number = (): Value => ({
    number: random.pick([
      integer,
      integer,
      integer,
      () => `${random.below(100)}.${random.below(1000)}`,
      () =>
        random.pick([
          '1.0',
          '-0',
          '0.0',
          '1e3',
          '1E400',
          '-1e-7',
          '0.1',
          '2.5',
          '1e21',
          '123456789.5',
          '1e-400',
          '100000',
          '1234567.25',
        ]),
    ])(),
  })
  const scalar = (): Value =>
    random.pick<() => Value>([word, word, () => text(), number, number, () => true, () => false, () => null])()
  const value = (depth = 2): Value => {
    if (depth === 0 || random.chance(0.4)) return scalar()
    const inner = () => value(depth - 1)
    return random.pick<() => Value>([
      () => random.list(4, inner),
      () => setOf(random.list(4, inner)),
      () => objectOf(random.list(4, () => [random.chance(0.9) ? word() : inner(), inner()] as const)),
    ])()
  }
  return { char, text, word, integer, number, scalar, value }
}
