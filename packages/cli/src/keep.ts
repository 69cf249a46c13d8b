import { dirname } from 'node:path'
import type { Script } from 'node:vm'
import { openStore } from '@plangate/compiler'
import { PlangateError } from '@plangate/sdk'
import { printWarning } from './errors.ts'
import { exitCodes } from './exit.ts'
import { type Pack, packed } from './pack.ts'

/** Bytes of V8's code that are kept, for all commands and versions. */
const MAX_BYTES = 64 * 1024 ** 2

/**
 * Keeps the code that V8 has made of modules, and of those in `pack` that were not needed this time.
 *
 * A command that was mistyped is not worth it. A cache that nobody asked for is done without; `PLANGATE_DEBUG` says so.
 */
export async function keep(
  { folder, key }: { readonly folder: string; readonly key: string },
  pack: Pack,
  modules: ReadonlyMap<string, { readonly script: Script }>,
): Promise<void> {
  if (process.exitCode === exitCodes.usage) return
  const onError = process.env['PLANGATE_DEBUG'] ? printWarning : undefined
  try {
    const report = onError === undefined ? {} : { onError }
    // Nor is anything put into a folder of others.
    await openStore({ folder: dirname(folder), ...report })
    const store = await openStore({ folder, maxBytes: MAX_BYTES, ...report })
    const made = [...modules].map(([name, { script }]) => [name, script.createCachedData()] as const)
    await store.write(key, packed(new Map([...pack, ...made])))
  } catch (error) {
    // Others may write to the folder.
    if (!(error instanceof PlangateError)) throw error
    onError?.(error)
  }
}
