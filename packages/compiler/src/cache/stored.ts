import { readFileSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { isOwnFolder } from '@plangate/bundle'
import { unsealed } from './entry.ts'

/**
 * Returns what a cache on disk has for a key, at once; undefined where there is nothing, where it cannot be read or is
 * damaged, and where others could have put it there. What is wrong with a cache is said when it is written.
 */
export const readStored = (folder: string, key: string): Uint8Array | undefined => {
  const path = join(folder, key)
  try {
    if (!isOwnFolder(folder)) return undefined
    const bytes = unsealed(key, readFileSync(path))
    // Noted as of use; a folder that is only read evicts nothing either.
    if (bytes !== undefined) touch(path)
    return bytes
  } catch {
    return undefined
  }
}

const touch = (path: string): void => {
  const now = new Date()
  try {
    utimesSync(path, now, now)
  } catch {
    // It is gone meanwhile, or may not be written.
  }
}
