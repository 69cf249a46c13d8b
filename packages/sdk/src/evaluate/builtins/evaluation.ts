import { ASK, FAILED, type Path, type Paths, plainInteger } from './answer.ts'
import { type Print, printing } from './print.ts'
import { isNumber, numberOf, type Value } from './value.ts'

/** What one evaluation has of its own. */
export interface Evaluation {
  /** Nanoseconds since 1970: the time stands still. */
  readonly now: bigint
  /** The granted part of the environment; undefined without a grant. */
  readonly environment: readonly (readonly [string, string])[] | undefined
  /** Takes what policies print; unless given, it goes nowhere. */
  readonly print?: Print | undefined
}

/**
 * Returns the functions whose answer depends on the evaluation. Notes go nowhere. Without a grant nothing says
 * where the policy runs, as in a topdown that is given no runtime. What is random is so once for the same arguments.
 */
export const evaluationPaths = ({ now, environment, print }: Evaluation): Paths => ({
  'time.now_ns': () => numberOf(now),
  'opa.runtime': () => ({ object: environment === undefined ? [] : [['env', { object: environment }]] }),
  trace: (note) => (typeof note === 'string' ? true : FAILED),
  'internal.print': print === undefined ? () => true : printing(print),
  'internal.test_case': () => true,
  'rand.intn': randomBelow(),
  'uuid.rfc4122': uuids(),
})

// OPA: v1/topdown/numbers.go
const randomBelow = (): Path => {
  const known = new Map<string, Value>()
  return (key, limit) => {
    if (typeof key !== 'string' || limit === undefined || !isNumber(limit)) return FAILED
    const end = plainInteger(limit)
    if (end === undefined) return ASK
    const size = Math.abs(end)
    const name = `${key}-${size}`
    const value = known.get(name) ?? numberOf(size === 0 ? 0 : Number(random(64) % BigInt(size)))
    known.set(name, value)
    return value
  }
}

// OPA: v1/topdown/uuid.go, which takes any key
const uuids = (): Path => {
  const known = new Map<string, string>()
  return (key) => {
    if (typeof key !== 'string') return ASK
    const value = known.get(key) ?? globalThis.crypto.randomUUID()
    known.set(key, value)
    return value
  }
}

const random = (bits: number): bigint => {
  let value = 0n
  for (const byte of globalThis.crypto.getRandomValues(new Uint8Array(bits / 8))) value = (value << 8n) | BigInt(byte)
  return value
}
