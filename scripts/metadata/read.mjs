/** The policies of a library with their METADATA and READMEs, and its modules. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { load } from 'js-yaml'
import { readLibrary } from '../mutate/library.mjs'

/**
 * `policies` are `{ id, metadata, package, source, text, readme }`, where `text` is that of all METADATA blocks; what has
 * no METADATA that can be read is in `broken`, one line each.
 */
export function readPolicies(folder) {
  const library = readLibrary(folder)
  const [policies, broken] = [[], []]
  for (const { package: name, path, source, test } of library.values()) {
    const id = /^plangate\.policies\.(\w+)\.(\w+)$/.exec(name)?.slice(1).join('/')
    if (test || id === undefined) continue
    const block = /^# METADATA\n((?:#.*\n)+)package /m.exec(source)?.[1]
    const metadata = block === undefined ? undefined : parsed(block)
    if (typeof metadata?.custom !== 'object') {
      broken.push(`${id}: no METADATA with \`custom\` stands right above the package`)
      continue
    }
    const page = join(folder, dirname(path), 'README.md')
    const readme = existsSync(page) ? readFileSync(page, 'utf8') : ''
    policies.push({ id, metadata, package: name, source, text: block, readme })
  }
  return { policies, library, broken }
}

function parsed(block) {
  try {
    return load(block.replace(/^# ?/gm, ''))
  } catch {
    return undefined
  }
}
