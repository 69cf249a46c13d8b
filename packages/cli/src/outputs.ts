import { appendFileSync } from 'node:fs'
import {
  type Decision,
  FORMATS,
  type Format,
  renderJson,
  renderText,
  type ReportOptions,
  type TextOptions,
} from '@plangate/sdk'
import { outputStyle } from './terminal.ts'
import { reasonOf, usageError } from './usage.ts'
import { version } from './version.ts'
import { writeWhole } from './write.ts'

/** A report to make: to a file, or where none is named to standard output. */
export interface Output {
  readonly format: Format
  readonly file: string | undefined
}

/**
 * The reports that `--output` asks for, each `<format>` or `<format>=<file>`. Where all go to files, text is printed besides.
 *
 * Throws `ERR_USAGE` for a format that there is not, and for two reports in one place.
 */
export function outputsOf(values: readonly string[]): readonly Output[] {
  const outputs = values.map((value): Output => {
    const [, name = '', file] = /^([^=]*)(?:=(.*))?$/s.exec(value) ?? []
    const format = FORMATS.find((each) => each === name)
    if (format === undefined) {
      throw usageError(
        `there is no format \`${name}\``,
        `take one of ${FORMATS.map((each) => `\`${each}\``).join(', ')}`,
      )
    }
    if (file === '') throw usageError(`\`--output ${format}=\` names no file`, `write \`--output ${format}=report\``)
    return { format, file }
  })
  const places = outputs.map(({ file }) => file)
  const twice = places.find((place, at) => places.indexOf(place) !== at)
  if (new Set(places).size < places.length) {
    throw usageError(
      `two reports go to ${twice === undefined ? 'standard output' : `\`${twice}\``}`,
      'name a file for each but one, as `--output sarif=report.sarif`',
    )
  }
  return places.includes(undefined) ? outputs : [{ format: 'stdout', file: undefined }, ...outputs]
}

/** Makes the reports. Files are written whole or not at all, before anything is printed. */
export async function writeReports(
  outputs: readonly Output[],
  decisions: readonly Decision[],
  options: ReportOptions,
  color: boolean,
): Promise<void> {
  const toFiles = outputs.filter(({ file }) => file !== undefined)
  for (const { format, file = '' } of toFiles) writeWhole(file, await reportOf(format, decisions, options))
  for (const { format, file } of outputs) {
    if (file === undefined)
      process.stdout.write(await reportOf(format, decisions, { ...options, ...outputStyle(color) }))
  }
}

/**
 * Adds the Markdown report to the summary of the step, where GitHub Actions has one; several steps add to the same. One that is
 * full takes no more, and is no reason to fail.
 */
export async function addStepSummary(decisions: readonly Decision[], options: ReportOptions): Promise<void> {
  const path = process.env['GITHUB_STEP_SUMMARY']
  if (path === undefined || path === '') return
  const text = await reportOf('markdown', decisions, options)
  try {
    appendFileSync(path, text)
  } catch (cause) {
    process.stderr.write(`warning: the summary of the step cannot be written: ${reasonOf(cause)}\n`)
  }
}

/** What most runs print is loaded without what they do not. */
async function reportOf(format: Format, decisions: readonly Decision[], options: TextOptions): Promise<string> {
  if (format === 'stdout') return renderText(decisions, options)
  if (format === 'json') return renderJson(decisions)
  const { render } = await import('./render.ts')
  return render(format, decisions, { ...options, version: version(), now: new Date() })
}
