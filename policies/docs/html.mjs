import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { indexPage } from './html/index.mjs'
import { policyPage } from './html/policy.mjs'
import { readLibrary } from './library.mjs'

/** Writes the catalogue as pages that can be opened from a disk: index.html and `<category>/<name>.html`. */
export function writePages(folder, library = readLibrary()) {
  rmSync(folder, { recursive: true, force: true })
  const write = (name, text) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  write('index.html', indexPage(library))
  for (const policy of library.policies) write(`${policy.id}.html`, policyPage(policy, library))
}
