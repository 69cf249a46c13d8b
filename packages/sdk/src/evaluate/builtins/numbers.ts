import { type Answer, ASK, FAILED, type Paths, plainInteger } from './answer.ts'
import { isNumber, numberOf, type Value } from './value.ts'

/** A longer range is for Go, which stops when its memory ends. */
const mostNumbers = 1_000_000

// OPA: v1/topdown/numbers.go
const rangeStep = (...args: readonly Value[]): Answer => {
  if (!args.every(isNumber)) return FAILED
  const [from, to, step] = args.map(plainInteger)
  if (from === undefined || to === undefined || step === undefined) return ASK
  if (step <= 0) return FAILED
  const count = Math.floor(Math.abs(to - from) / step) + 1
  if (count > mostNumbers) return ASK
  const sign = from <= to ? step : -step
  return Array.from({ length: count }, (_, at) => numberOf(from + at * sign))
}

export const numbers: Paths = { 'numbers.range_step': rangeStep }
