/** Builds the bundle of the library, dist/library.tar.gz, and the pages of its catalogue, dist/catalogue/index.html. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { compileBundle } from '@plangate/compiler'
import { writePages } from './docs/html.mjs'

const here = fileURLToPath(new URL('.', import.meta.url))
const { bundle, diagnostics } = await compileBundle({ sources: here })

for (const { file, line, column, severity, message, code } of diagnostics) {
  console.error(`${file}:${line}:${column}: ${severity}: ${message} [${code}]`)
}
if (bundle === undefined) {
  process.exitCode = 1
} else {
  mkdirSync(new URL('dist/', import.meta.url), { recursive: true })
  writeFileSync(new URL('dist/library.tar.gz', import.meta.url), bundle)
  writePages(fileURLToPath(new URL('dist/catalogue/', import.meta.url)))
}
