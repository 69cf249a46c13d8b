import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { Decision, PlangateError, firstIssue, maskCredentials } from '@plangate/sdk'
import { reasonOf, usageError } from './usage.ts'

/**
 * The decisions in a file, or in standard input for `-`, that `plangate test --output json` wrote. Anybody may have written to it
 * since: what looks like a credential is masked in all texts.
 *
 * Throws `ERR_USAGE` for a file that cannot be read, and `ERR_DATA_INVALID` with the path of the first thing that is wrong.
 */
export async function readDecisions(source: string): Promise<readonly Decision[]> {
  const name = source === '-' ? 'standard input' : `\`${source}\``
  const given = await contents(source)
  const invalid = (issue: string, cause?: unknown) =>
    new PlangateError('ERR_DATA_INVALID', `${name} is no decision: ${issue}`, {
      hint: 'write one with `plangate test --output json plan.json`',
      cause,
    })
  let value: unknown
  try {
    value = JSON.parse(given)
  } catch (cause) {
    throw invalid(given.trim() === '' ? 'it is empty' : 'it is not JSON', cause)
  }
  return (Array.isArray(value) ? value : [value]).map((one) => {
    const parsed = Decision.safeParse(one)
    if (!parsed.success) throw invalid(firstIssue(parsed.error), parsed.error)
    return masked(parsed.data)
  })
}

/** A value in which no text shows a credential. */
function masked<T>(value: T): T {
  // `as`: what comes out has the shape of what goes in
  if (typeof value === 'string') return maskCredentials(value) as T
  if (Array.isArray(value)) return value.map(masked) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [maskCredentials(key), masked(inner)])) as T
}

async function contents(source: string): Promise<string> {
  if (source === '-') return text(process.stdin)
  try {
    return readFileSync(source, 'utf8')
  } catch (cause) {
    throw usageError(`decision \`${source}\` cannot be read: ${reasonOf(cause)}`, 'check the path')
  }
}
