import { PlangateError } from '@plangate/bundle'
import type { BuiltinCall } from '../request.ts'
import { isArray, isNumber, isObject, isSet, parseValue, type Value } from './value.ts'

// A few functions answer with far more than they are given: OPA then takes what the machine has. Here they are refused before
// they begin where their answer, counted low, is more than the memory of the policy or one of these bounds.

/** Digits of a number that is calculated. */
export const MOST_DIGITS = 1_000_000
/** Bytes of a text that JavaScript or Go makes: V8 has none of twice as many. */
export const MOST_TEXT = 2 ** 28
/** Bytes of a list or set that Go makes, in the memory of OPA's WebAssembly: 1,048,576 items. Go takes minutes for a few times as many. */
export const MOST_LIST = 2 ** 24
/** Bytes that an item takes at least in the memory of OPA's WebAssembly. */
export const ITEM = 16

/**
 * Checks the size of an answer.
 *
 * @throws PlangateError `ERR_MEMORY_LIMIT`
 */
export const checkSize = (name: string, bytes: number, most: number): void => {
  if (bytes <= most) return
  throw new PlangateError('ERR_MEMORY_LIMIT', `the answer of \`${name}\` takes more than ${most} bytes`, {
    hint: 'give the policy smaller arguments: it was not called',
  })
}

/** Bytes that the numbers of a range take. */
export const rangeBytes = (from: bigint, to: bigint, step = 1n): number =>
  step > 0n ? (Number((from < to ? to - from : from - to) / step) + 1) * ITEM : 0

/** Returns the calls, of which those are refused whose answer is larger than `memoryBytes`. */
export const bounded = (call: BuiltinCall, memoryBytes: number): BuiltinCall => {
  const checked = (name: string, args: readonly string[]): string | undefined => {
    const bound = bounds.get(name)
    if (bound !== undefined && bound.suspects?.(args) !== false) {
      checkSize(name, bound.bytes(...args.map(parsed)), Math.min(memoryBytes, bound.most))
    }
    return call(name, args)
  }
  return Object.assign(checked, { direct: call.direct, memoryBytes })
}

const parsed = (text: string): Value => {
  try {
    return parseValue(text)
  } catch (cause) {
    // What is not read here, such as what nests too deep, is for the function.
    if (cause instanceof SyntaxError || cause instanceof RangeError) return null
    throw cause
  }
}

interface Bound {
  readonly most: number
  /** Whether it is worth reading the arguments. Unless given, it is. */
  readonly suspects?: (args: readonly string[]) => boolean
  /** What the answer takes at least. */
  readonly bytes: (...args: readonly Value[]) => number
}

const isLong = (args: readonly string[]): boolean => args.some(({ length }) => length > 1024)

/** Exponents are as good as larger ones from here on. */
const LARGE = 4096

/** The integer in a number, however it is written; 0 for all else. */
const integerOf = (value: Value | undefined): bigint => {
  if (value === undefined || !isNumber(value)) return 0n
  const [, whole = '', fraction = '', exponent = '0'] =
    /^(-?\d+)(?:\.(\d+))?(?:[eE]([-+]?\d+))?$/.exec(value.number) ?? []
  const zeros = Math.min(Number(exponent), LARGE) - fraction.length
  if (whole === '' || zeros < -fraction.length) return 0n
  return zeros < 0 ? BigInt((whole + fraction).slice(0, zeros)) : BigInt(whole + fraction) * 10n ** BigInt(zeros)
}

/** Digits of a number that is shifted: Go takes the last 64 bits of the second one. */
export const shiftedDigits = (number: bigint, by: bigint): number =>
  number === 0n || by < 0n ? 0 : (number.toString(16).length * 4 + Number(BigInt.asUintN(64, by))) * Math.log10(2)

const textOf = (value: Value | undefined): string => (typeof value === 'string' ? value : '')

const widthOf = (value: Value | undefined): number => {
  const width = integerOf(value)
  return width < 1_000_000n && width > -1_000_000n ? Math.abs(Number(width)) : 0
}

/** Counts widths, precisions and arguments that are named again and again. Go takes no width above a million. */
const sprintfBytes = (template: Value | undefined, list: Value | undefined): number => {
  const args = list !== undefined && list !== null && typeof list === 'object' && isArray(list) ? list : []
  let bytes = 0
  let next = 0
  for (const [all, number = '0', index] of textOf(template).matchAll(
    /%[-+# 0]*(\d*)(?:[\d.*]|\[\d+\])*?(?:\[(\d+)\])?[a-zA-Z]/g,
  )) {
    if (all.includes('*')) for (let left = all.split('*').length; left > 1; left -= 1) bytes += widthOf(args[next++])
    if (index !== undefined) next = Number(index) - 1
    bytes += Math.max(Number(number) <= 1_000_000 ? Number(number) : 0, textOf(args[next]).length)
    next += 1
  }
  return bytes
}

/** Counts how often a text is put between all characters of another. */
const replacedBytes = (text: string, old: string, by: string): number =>
  by.length * (old === '' ? text.length + 1 : text.split(old).length - 1)

const replacedAll = (patterns: Value | undefined, text: Value | undefined): number =>
  patterns === undefined || patterns === null || !isObject(patterns)
    ? 0
    : patterns.object.reduce((sum, [old, by]) => sum + replacedBytes(textOf(text), textOf(old), textOf(by)), 0)

/** Counts what stands before each line. */
const indented = (value: Value, prefix: number, indent: number, depth = 1): number => {
  if (value === null || typeof value !== 'object' || isNumber(value)) return 0
  const items = isArray(value) ? value : isSet(value) ? value.set : value.object.map(([, item]) => item)
  return items.reduce<number>(
    (sum, item) => sum + prefix + indent * depth + indented(item, prefix, indent, depth + 1),
    0,
  )
}

const marshalledBytes = (value: Value | undefined, options: Value | undefined): number => {
  if (value === undefined || options === undefined || options === null || !isObject(options)) return 0
  const lengthOf = (key: string) => textOf(options.object.find(([name]) => name === key)?.[1]).length
  return indented(value, lengthOf('prefix'), lengthOf('indent'))
}

const bounds: ReadonlyMap<string, Bound> = new Map<string, Bound>([
  ['bits.lsh', { most: MOST_DIGITS, bytes: (a, b) => shiftedDigits(integerOf(a), integerOf(b)) }],
  ['numbers.range', { most: MOST_LIST, bytes: (from, to) => rangeBytes(integerOf(from), integerOf(to)) }],
  [
    'numbers.range_step',
    {
      most: MOST_LIST,
      bytes: (from, to, step) => rangeBytes(integerOf(from), integerOf(to), integerOf(step)),
    },
  ],
  [
    'sprintf',
    {
      most: MOST_TEXT,
      suspects: ([template = '']) => /%[^%a-zA-Z]*(?:\d{4}|\*|\[)/.test(template),
      bytes: sprintfBytes,
    },
  ],
  [
    'replace',
    {
      most: MOST_TEXT,
      suspects: isLong,
      bytes: (text, old, by) => replacedBytes(textOf(text), textOf(old), textOf(by)),
    },
  ],
  ['strings.replace_n', { most: MOST_TEXT, suspects: isLong, bytes: replacedAll }],
  ['json.marshal_with_options', { most: MOST_TEXT, suspects: isLong, bytes: marshalledBytes }],
])
