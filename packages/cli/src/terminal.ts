import type { Palette } from '@plangate/sdk'
import pc from 'picocolors'

/** What decides how text looks on a stream: its colours, and after how many columns it wraps. */
export interface Style {
  readonly color: Palette
  readonly columns: number
}

/**
 * The style of a stream, standard output unless said: plain and unwrapped unless it is a terminal.
 *
 * `NO_COLOR` (any value but the empty one, https://no-color.org) and `--no-color` switch colours off, `FORCE_COLOR`
 * switches them on in a pipe.
 */
export function outputStyle(
  color: boolean,
  { isTTY, columns }: Pick<NodeJS.WriteStream, 'isTTY' | 'columns'> = process.stdout,
): Style {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env
  const forced = FORCE_COLOR !== undefined && FORCE_COLOR !== '' && FORCE_COLOR !== '0'
  // Never undefined, as `isTTY` is in a pipe: picocolors would then decide by itself, and colours whatever has `CI` set.
  const wanted = color && !NO_COLOR && (forced || (isTTY === true && TERM !== 'dumb'))
  return { color: pc.createColors(wanted), columns: isTTY ? Math.max(60, Math.min(columns, 120)) : Infinity }
}

/**
 * What `work` returns; while it runs, what it says it is doing stands on standard error, if that is a terminal.
 *
 * Each text is shown at once: the compiler holds the thread while it works, so that no timer would run.
 */
export async function withProgress<T>(work: (show: (text: string) => void) => Promise<T>): Promise<T> {
  if (!process.stderr.isTTY) return work(() => {})
  const clear = '\r\u001b[K'
  try {
    return await work((text) => process.stderr.write(`${clear}${text} …`))
  } finally {
    process.stderr.write(clear)
  }
}

/**
 * Lets a reader such as `head` close the pipe: what is still to be written is dropped, the exit code stays. Where standard output
 * takes nothing for another reason, such as a full disk, nobody has the report: the outcome is then `failed`, whatever it says.
 */
export function survivePipes(failed: number): void {
  // Nothing can be said about what is wrong with the place where it would be said.
  process.stderr.on('error', () => {})
  process.stdout.once('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return
    process.stderr.write(
      `error: standard output cannot be written: ${error.code ?? error.name} [ERR_OUTPUT_FAILED]\n` +
        'hint: make room on the disk, or write to another place\n',
    )
    process.on('exit', () => {
      process.exitCode = failed
    })
  })
  process.stdout.on('error', () => {})
}
