import type { Script } from 'node:vm'
import { exitCodes } from './exit.ts'
import { type Pack, packed } from './pack.ts'
import { storeBeside } from './store.ts'

/** Bytes of V8's code that are kept, for all commands and versions. */
const MAX_BYTES = 64 * 1024 ** 2

/**
 * Keeps the code that V8 has made of modules, and of those in `pack` that were not needed this time. A command that was
 * mistyped is not worth it.
 */
export async function keep(
  { folder, key }: { readonly folder: string; readonly key: string },
  pack: Pack,
  modules: ReadonlyMap<string, { readonly script: Script }>,
): Promise<void> {
  if (process.exitCode === exitCodes.usage) return
  const store = await storeBeside(folder, MAX_BYTES)
  if (store === undefined) return
  const made = [...modules].map(([name, { script }]) => [name, script.createCachedData()] as const)
  await store.write(key, packed(new Map([...pack, ...made])))
}
