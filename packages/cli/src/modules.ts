import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { defaultFolder, readStored } from '@plangate/compiler'
import type { ModuleCache } from '@plangate/sdk'
import { type CacheFlag, cacheOf } from './cache.ts'

/** Bytes of all modules that are kept. */
const MAX_BYTES = 64 * 1024 ** 2

/** Where modules of bundles are kept that were made ready to run by this code; undefined where the flag says nowhere. */
export function moduleCache(flag: CacheFlag): ModuleCache | undefined {
  const options = cacheOf(flag)
  if (options === false) return undefined
  const folder = join(options.folder ?? defaultFolder(), 'modules')
  const code = readFileSync(new URL('code.sha256', import.meta.url))
  const keyOf = (key: string) => createHash('sha256').update(code).update(key).digest('hex')
  return {
    read: (key) => readStored(folder, keyOf(key)),
    write: (key, bytes) => void write(folder, keyOf(key), bytes),
  }
}

async function write(folder: string, key: string, bytes: Uint8Array): Promise<void> {
  const { storeBeside } = await import('./store.ts')
  await (await storeBeside(folder, MAX_BYTES))?.write(key, bytes)
}
