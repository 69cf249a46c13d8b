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
  try {
    return path.endsWith('.json') ? JSON.parse(text) : isEmpty(text) ? {} : load(text)
  } catch (cause) {
    const format = path.endsWith('.json') ? 'JSON' : 'YAML'
    throw new PlangateError(code, `${what} \`${path}\` is not ${format}${place(cause)}`, {
      hint: 'check the syntax there',
      cause,
    })
  }
}

function isEmpty(text: string): boolean {
  return text.split('\n').every((line) => /^\s*(#|---\s*$|$)/.test(line))
}

function place(cause: unknown): string {
  if (!(cause instanceof YAMLException)) return ''
  const line = cause.mark === undefined ? '' : ` at line ${cause.mark.line + 1}`
  return `${line}: ${cause.reason}`
}
