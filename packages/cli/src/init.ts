import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { exitCodes } from './exit.ts'
import { ciFiles, configFile, type Pipeline, type StartFile, waiverFile } from './starter.ts'
import { outputStyle } from './terminal.ts'
import { reasonOf, usageError } from './usage.ts'

/** The flags of `plangate init`. */
export interface InitOptions {
  readonly ci?: Pipeline | 'none'
  readonly yes: boolean
  readonly color: boolean
}

/**
 * Shows the files that make a repository ready for the gate, and writes those that are not there yet once the user agrees: by
 * `--yes`, or where somebody can be asked.
 *
 * Throws `ERR_USAGE` where a file cannot be written.
 */
export async function init(folder: string, options: InitOptions): Promise<number> {
  const ci = options.ci ?? pipelineOf(folder)
  const files = [
    configFile(existsSync(join(folder, 'policy'))),
    waiverFile(),
    ...(ci === 'none' ? [] : ciFiles[ci]),
  ].map((file) => ({ ...file, isThere: existsSync(join(folder, file.path)) }))
  const { color } = outputStyle(options.color)
  for (const { path, text, isThere } of files) {
    process.stdout.write(`${color.bold(path)}${isThere ? color.yellow(' is there already, and stays as it is') : ''}\n`)
    if (!isThere) process.stdout.write(`${text.replaceAll(/^(?=.)/gm, '  ').trimEnd()}\n`)
    process.stdout.write('\n')
  }
  const missing = files.filter(({ isThere }) => !isThere)
  if (missing.length === 0) {
    process.stdout.write('nothing to write\n')
    return exitCodes.pass
  }
  if (!options.yes && !(await agreed(missing.length))) {
    process.stdout.write('nothing was written; `--yes` writes without a question\n')
    return exitCodes.pass
  }
  for (const file of missing) write(folder, file)
  const next = ci === 'none' ? [] : missing.flatMap(({ next: then }) => (then === undefined ? [] : [then]))
  for (const line of [`wrote ${missing.map(({ path }) => path).join(', ')}`, ...next]) process.stdout.write(`${line}\n`)
  return exitCodes.pass
}

/** The pipelines that a repository has already. */
function pipelineOf(folder: string): Pipeline | 'none' {
  const has = (path: string) => existsSync(join(folder, path))
  if (has('.github')) return 'github'
  if (has('.gitlab-ci.yml') || has('.gitlab')) return 'gitlab'
  return has('azure-pipelines.yml') ? 'azure' : 'none'
}

async function agreed(count: number): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return false
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  try {
    return /^y(es)?$/i.test((await terminal.question(`write ${count} files? [y/N] `)).trim())
  } finally {
    terminal.close()
  }
}

function write(folder: string, { path, text }: StartFile): void {
  try {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    // One that has come to be there in the meantime is not touched either.
    writeFileSync(join(folder, path), text, { flag: 'wx' })
  } catch (cause) {
    throw usageError(`\`${path}\` cannot be written: ${reasonOf(cause, 'folder')}`, 'check the folder')
  }
}
