import {
  type Decision,
  PlangateError,
  complianceReport,
  renderComplianceHtml,
  renderComplianceMarkdown,
  renderComplianceText,
} from '@plangate/sdk'
import type { CacheFlag } from './cache.ts'
import { exitCodes } from './exit.ts'
import { frameworkNamed, frameworks } from './frameworks.ts'
import { openGates } from './gates.ts'
import { checkPlaces, outputsOf, writeReports } from './outputs.ts'
import { readDecisions } from './reported.ts'
import { outputStyle } from './terminal.ts'
import { usageError } from './usage.ts'

/** What a report about a framework may be. */
const complianceFormats = ['stdout', 'json', 'markdown', 'html']

/** The flags of `plangate report`. */
export interface ReportOptions {
  readonly framework?: string
  readonly policy?: readonly string[]
  readonly cache?: CacheFlag
  readonly output?: readonly string[]
  readonly color: boolean
}

/**
 * Turns decisions into a report of another format, or with a framework says what a decision, or the library alone, says about its
 * controls. Returns the exit code.
 */
export async function report(source: string | undefined, options: ReportOptions): Promise<number> {
  const { framework, output = ['stdout'] } = options
  if (framework !== undefined) return reportFramework(source, { ...options, framework, output })
  if (source === undefined) {
    throw usageError(
      'neither a decision nor a framework is given',
      'name a decision, or a framework as `--framework owasp_llm`',
    )
  }
  const outputs = outputsOf(output)
  checkPlaces(outputs, [source])
  const decisions = await readDecisions(source)
  const names = decisions.map(({ plan }) => plan.name ?? plan.sha256.slice(0, 12))
  const gates = await openGates({ color: options.color, cache: options.cache, policy: options.policy ?? ['builtin'] })
  await writeReports(
    outputs,
    decisions,
    { names, catalogue: gates.flatMap(({ catalogue }) => catalogue) },
    options.color,
  )
  return exitCodes.pass
}

async function reportFramework(
  source: string | undefined,
  options: ReportOptions & { readonly framework: string; readonly output: readonly string[] },
): Promise<number> {
  const [output = 'stdout', ...more] = options.output
  if (more.length > 0 || !complianceFormats.includes(output)) {
    throw usageError(
      `there is no such report of a framework as \`${[output, ...more].join(',')}\``,
      `take one of ${complianceFormats.map((name) => `\`${name}\``).join(', ')}`,
    )
  }
  const id = frameworkNamed(options.framework)
  const framework = frameworks()[id]
  if (framework === undefined) throw new TypeError(`frameworks.json has no \`${id}\``)
  const decision = source === undefined ? undefined : await onlyDecision(source)
  const { policy = ['builtin'], cache, color } = options
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

/** The decision that a compliance report is about. */
async function onlyDecision(source: string): Promise<Decision> {
  const [decision, ...others] = await readDecisions(source)
  if (decision !== undefined && others.length === 0) return decision
  throw new PlangateError(
    'ERR_DATA_INVALID',
    `\`${source}\` holds ${others.length === 0 ? 'no decision' : `${others.length + 1} decisions`}, and such a report is about one`,
    {
      hint: 'write one with `plangate test --output json plan.json`',
    },
  )
}
