import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { loadGate } from '@plangate/sdk'

/** The sources of the library and its built bundle. */
export const sources = fileURLToPath(new URL('../plangate', import.meta.url))
export const bundle = fileURLToPath(new URL('../dist/library.tar.gz', import.meta.url))

/** The gate of the built library. */
export const gate = await loadGate(bundle)

/** The path of a stock tool that the test command has built, empty where it has not. */
export function oracle(name: 'opa' | 'conftest'): string {
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const path = fileURLToPath(new URL(`../../.cache/oracle/${name}${suffix}`, import.meta.url))
  return existsSync(path) ? path : ''
}
