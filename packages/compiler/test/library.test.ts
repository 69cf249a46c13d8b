import { readFileSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, jest } from '@jest/globals'
import { because, compare, counted, guarded, report } from './reference.ts'

// What is compared is not how fast this machine is.
jest.setTimeout(60 * 60_000)

const library = fileURLToPath(new URL('../../../policies/plangate', import.meta.url))

/** The library's sources as they lie in its folder, without tests. */
const sources = (): Readonly<Record<string, Uint8Array>> =>
  Object.fromEntries(
    readdirSync(library, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.rego') && !entry.name.endsWith('_test.rego'))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [join('plangate', relative(library, path)), readFileSync(path)]),
  )

guarded(`the library becomes, byte for byte, the WebAssembly and the Rego of opa build${because}`, async () => {
  const files = sources()
  const subject = { files, entrypoints: [], regoVersion: 1 } as const
  const comparison = await compare([
    { ...subject, name: 'wasm' },
    { ...subject, name: 'rego', target: 'rego' },
  ])
  report('library', `${Object.keys(files).length} files, ${counted(comparison)}`)
  expect(comparison.differences).toEqual([])
  expect(comparison.counts).toEqual({ bundle: 2 })
})
