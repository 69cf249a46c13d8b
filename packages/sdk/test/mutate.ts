import type { Random } from '../../compiler/test/reads/random.ts'

/** Bytes that mean something in JSON or in UTF-8, and some that do not. */
const telling = [...'{}[],:"\\0123456789.-+eEtrufalsn /'].map((character) => character.charCodeAt(0))
const odd = [0x00, 0x09, 0x0a, 0x0d, 0x1f, 0x7f, 0x80, 0xbf, 0xc0, 0xc3, 0xe2, 0xed, 0xef, 0xf0, 0xf4, 0xfe, 0xff]
const texts = [
  '"a":1,',
  '"type":"aws_x",',
  '"change":{"after":{"p":"a-second-secret"},"after_sensitive":{"p":true}},',
  '"format_version":"1.2",',
  '"resource_changes":[],',
  '"plan":{},',
  '\\u0061',
  '\\ud83d\\ude00',
  '\\ud800',
  '\\x',
  '\\u00g0',
  '1e5',
  '-0.0',
  '01',
  '1.',
  'tru',
  'null,',
  '[[[[',
  '{"a":{"b":[',
  '\ufeff',
  'é',
  '\u2028',
  '{"@level":"info"}',
  '// x\n',
]

const encoder = new TextEncoder()

/** Returns the bytes with a few changes that somebody's disk, network or malice might make. */
export const mutated = (random: Random, bytes: Uint8Array): Uint8Array => {
  let changed = bytes
  for (let left = 1 + (random.chance(30) ? random.below(3) : 0); left > 0; left--) changed = once(random, changed)
  return changed
}

const once = (random: Random, bytes: Uint8Array): Uint8Array => {
  const { below, one, chance } = random
  const at = below(bytes.length + 1)
  const to = Math.min(bytes.length, at + below(chance(50) ? 4 : 200))
  // `as`: none of them is empty
  const byte = one(chance(70) ? (telling as [number, ...number[]]) : (odd as [number, ...number[]]))
  const insert = (piece: Uint8Array): Uint8Array => Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)])
  switch (below(8)) {
    case 0:
      return bytes.map((each, index) => (index === at ? each ^ (1 << below(8)) : each))
    case 1:
      return bytes.map((each, index) => (index === at ? byte : each))
    case 2:
      return insert(Uint8Array.of(byte))
    case 3:
      return insert(encoder.encode(one(texts as [string, ...string[]])))
    case 4:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(to)])
    case 5:
      return insert(bytes.subarray(at, to))
    case 6:
      return chance(30) ? bytes.slice(0, at) : moved(random, bytes, at, to)
    default:
      return duplicated(random, bytes)
  }
}

/** A piece of the bytes moved to somewhere else. */
const moved = ({ below }: Random, bytes: Uint8Array, from: number, to: number): Uint8Array => {
  const piece = bytes.subarray(from, to)
  const rest = Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)])
  const at = below(rest.length + 1)
  return Buffer.concat([rest.subarray(0, at), piece, rest.subarray(at)])
}

/** One of the objects with its first members said again at its end, with other values. */
const duplicated = ({ below }: Random, bytes: Uint8Array): Uint8Array => {
  const opens: number[] = []
  const pairs: (readonly [number, number])[] = []
  let inString = false
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === 0x5c && inString) at += 1
    else if (byte === 0x22) inString = !inString
    else if (!inString && byte === 0x7b) opens.push(at)
    else if (!inString && byte === 0x7d) pairs.push([opens.pop() ?? 0, at])
  }
  const [from, to] = pairs[below(pairs.length)] ?? [0, 0]
  const [other, otherTo] = pairs[below(pairs.length)] ?? [0, 0]
  if (to - from < 3 || otherTo - other < 3) return bytes
  const members = bytes.subarray(other + 1, otherTo)
  return Buffer.concat([bytes.subarray(0, to), Uint8Array.of(0x2c), members, bytes.subarray(to)])
}
