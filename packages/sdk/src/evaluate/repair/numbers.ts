import { MOST_DIGITS, rangeBytes, shiftedDigits } from '../builtins/size.ts'
import { Type } from '../value/types.ts'
import { ORIGINAL } from './rewrite.ts'
import { type Answer, type Answers, type Runtime, UNDEFINED } from './runtime.ts'

// Go: v1/topdown/arithmetic.go, aggregates.go

/** The integer in a number, as far as it is written as one. */
const integer = ({ reader }: Runtime, value: number): bigint | undefined => {
  if (reader.typeOf(value) !== Type.number) return undefined
  const text = reader.number(value)
  return /^-?\d+$/.test(text) ? BigInt(text) : undefined
}

const isInt32 = (value: number): boolean => value >= -(2 ** 31) && value < 2 ** 31

const quotient = (a: number, b: number): number | undefined =>
  isInt32(a) && isInt32(b) && a !== 0 && b !== 0 && a % b === 0 ? a / b : undefined

interface Operation {
  readonly builtin: string
  /** For integers that are safe, and taken only where the result is. */
  readonly fast: (a: number, b: number) => number | undefined
  readonly exact: (a: bigint, b: bigint) => bigint | undefined
}

/** Answers for integers of any size, and leaves fractions to OPA, whose floating point has 64 bits and not endless digits. */
const ofIntegers =
  ({ builtin, fast, exact }: Operation): Answer =>
  (runtime, left = 0, right = 0) => {
    const { reader, writer, ask } = runtime
    const x = reader.integer(left)
    const y = reader.integer(right)
    const quick = x === undefined || y === undefined ? undefined : fast(x, y)
    if (quick !== undefined && Number.isSafeInteger(quick)) return writer.number(String(quick + 0))
    if (reader.typeOf(left) !== Type.number || reader.typeOf(right) !== Type.number) return ORIGINAL
    const a = integer(runtime, left)
    const b = integer(runtime, right)
    if (builtin === 'mul')
      runtime.checkSize(builtin, reader.number(left).length + reader.number(right).length, MOST_DIGITS)
    const result = a === undefined || b === undefined ? undefined : exact(a, b)
    return result === undefined ? ask(builtin, [left, right]) : writer.number(String(result))
  }

const unary =
  (builtin: string, calculate: (a: number) => number): Answer =>
  ({ reader, writer, ask }, value = 0) => {
    const number = reader.integer(value)
    if (number !== undefined && isInt32(number)) return writer.number(String(calculate(number)))
    return reader.typeOf(value) === Type.number ? ask(builtin, [value]) : UNDEFINED
  }

const folded =
  (builtin: string, start: bigint, calculate: (a: bigint, b: bigint) => bigint): Answer =>
  (runtime, list = 0) => {
    const { reader, writer, ask } = runtime
    const type = reader.typeOf(list)
    if (type !== Type.array && type !== Type.set) return UNDEFINED
    const items = type === Type.array ? reader.items(list) : reader.elements(list).map(({ key }) => key)
    let result = start
    for (const item of items) {
      if (reader.typeOf(item) !== Type.number) return UNDEFINED
      const number = integer(runtime, item)
      if (number === undefined) return ask(builtin, [list])
      result = calculate(result, number)
    }
    return writer.number(String(result))
  }

const isSmall = ({ reader }: Runtime, value: number): boolean =>
  isInt32(reader.integer(value) ?? (reader.typeOf(value) === Type.number ? Infinity : 0))

/** Leaves to OPA's WebAssembly what has no number in it but small integers. */
const forSmall =
  (builtin: string): Answer =>
  (runtime, ...args) =>
    args.every((arg) => isSmall(runtime, arg)) ? ORIGINAL : runtime.ask(builtin, args)

/**
 * Arithmetic. OPA's WebAssembly calculates with as many decimal digits as it takes, prints other exponents than the
 * interpreter, and stops at a division by zero, which is undefined.
 */
export const numbers: Answers = {
  opa_arith_plus: ofIntegers({ builtin: 'plus', fast: (a, b) => a + b, exact: (a, b) => a + b }),
  opa_arith_minus: ofIntegers({ builtin: 'minus', fast: (a, b) => a - b, exact: (a, b) => a - b }),
  opa_arith_multiply: ofIntegers({ builtin: 'mul', fast: (a, b) => a * b, exact: (a, b) => a * b }),
  opa_arith_divide: ofIntegers({ builtin: 'div', fast: quotient, exact: () => undefined }),
  opa_arith_rem: ofIntegers({
    builtin: 'rem',
    fast: (a, b) => (b === 0 ? undefined : a % b),
    exact: (a, b) => (b === 0n ? undefined : a % b),
  }),
  opa_arith_abs: unary('abs', Math.abs),
  opa_arith_round: unary('round', (a) => a),
  opa_arith_ceil: unary('ceil', (a) => a),
  opa_arith_floor: unary('floor', (a) => a),
  opa_agg_sum: folded('sum', 0n, (a, b) => a + b),
  opa_agg_product: folded('product', 1n, (a, b) => a * b),
  opa_array_slice: forSmall('array.slice'),
  opa_bits_and: forSmall('bits.and'),
  opa_bits_or: forSmall('bits.or'),
  opa_bits_xor: forSmall('bits.xor'),
  opa_bits_negate: forSmall('bits.negate'),
  opa_bits_shiftleft: (runtime, number = 0, by = 0) => {
    const [a, b] = [integer(runtime, number), integer(runtime, by)]
    if (a === undefined || b === undefined || b < 0n) return forSmall('bits.lsh')(runtime, number, by)
    runtime.checkSize('bits.lsh', shiftedDigits(a, b), MOST_DIGITS)
    return runtime.writer.number(String(a << BigInt.asUintN(64, b)))
  },
  opa_bits_shiftright: forSmall('bits.rsh'),
  opa_numbers_range: (runtime, from = 0, to = 0) => {
    const [a, b] = [integer(runtime, from), integer(runtime, to)]
    if (a !== undefined && b !== undefined) runtime.checkSize('numbers.range', rangeBytes(a, b))
    return isSmall(runtime, from) && isSmall(runtime, to) ? ORIGINAL : runtime.ask('numbers.range', [from, to])
  },
  opa_to_number: (runtime, value = 0) => {
    const { reader, writer, ask } = runtime
    if (reader.typeOf(value) !== Type.string) return ORIGINAL
    const text = reader.string(value)
    if (/^-?(?:0|[1-9]\d{0,8})(?:\.\d{1,6})?$/.test(text)) return ORIGINAL
    const plain = JSON_NUMBER.test(text) ? undefined : plainNumber(text)
    return ask('to_number', [plain === undefined ? value : writer.string(plain)])
  },
}

const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/

/** What Go takes for a number besides: `+1`, `007`, `.5`, `5.`, `1_000`. */
const GO_NUMBER = /^[-+]?(?=\.?\d)(?:\d+(?:_\d+)*)?(?:\.(?:\d+(?:_\d+)*)?)?(?:[eE][-+]?\d+(?:_\d+)*)?$/

/** Such a number as JSON has it. OPA's answer is the text as it was given, which is no number for its WebAssembly. */
const plainNumber = (text: string): string | undefined => {
  if (!GO_NUMBER.test(text)) return undefined
  const [, sign = '', whole = '', fraction = '', exponent = ''] =
    /^([-+]?)0*(\d*)(\.\d*)?(.*)$/.exec(text.replaceAll('_', '')) ?? []
  return `${sign.replace('+', '')}${whole === '' ? '0' : whole}${fraction === '.' ? '' : fraction}${exponent}`
}
