import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { Decision, PlangateError, firstIssue } from '@plangate/sdk'
import { reasonOf, usageError } from './usage.ts'

/**
 * The decisions in a file, or in standard input for `-`, that `plangate test --output json` wrote.
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
    return parsed.data
  })
}

async function contents(source: string): Promise<string> {
  if (source === '-') return text(process.stdin)
  try {
    return readFileSync(source, 'utf8')
  } catch (cause) {
    throw usageError(`decision \`${source}\` cannot be read: ${reasonOf(cause)}`, 'check the path')
  }
}
