import type { BuiltinCall } from '../request.ts'
import { type Answer, ASK, FAILED, Failure, type Path } from './answer.ts'
import { isArray, parseValue, type Value } from './value.ts'

/** Half of a pair escaped by itself, which is no text: Go has a way of its own with it. */
const surrogate = /\\u[dD][89a-fA-F]/

/**
 * Returns what a JavaScript path answers to arguments as OPA value text; {@link ASK} also where the arguments nest deeper
 * than JavaScript's stack.
 */
export const answerOf = (path: Path, args: readonly string[]): Answer => {
  if (args.some((arg) => surrogate.test(arg))) return ASK
  let values: readonly Value[]
  try {
    values = args.map(parseValue)
    return path(...values)
  } catch (cause) {
    if (cause instanceof RangeError || cause instanceof SyntaxError) return ASK
    throw cause
  }
}

/** What makes the messages of findings, and so is called for each of them. Its strings mean nothing to it. */
const DIRECT = 'sprintf'

/** What may stand for bytes that are no text, which only Go knows. */
const unsure = /[\p{Surrogate}\ufffd]/u

const isUnsure = (value: Value): boolean =>
  typeof value === 'string' ? unsure.test(value) : isArray(value) && value.some(isUnsure)

/** Returns what answers calls that take values rather than texts, of the paths of a policy; {@link ASK} for what is not sure. */
export const directly = (paths: ReadonlyMap<string, Path>): BuiltinCall['direct'] => {
  const path = paths.get(DIRECT)
  if (path === undefined) return undefined
  const answer = (args: readonly Value[]): Value | typeof ASK => {
    if (args.some(isUnsure)) return ASK
    const found = path(...args)
    return found === ASK || found === FAILED || found instanceof Failure || isUnsure(found) ? ASK : found
  }
  return (name) => (name === DIRECT ? answer : undefined)
}
