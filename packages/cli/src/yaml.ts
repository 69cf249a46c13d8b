import { readFileSync } from 'node:fs'
import type { ErrorCode } from '@plangate/sdk'
import { PlangateError } from '@plangate/sdk'
import { YAMLException, load } from 'js-yaml'
import { reasonOf, usageError } from './usage.ts'

/**
 * What the YAML or JSON file `path` holds; nothing but comments is an empty object.
 *
 * Throws `code` for a file that is neither, with the line; `ERR_USAGE` for one that cannot be read. `what` names the
 * file in the message: a config, a data file.
 */
export function readYaml(path: string, what: string, code: ErrorCode): unknown {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    throw usageError(`${what} \`${path}\` cannot be read: ${reasonOf(cause)}`, 'check the path')
  }
  let value: unknown
  try {
    value = path.endsWith('.json') ? JSON.parse(text) : isEmpty(text) ? {} : load(text)
  } catch (cause) {
    const format = path.endsWith('.json') ? 'JSON' : 'YAML'
    throw new PlangateError(code, `${what} \`${path}\` is not ${format}${place(cause)}`, {
      hint: 'check the syntax there',
      cause,
    })
  }
  // Only YAML can name a value a second time, with an anchor.
  if (!path.endsWith('.json') && text.includes('*') && sizeOf(value) > MOST_VALUES) {
    throw new PlangateError(code, `${what} \`${path}\` repeats itself with anchors: more than ${MOST_VALUES} values`, {
      hint: 'write each value once, and look where the file comes from',
    })
  }
  return value
}

/** Values that a file may stand for: some lines of YAML can stand for any number of them, and for one that contains itself. */
const MOST_VALUES = 10_000_000

/** How many values one stands for, each counted as often as it is named; infinitely many where it contains itself. */
function sizeOf(value: unknown, known: Map<object, number> = new Map()): number {
  if (typeof value !== 'object' || value === null) return 1
  const counted = known.get(value)
  if (counted !== undefined) return counted
  known.set(value, Infinity)
  const size = Object.values(value).reduce<number>((sum, one) => sum + sizeOf(one, known), 1)
  known.set(value, size)
  return size
}

function isEmpty(text: string): boolean {
  return text.split('\n').every((line) => /^\s*(#|---\s*$|$)/.test(line))
}

function place(cause: unknown): string {
  if (!(cause instanceof YAMLException)) return ''
  const line = cause.mark === undefined ? '' : ` at line ${cause.mark.line + 1}`
  return `${line}: ${cause.reason}`
}
