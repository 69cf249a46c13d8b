import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import {
  Decision,
  PlangateError,
  complianceReport,
  firstIssue,
  renderComplianceHtml,
  renderComplianceMarkdown,
  renderComplianceText,
} from '@plangate/sdk'
import type { CacheFlag } from './cache.ts'
import { exitCodes } from './exit.ts'
import { frameworkNamed, frameworks } from './frameworks.ts'
import { openGates } from './gates.ts'
import { outputStyle } from './terminal.ts'
import { reasonOf, usageError } from './usage.ts'

/** The flags of `plangate report`. */
export interface ReportOptions {
  readonly framework?: string
  readonly policy?: readonly string[]
  readonly cache?: CacheFlag
  readonly output: string
  readonly color: boolean
}

/** Prints what a decision, or the library alone, says about the controls of a framework, and returns the exit code. */
export async function report(source: string | undefined, options: ReportOptions): Promise<number> {
  if (options.framework === undefined) {
    throw usageError('no framework is given', 'name one with `--framework`, as `--framework owasp_llm`')
  }
  const id = frameworkNamed(options.framework)
  const framework = frameworks()[id]
  if (framework === undefined) throw new TypeError(`frameworks.json has no \`${id}\``)
  const decision = source === undefined ? undefined : await readDecision(source)
  const { policy = ['builtin'], cache, color, output } = options
  const gates = await openGates({ color, cache, policy })
  const made = complianceReport({
    id,
    framework,
    catalogue: gates.flatMap(({ catalogue }) => catalogue),
    bundle: gates[0]?.bundle ?? { revision: '', sha256: '' },
    decision,
  })
  const { color: palette, columns } = outputStyle(color)
  const rendered = {
    json: () => `${JSON.stringify(made, null, 2)}\n`,
    markdown: () => renderComplianceMarkdown(made),
    html: () => renderComplianceHtml(made),
  }[output]
  const shown = rendered?.() ?? renderComplianceText(made, { color: palette, columns: Math.min(columns, 100) })
  process.stdout.write(shown)
  return exitCodes.pass
}

async function readDecision(source: string): Promise<Decision> {
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
  if (Array.isArray(value)) throw invalid(`it holds ${value.length} decisions, and a report is about one`)
  const parsed = Decision.safeParse(value)
  if (!parsed.success) throw invalid(firstIssue(parsed.error), parsed.error)
  return parsed.data
}

async function contents(source: string): Promise<string> {
  if (source === '-') return text(process.stdin)
  try {
    return readFileSync(source, 'utf8')
  } catch (cause) {
    throw usageError(`decision \`${source}\` cannot be read: ${reasonOf(cause)}`, 'check the path')
  }
}
