import { FAILED, type Path } from './answer.ts'
import { isArray, isObject, isSet, type Value, writeValue } from './value.ts'

/** Takes a line that a policy prints. */
export type Print = (line: string) => void

/** Lines of one call: an argument with several values makes one for each of them. */
const MOST_LINES = 10_000

/**
 * Returns OPA's `internal.print`: each argument is a set of the values that it has, none for an undefined one, and each
 * combination of them is a line. OPA: v1/topdown/print.go
 */
export const printing =
  (print: Print): Path =>
  (given) => {
    if (given === undefined || !isArray(given)) return FAILED
    let lines = 0
    const each = (at: number, words: readonly string[]): void => {
      if (lines >= MOST_LINES) return
      if (at < given.length) for (const word of wordsOf(given[at])) each(at + 1, [...words, word])
      else {
        lines += 1
        print(words.join(' '))
      }
    }
    each(0, [])
    return true
  }

const wordsOf = (argument: Value | undefined): readonly string[] => {
  if (argument === undefined) return []
  if (!isSet(argument)) return [wordOf(argument)]
  return argument.set.length === 0 ? ['<undefined>'] : argument.set.map(wordOf)
}

const wordOf = (value: Value): string => (typeof value === 'string' ? value : textOf(value))

/** A value as OPA's String() has it; values come in order. */
const textOf = (value: Value): string => {
  if (isArray(value)) return `[${value.map(textOf).join(', ')}]`
  if (isSet(value) && value.set.length > 0) return `{${value.set.map(textOf).join(', ')}}`
  if (!isObject(value)) return writeValue(value)
  return `{${value.object.map(([key, item]) => `${textOf(key)}: ${textOf(item)}`).join(', ')}}`
}
