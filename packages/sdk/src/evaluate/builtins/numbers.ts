import { PlangateError } from '@plangate/bundle'
import { type Answer, ASK, FAILED, type Paths, plainInteger } from './answer.ts'
import { isNumber, numberOf, type Value } from './value.ts'

/** A longer range is for Go, which stops when its memory ends. */
const mostNumbers = 1_000_000

/** So many numbers are not in 4 GiB: each takes 16 bytes and more. Go would try for minutes. */
const NEVER = 2 ** 28

/**
 * Checks how many numbers a range has.
 *
 * @throws PlangateError `ERR_MEMORY_LIMIT`
 */
export const checkRange = (name: string, count: number | bigint): void => {
  if (count <= NEVER) return
  throw new PlangateError('ERR_MEMORY_LIMIT', `\`${name}\` is asked for more numbers than any memory holds`, {
    hint: 'give the policy a smaller range',
  })
}

// OPA: v1/topdown/numbers.go
const rangeStep = (...args: readonly Value[]): Answer => {
  if (!args.every(isNumber)) return FAILED
  const [first, last, by] = args.map(({ number }) => (/^-?\d+$/.test(number) ? BigInt(number) : undefined))
  if (first !== undefined && last !== undefined && by !== undefined && by > 0n)
    checkRange('numbers.range_step', (first < last ? last - first : first - last) / by)
  const [from, to, step] = args.map(plainInteger)
  if (from === undefined || to === undefined || step === undefined) return ASK
  if (step <= 0) return FAILED
  const count = Math.floor(Math.abs(to - from) / step) + 1
  if (count > mostNumbers) return ASK
  const sign = from <= to ? step : -step
  return Array.from({ length: count }, (_, at) => numberOf(from + at * sign))
}

export const numbers: Paths = { 'numbers.range_step': rangeStep }
