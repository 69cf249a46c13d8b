import { appendFileSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
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

/**
 * Throws `ERR_USAGE` for a report that would take the place of another, or of a file that the command reads: a plan, or what says how
 * to judge it.
 */
export function checkPlaces(outputs: readonly Output[], inputs: readonly (string | undefined)[]): void {
  const taken = new Map<string, string>()
  for (const input of inputs) {
    const place = input === undefined ? undefined : placeOf(input)
    if (place !== undefined) taken.set(place, `\`${input}\`, which the command reads`)
  }
  for (const { file } of outputs) {
    const place = file === undefined ? undefined : placeOf(file)
    if (place === undefined) continue
    const other = taken.get(place)
    if (other !== undefined)
      throw usageError(`\`${file}\` would be written over ${other}`, 'name another file with `--output`')
    taken.set(place, 'another report')
  }
}

/** What tells a file from others, whether it is there or not; nothing for what is no file, such as `/dev/null`. */
function placeOf(path: string): string | undefined {
  try {
    const info = statSync(path, { throwIfNoEntry: false })
    if (info === undefined) return join(realpathSync(dirname(path)), basename(path))
    return info.isFile() ? realpathSync(path) : undefined
  } catch {
    // It cannot be written either, which is told when that is tried.
    return undefined
  }
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
    // Nobody may ever read from a pipe.
    if (statSync(path, { throwIfNoEntry: false })?.isFIFO() === true)
      throw Object.assign(new Error(), { code: 'ENXIO' })
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
