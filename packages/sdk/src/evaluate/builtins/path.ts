import { type Answer, ASK, type Path } from './answer.ts'
import { parseValue, type Value } from './value.ts'

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
