import { realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { usageError } from './usage.ts'
import { reasonOf } from './yaml.ts'

/**
 * Writes a file as a whole: whoever reads it meanwhile sees what was there before, and so does everybody if it fails.
 *
 * A file that is there keeps its mode, a link keeps pointing to it. Throws `ERR_USAGE` when it cannot be written.
 */
export function writeWhole(path: string, content: Uint8Array | string): void {
  let temporary: string | undefined
  try {
    const there = statSync(path, { throwIfNoEntry: false })
    if (there !== undefined && !there.isFile()) {
      // A pipe or a device has nothing to replace.
      writeFileSync(path, content)
      return
    }
    const target = there === undefined ? path : realpathSync(path)
    temporary = `${target}.${process.pid}.tmp`
    writeFileSync(temporary, content, { flag: 'wx', ...(there === undefined ? {} : { mode: there.mode }) })
    renameSync(temporary, target)
  } catch (cause) {
    if (temporary !== undefined) rmSync(temporary, { force: true })
    throw usageError(`\`${path}\` cannot be written: ${reasonOf(cause)}`, 'name another file with `--output`')
  }
}
