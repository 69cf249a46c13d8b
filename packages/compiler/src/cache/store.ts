import { randomBytes } from 'node:crypto'
import { readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openOwnFolder, PlangateError } from '@plangate/bundle'
import { cacheOptions } from '../arguments.ts'
import { hashBytes, sealed, unsealed } from './entry.ts'
import { defaultFolder } from './folder.ts'

/** A cache on disk. */
export interface CacheOptions {
  /**
   * The folder, which is made where it is missing. One that belongs to somebody else or that others may write to is
   * refused. Default: `plangate` in `$XDG_CACHE_HOME`, or where the platform keeps caches.
   */
  readonly folder?: string
  /** Bytes of all entries; those that have not been used for longest go first. Default 256 MiB. */
  readonly maxBytes?: number
  /** Called when the cache cannot be read or written; work goes on without it. */
  readonly onError?: (error: PlangateError) => void
}

/** Bytes by key, a sha256 in hexadecimal. What cannot be read is not there, and what cannot be written is dropped. */
export interface Store {
  readonly read: (key: string) => Promise<Uint8Array | undefined>
  readonly write: (key: string, bytes: Uint8Array) => Promise<void>
}

const entryName = /^[0-9a-f]{64}(\.\d+-[0-9a-f]{16}\.tmp)?$/
// A writer takes milliseconds: after this long, it has been killed.
const abandonedMs = 10 * 60 * 1000

/**
 * Returns the cache in a folder, which any number of processes may use at once.
 *
 * An entry appears whole, by a rename, and carries the hash of its key and bytes: whatever a kill, a full disk or a
 * power failure leaves behind is no entry.
 *
 * @throws PlangateError `ERR_CACHE_UNSAFE` for a folder that was named; another one is done without
 */
export const openStore = async (asked: CacheOptions): Promise<Store> => {
  const options = cacheOptions('options', asked)
  const { folder = defaultFolder(), maxBytes = 256 * 1024 ** 2, onError = () => {} } = options
  const fail = (what: string, cause: unknown): undefined => {
    const hint = 'the bundle is not affected; name another folder, or do without the cache'
    onError(
      new PlangateError('ERR_CACHE_FAILED', `the cache \`${folder}\` cannot be ${what}: ${codeOf(cause)}`, {
        hint,
        cause,
      }),
    )
  }
  try {
    await openOwnFolder(folder)
  } catch (error) {
    if (error instanceof PlangateError && options.folder !== undefined) throw error
    if (error instanceof PlangateError) onError(error)
    else fail('opened', error)
    return { read: async () => undefined, write: async () => {} }
  }
  return {
    read: async (key) => {
      const path = join(folder, key)
      try {
        const bytes = unsealed(key, await readFile(path))
        if (bytes === undefined) await rm(path, { force: true })
        else await used(path)
        return bytes
      } catch (cause) {
        return codeOf(cause) === 'ENOENT' ? undefined : fail('read', cause)
      }
    },
    write: async (key, bytes) => {
      const temporary = join(folder, `${key}.${process.pid}-${randomBytes(8).toString('hex')}.tmp`)
      try {
        if (bytes.length + hashBytes > maxBytes) return
        await writeFile(temporary, sealed(key, bytes), { flag: 'wx', mode: 0o600 })
        await rename(temporary, join(folder, key))
        await evict(folder, maxBytes)
      } catch (cause) {
        fail('written', cause)
        await rm(temporary, { force: true }).catch((error: unknown) => fail('cleaned', error))
      }
    },
  }
}

/** Notes that an entry was of use. In a folder that is only read, nothing is evicted either. */
const used = async (path: string): Promise<void> => {
  const now = new Date()
  await utimes(path, now, now).catch((error: unknown) => {
    if (!['ENOENT', 'EROFS', 'EACCES', 'EPERM'].includes(codeOf(error))) throw error
  })
}

/** Removes what killed writers have left, and the oldest entries until the others fit. */
const evict = async (folder: string, maxBytes: number): Promise<void> => {
  const names = (await readdir(folder)).filter((name) => entryName.test(name))
  const found = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name)
      // Another process may have removed it meanwhile.
      const info = await stat(path).catch(() => undefined)
      return info === undefined ? [] : [{ path, bytes: info.size, time: info.mtimeMs, isDraft: name.endsWith('.tmp') }]
    }),
  )
  const drafts = found.flat().filter(({ isDraft }) => isDraft)
  const abandoned = drafts.filter(({ time }) => Date.now() - time > abandonedMs)
  let total = drafts.reduce((sum, draft) => sum + (abandoned.includes(draft) ? 0 : draft.bytes), 0)
  const surplus = found
    .flat()
    .filter(({ isDraft }) => !isDraft)
    .toSorted((a, b) => b.time - a.time)
    .filter(({ bytes }) => {
      total += bytes
      return total > maxBytes
    })
  for (const { path } of [...abandoned, ...surplus]) await rm(path, { force: true })
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error)
