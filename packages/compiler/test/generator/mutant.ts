import { type Random, randomOf } from './random.ts'

/** A file that somebody broke, and how. */
export interface Mutant {
  readonly seed: number
  readonly how: string
  readonly bytes: Uint8Array
}

type Mutation = (bytes: Buffer, random: Random) => Buffer

const cut = (bytes: Buffer, at: number, length: number, put: Buffer | string = ''): Buffer =>
  Buffer.concat([bytes.subarray(0, at), Buffer.from(put), bytes.subarray(at + length)])

/** The place and length of a random word, number or sign. */
const token = (bytes: Buffer, random: Random): readonly [at: number, length: number] => {
  const tokens = [...bytes.toString('latin1').matchAll(/\w+|[^\w\s]+/g)]
  const found = random.pick(tokens)
  return [found.index, found[0].length]
}

const line = (bytes: Buffer, random: Random): Buffer => {
  const lines = bytes.toString('latin1').split('\n')
  return Buffer.from(`${random.pick(lines)}\n`, 'latin1')
}

const words =
  'package import default else every some not with as in if contains := = == [ ] { } ( ) " ` # | ; , . null'.split(' ')
const texts = [
  '\u2028',
  '\ufeff',
  '\0',
  '\u202e',
  '🤖',
  'e\u0301',
  '\r',
  '\\u00',
  '\ud7ff',
  '"\\ud800"',
  '1e999',
  '0x10',
  '007',
]

const mutations: Readonly<Record<string, Mutation>> = {
  'a byte flipped': (bytes, random) => {
    const copy = Buffer.from(bytes)
    const at = random.below(copy.length)
    copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8))
    return copy
  },
  'cut off': (bytes, random) => bytes.subarray(0, random.below(bytes.length)),
  'a piece removed': (bytes, random) => cut(bytes, random.below(bytes.length), 1 + random.below(40)),
  'a token replaced': (bytes, random) => cut(bytes, ...token(bytes, random), random.pick(words)),
  'two tokens swapped': (bytes, random) => {
    const [a, b] = [token(bytes, random), token(bytes, random)].sort(([x], [y]) => x - y)
    if (a === undefined || b === undefined || a[0] + a[1] > b[0]) return bytes.subarray(1)
    const [first, second] = [bytes.subarray(a[0], a[0] + a[1]), bytes.subarray(b[0], b[0] + b[1])]
    return cut(cut(bytes, ...b, first), ...a, second)
  },
  'a line twice': (bytes, random) => {
    const copied = line(bytes, random)
    const at = bytes.indexOf(copied)
    return cut(bytes, Math.max(at, 0), 0, copied)
  },
  'a line elsewhere': (bytes, random) => Buffer.concat([line(bytes, random), bytes, line(bytes, random)]),
  'text that is odd': (bytes, random) => cut(bytes, random.below(bytes.length), 0, random.pick(texts)),
  'bytes that are no text': (bytes, random) =>
    cut(
      bytes,
      random.below(bytes.length),
      0,
      Buffer.from(random.pick([[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xfe, 0xff]])),
    ),
  'deep nesting': (bytes, random) => {
    const [open, close] = random.pick([
      ['[', ']'],
      ['(', ')'],
      ['{"a": ', '}'],
      ['{', '}'],
      ['f(', ')'],
      ['[x | x := ', ']'],
    ])
    // Each comprehension inside another one takes OPA's type checker about 2.7 times as long: 16 take 11 s.
    const depth = 1 + random.below(open === '[x | x := ' ? 6 : 200)
    return Buffer.concat([
      bytes,
      Buffer.from(`\ndeep := ${open?.repeat(depth)}1${close?.repeat(random.pick([depth, depth - 1]))}\n`),
    ])
  },
  'a long name': (bytes, random) => cut(bytes, ...token(bytes, random), 'n'.repeat(1 + random.below(9000))),
}

/** Returns the broken file of a seed. One in four is broken twice. */
export const mutantOf = (seed: number, bases: readonly string[]): Mutant => {
  const random = randomOf(seed)
  let bytes: Buffer = Buffer.from(random.pick(bases))
  const how = Array.from({ length: random.percent(25) ? 2 : 1 }, () => random.pick(Object.entries(mutations)))
  for (const [, mutate] of how) if (bytes.length > 1) bytes = mutate(bytes, random)
  return { seed, how: how.map(([name]) => name).join(', '), bytes }
}
