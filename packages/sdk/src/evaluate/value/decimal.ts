import { badArgument } from '@plangate/bundle'

/** A number that a JavaScript number does not hold exactly, with the digits it came with. */
export class Decimal {
  readonly text: string

  /** Takes the text of a JSON number, such as `0.1000000000000000000001` or `1e400`. */
  constructor(text: string) {
    if (typeof text !== 'string' || !NUMBER.test(text)) throw badArgument('text', 'is the text of a JSON number')
    this.text = text
  }

  toString(): string {
    return this.text
  }

  /** Returns the nearest JavaScript number, which is what arithmetic then works with. */
  valueOf(): number {
    return Number(this.text)
  }
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/

interface Parts {
  readonly sign: -1 | 0 | 1
  /** Without zeros at either end. */
  readonly digits: string
  /** Of ten, for the first digit before a decimal point. */
  readonly exponent: number
}

const partsOf = (text: string): Parts => {
  const [, minus, whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([-+]?\d+))?$/.exec(text) ?? []
  const all = whole + fraction
  const digits = all.replace(/^0+/, '')
  if (digits === '') return { sign: 0, digits: '', exponent: 0 }
  return {
    sign: minus === '-' ? -1 : 1,
    digits: digits.replace(/0+$/, ''),
    exponent: Number(exponent) + whole.length - (all.length - digits.length),
  }
}

/** Returns how the values of two JSON numbers compare, whatever their digits: negative, 0 or positive. */
export const compareNumbers = (a: string, b: string): number => {
  // Rounding keeps the order: doubles that differ decide, equal ones do not.
  const rough = Math.sign(Number(a) - Number(b))
  if (rough === 1 || rough === -1) return rough
  const left = partsOf(a)
  const right = partsOf(b)
  if (left.sign !== right.sign) return left.sign - right.sign
  const magnitude =
    left.exponent === right.exponent
      ? Number(left.digits > right.digits) - Number(left.digits < right.digits)
      : left.exponent - right.exponent
  return magnitude * left.sign
}

/**
 * Returns the number of a JSON text: as a JavaScript number where that prints the same value, else as a bigint when it is
 * written as an integer, else as a {@link Decimal}.
 */
export const exactNumber = (text: string): number | bigint | Decimal => {
  const number = Number(text)
  if (Number.isSafeInteger(number) && compareNumbers(text, String(number)) === 0) return number
  if (/^-?\d+$/.test(text)) return BigInt(text)
  if (!Number.isInteger(number) && Number.isFinite(number) && compareNumbers(text, String(number)) === 0) return number
  return new Decimal(text)
}
