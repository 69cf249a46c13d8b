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
import { PlangateError } from '@plangate/sdk'
import { reasonOf, usageError } from './usage.ts'

/** What the system says of a disk that is full, or fails: nobody has typed anything wrong. */
const FAULTS_OF_DISKS: readonly string[] = ['ENOSPC', 'EDQUOT', 'EIO', 'EFBIG']

/**
 * Writes a file whole or not at all: whoever reads it, and whenever the command is killed, finds what was there before
 * or what is there after. What is no file, such as `/dev/stdout`, is written to as it stands, and a link stays one.
 *
 * Throws `ERR_OUTPUT_FAILED` where there is no room, or the disk fails; `ERR_USAGE` when it cannot be written for another reason.
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
    const message = `\`${path}\` cannot be written: ${reasonOf(cause, 'folder')}`
    if (cause instanceof Error && 'code' in cause && FAULTS_OF_DISKS.includes(String(cause.code)))
      throw new PlangateError('ERR_OUTPUT_FAILED', message, {
        hint: 'make room on the disk, or write to another place',
      })
    throw usageError(message, hint)
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
