import { MASK } from '@plangate/bundle'
import { redactor } from '../decision/redact.ts'
import { readInput } from '../input/read.ts'
import { marksOf } from './marks.ts'
import { isObject, pointerMatcher, step } from './pointer.ts'

/** How the input is logged. */
export interface LogInput {
  /** JSON pointers, below the plan, of what is left out, as `/prior_state`. A key `*` stands for any. */
  readonly erase?: readonly string[]
  /** JSON pointers of what is masked, beside what Terraform marks and what looks like a credential. */
  readonly mask?: readonly string[]
  /** Bytes of a plan that is logged; of a larger one there is no input. Default 8 MiB. */
  readonly maxBytes?: number
}

/** The input as it may be logged, and what is missing of it. */
export interface MaskedInput {
  readonly input: unknown
  readonly erased: readonly string[]
  readonly masked: readonly string[]
}

/**
 * Returns a plan without its secrets: what Terraform marks as sensitive is masked whatever it is, and marked strings and
 * whatever looks like a credential wherever else they turn up, in keys too.
 *
 * Numbers are JavaScript's: those of more than 15 digits may come out rounded.
 *
 * @throws PlangateError as `readInput` for what is no plan
 */
export const maskedInput = (bytes: Uint8Array, { erase = [], mask = [] }: LogInput): MaskedInput => {
  const redact = redactor(readInput(bytes).facts.sensitive)
  const document: unknown = JSON.parse(
    new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).replace(/^\uFEFF/, ''),
  )
  const marked = marksOf(document)
  const isErased = pointerMatcher(erase)
  const isMasked = pointerMatcher(mask)
  const erased: string[] = []
  const masked: string[] = []
  const at = (pointer: string) => `/input${redact(pointer)}`
  const walk = (value: unknown, keys: readonly string[], pointer: string, mark: unknown): unknown => {
    if (mark === true || isMasked(keys)) {
      if (value === null || value === undefined) return value
      masked.push(at(pointer))
      return MASK
    }
    if (typeof value === 'string') {
      const text = redact(value)
      if (text !== value) masked.push(at(pointer))
      return text
    }
    if (typeof value !== 'object' || value === null) return value
    const marks = [mark, marked.get(value)]
    const entries = Object.entries(value).flatMap(([key, inner]) => {
      const next = [...keys, key]
      if (!isErased(next)) return [[redact(key), walk(inner, next, step(pointer, key), under(marks, key))] as const]
      erased.push(at(step(pointer, key)))
      return []
    })
    return Array.isArray(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries)
  }
  const input = walk(document, [], '', undefined)
  return { input, erased, masked }
}

/** The mark of what lies under a key. */
const under = (marks: readonly unknown[], key: string): unknown => {
  const inner = marks.flatMap((mark) => (isObject(mark) && Object.hasOwn(mark, key) ? [mark[key]] : []))
  return inner.includes(true) || inner.find((mark) => mark !== undefined)
}
