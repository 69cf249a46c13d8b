import { type Stats, lstatSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { type Diagnostic, type DiagnosticFormat, type FormatOptions, formatSource } from '@plangate/compiler'
import { PlangateError } from '@plangate/sdk'
import { printDiagnostics } from './diagnostics.ts'
import { exitCodes } from './exit.ts'
import { type LimitFlags, limitsOf } from './limits.ts'
import { withProgress } from './terminal.ts'
import { reasonOf } from './usage.ts'
import { writeWhole } from './write.ts'

/** The flags of `plangate fmt`. */
export interface FmtOptions extends LimitFlags {
  readonly write: boolean
  readonly list: boolean
  readonly diff: boolean
  readonly fail: boolean
  readonly checkResult: boolean
  readonly dropV0Imports: boolean
  readonly v0V1: boolean
  readonly v0Compatible: boolean
  readonly v1Compatible: boolean
  readonly capabilities?: string
  readonly format: DiagnosticFormat
  readonly color: boolean
}

/**
 * Formats the Rego at `paths`, or standard input, as `opa fmt` does, and returns the exit code.
 *
 * As there, the first source that is not Rego ends it; what was before it has been printed or written. Standard output is
 * opa's, byte for byte, except for a list in one of the formats for programs, which goes to the end.
 */
export async function fmt(paths: readonly string[], options: FmtOptions): Promise<number> {
  const isList = options.list && options.format !== 'text'
  const settings = settingsOf(options)
  if (paths.length === 0) return fmtInput(settings, options)
  let changed = false
  const listed: Diagnostic[] = []
  for (const file of paths.flatMap((path) => [...regoFiles(path)])) {
    const outcome = await fmtFile(file, settings, options)
    if (isList) {
      listed.push(...outcome.diagnostics, ...(outcome.changed ? [unformatted(file)] : []))
      continue
    }
    if (outcome.diagnostics.length > 0) return refused(outcome.diagnostics, file, options)
    changed ||= outcome.changed
    if (outcome.changed && options.fail) {
      process.stderr.write(`${file}: not formatted\nhint: run \`plangate fmt --write ${file}\`\n`)
      return exitCodes.findings
    }
  }
  if (isList) {
    printDiagnostics(listed, { format: options.format })
    if (listed.some(({ code }) => code !== 'unformatted')) return exitCodes.usage
    return listed.length > 0 ? exitCodes.findings : exitCodes.pass
  }
  return options.list && changed ? exitCodes.findings : exitCodes.pass
}

interface Outcome {
  readonly changed: boolean
  readonly diagnostics: readonly Diagnostic[]
}

async function fmtFile(file: string, settings: FormatOptions, options: FmtOptions): Promise<Outcome> {
  const { write, list, diff, fail } = options
  const contents = readSource(file)
  const { output, changed, diagnostics } = await formatted(contents, {
    ...settings,
    file,
    diff: diff && !list,
    failFast: fail && !list && !diff,
  })
  if (output === undefined) return { changed, diagnostics }
  if (list) {
    if (changed && options.format === 'text') process.stdout.write(`${file}\n`)
  } else if (diff) {
    if (changed) process.stdout.write(Buffer.concat([output, Buffer.from('\n')]))
  } else if (!write) {
    process.stdout.write(output)
  } else if (changed) {
    writeWhole(file, output, 'check who may write there')
  }
  return { changed, diagnostics }
}

async function fmtInput(settings: FormatOptions, options: FmtOptions): Promise<number> {
  const contents = await buffer(process.stdin)
  // As in opa, the result is not parsed again.
  const { output, diagnostics } = await formatted(contents, { ...settings, checkResult: false })
  if (output === undefined) {
    return refused(diagnostics, 'standard input', options, { stdin: contents.toString('utf8') })
  }
  process.stdout.write(output)
  return exitCodes.pass
}

function formatted(contents: Uint8Array, options: FormatOptions): ReturnType<typeof formatSource> {
  return withProgress((show) => {
    show('formatting')
    return formatSource(contents, options)
  })
}

/** What holds for all files; the time of the limit runs from here. */
function settingsOf(options: FmtOptions): FormatOptions {
  const { checkResult, dropV0Imports, v0V1, v0Compatible, v1Compatible, capabilities } = options
  return {
    checkResult,
    dropV0Imports,
    regoV1: v0V1,
    v0Compatible,
    v1Compatible,
    ...limitsOf(options),
    ...(capabilities === undefined ? {} : { capabilities }),
  }
}

function refused(
  diagnostics: readonly Diagnostic[],
  file: string,
  { color, format }: FmtOptions,
  sources: Readonly<Record<string, string>> = {},
): number {
  printDiagnostics(diagnostics, { color, format, sources })
  throw new PlangateError('ERR_POLICY_INVALID', `\`${file}\` cannot be formatted`, {
    hint: 'mend what is listed above and run it again',
  })
}

function unformatted(file: string): Diagnostic {
  return {
    code: 'unformatted',
    severity: 'error',
    message: 'not formatted',
    file,
    line: 1,
    column: 1,
    endLine: 1,
    endColumn: 1,
    hint: `run \`plangate fmt --write ${file}\``,
  }
}

/** The Rego files at a path in the order of Go's `filepath.Walk`, which goes by bytes and follows no link to a folder. */
function* regoFiles(path: string): Generator<string> {
  if (lstat(path).isDirectory()) {
    const names = readdirSync(path).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    for (const name of names) yield* regoFiles(join(path, name))
  } else if (path.endsWith('.rego')) yield path
}

function lstat(path: string): Stats {
  try {
    return lstatSync(path)
  } catch (cause) {
    throw new PlangateError('ERR_SOURCE_NOT_FOUND', `there is no Rego at \`${path}\``, {
      hint: 'name folders and files',
      cause,
    })
  }
}

function readSource(file: string): Uint8Array {
  try {
    return readFileSync(file)
  } catch (cause) {
    throw new PlangateError('ERR_SOURCE_INVALID', `\`${file}\` cannot be read: ${reasonOf(cause)}`, {
      hint: 'a source is a file with Rego',
      cause,
    })
  }
}
