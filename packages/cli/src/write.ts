import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fchmodSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { reasonOf, usageError } from './usage.ts'

/**
 * Writes a file whole or not at all: whoever reads it, and whenever the command is killed, finds what was there before
 * or what is there after. What is no file, such as `/dev/stdout`, is written to as it stands, and a link stays one.
 *
 * Throws `ERR_USAGE` when it cannot be written.
 */
export function writeWhole(
  path: string,
  content: Uint8Array | string,
  hint = 'name another file with `--output`',
): void {
  try {
    const info = statSync(path, { throwIfNoEntry: false })
    if (info !== undefined && !info.isFile() && !info.isDirectory()) writeFileSync(path, content)
    else replace(info === undefined ? path : realpathSync(path), content, info?.mode)
  } catch (cause) {
    throw usageError(`\`${path}\` cannot be written: ${reasonOf(cause, 'folder')}`, hint)
  }
}

function replace(path: string, content: Uint8Array | string, mode: number | undefined): void {
  const beside = join(dirname(path), `.${randomBytes(8).toString('hex')}.tmp`)
  try {
    const file = openSync(beside, 'wx')
    try {
      // What the process masks out of the modes of new files must not change that of an old one.
      if (mode !== undefined) fchmodSync(file, mode & 0o777)
      writeFileSync(file, content)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(beside, path)
  } catch (cause) {
    rmSync(beside, { force: true })
    throw cause
  }
}
