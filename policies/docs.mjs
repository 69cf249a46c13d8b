/**
 * Writes what is made of the METADATA of the policies and committed: docs/policies.md, docs/moving.md, plangate.schema.json
 * and waivers.schema.json.
 *
 * `node policies/docs.mjs` names each that is not up to date and ends with 1 when there is one; `--write` writes them. Needs
 * no build.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { home, readLibrary } from './docs/library.mjs'
import { catalogue, movingTable } from './docs/markdown.mjs'
import { configSchema, waiversSchema } from './docs/schema.mjs'

const library = readLibrary()
const files = {
  '../docs/policies.md': catalogue(library),
  '../docs/moving.md': movingTable(library),
  'plangate.schema.json': `${JSON.stringify(configSchema(library), null, 2)}\n`,
  'waivers.schema.json': `${JSON.stringify(waiversSchema(library), null, 2)}\n`,
}

for (const [name, text] of Object.entries(files)) {
  const path = join(home, name)
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue
  const shown = relative(join(home, '..'), path)
  if (process.argv.includes('--write')) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    console.log(`${shown} is written`)
  } else {
    console.error(`${shown} is not what the policies say: run \`node policies/docs.mjs --write\` and commit it`)
    process.exitCode = 1
  }
}
