/** Builds the bundle of the library, dist/library.tar.gz. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { compileBundle } from '@plangate/compiler'

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
}
