import { badArgument, PlangateError } from '@plangate/bundle'
import { type Decimal, exactNumber } from './decimal.ts'
import { MAX_VALUE_DEPTH, tooDeep } from './format.ts'
import { quote, wellFormed } from './quote.ts'

/** A value with exact numbers: a bigint or a `Decimal` where a JavaScript number would lose digits. */
export type ExactValue =
  | null
  | boolean
  | string
  | number
  | bigint
  | Decimal
  | readonly ExactValue[]
  | ReadonlySet<ExactValue>
  | ReadonlyMap<ExactValue, ExactValue>
  | { readonly [key: string]: ExactValue }

const TOKEN = /\s*(?:(set\(\s*\))|([[\]{},:])|(")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?)|(null|true|false))/uy

/**
 * Returns the value of an OPA value text, of which JSON is a part: `{1, 2}` is a `Set`, `set()` an empty one, and an object
 * with keys that are no strings a `Map`.
 *
 * @throws PlangateError `ERR_INPUT_NOT_JSON`, `ERR_INPUT_TOO_DEEP`
 */
export const parseValue = (text: string): ExactValue => {
  if (typeof text !== 'string') throw badArgument('text', 'is a string')
  const token = new RegExp(TOKEN)
  let [found, kind] = ['', '']
  const next = (): void => {
    const from = token.lastIndex
    const match = token.exec(text)
    if (match === null) {
      if (text.slice(from).trim() !== '') throw broken()
      found = kind = ''
      return
    }
    const [, set, mark, opening, number, word] = match
    const string = opening && stringAt(text, token.lastIndex - 1)
    if (string) token.lastIndex += string.length - 1
    found = set ?? mark ?? string ?? number ?? word ?? ''
    kind = set ? 'set' : mark ? 'mark' : string ? 'string' : number ? 'number' : 'word'
  }
  const take = (mark: string): boolean => {
    if (kind !== 'mark' || found !== mark) return false
    next()
    return true
  }
  const value = (depth: number): ExactValue => {
    if (depth > MAX_VALUE_DEPTH) throw tooDeep()
    if (take('[')) return list(']', () => value(depth + 1))
    if (take('{')) return braces(depth + 1)
    const result = scalar()
    next()
    return result
  }
  const scalar = (): ExactValue => {
    switch (kind) {
      case 'string':
        return wellFormed(unquoted(found))
      case 'number':
        return exactNumber(found)
      case 'word':
        return found === 'null' ? null : found === 'true'
      case 'set':
        return new Set()
      default:
        throw broken()
    }
  }
  const list = <T>(end: string, item: () => T): T[] => {
    const items: T[] = []
    if (take(end)) return items
    do items.push(item())
    while (take(','))
    if (!take(end)) throw broken()
    return items
  }
  const braces = (depth: number): ExactValue => {
    let isSet: boolean | undefined
    const entries = list('}', (): readonly [ExactValue, ExactValue] => {
      const key = value(depth)
      const colon = take(':')
      isSet ??= !colon
      if (isSet === colon) throw broken()
      return [key, colon ? value(depth) : null]
    })
    if (isSet === true) return new Set(entries.map(([key]) => key))
    if (!entries.every(([key]) => typeof key === 'string')) return new Map(entries)
    return Object.fromEntries(entries.map(([key, inner]) => [String(key), inner]))
  }
  next()
  const result = value(0)
  if (kind !== '') throw broken()
  return result
}

/** The string whose quote is at `from`. A pattern would repeat a group, for which V8 has no room in a long one. */
const stringAt = (text: string, from: number): string => {
  for (let at = text.indexOf('"', from + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let before = at
    while (text[before - 1] === '\\') before -= 1
    if ((at - before) % 2 === 0) return text.slice(from, at + 1)
  }
  throw broken()
}

const unquoted = (string: string): string => {
  try {
    // `as`: what begins with a quote is nothing else
    return JSON.parse(string) as string
  } catch {
    // Without the cause, which quotes it.
    throw broken()
  }
}

const broken = (): PlangateError =>
  new PlangateError('ERR_INPUT_NOT_JSON', 'the text is neither JSON nor an OPA value', {
    hint: `write strings in double quotes, sets as \`{1, 2}\` and \`set()\`, such as \`${quote('a')}\``,
  })
