/**
 * Proves that the METADATA of every policy says what a reader needs, beyond the schema that the build applies.
 *
 * `node scripts/check-metadata.mjs [folder]` prints one line for each fault and ends with 1 when there is one.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { acrossPolicies } from './metadata/across.mjs'
import { frameworkFaults } from './metadata/frameworks.mjs'
import { placeholders } from './metadata/placeholders.mjs'
import { readPolicies } from './metadata/read.mjs'
import { resourceTypeFaults } from './metadata/resource-types.mjs'
import { severityFaults } from './metadata/severities.mjs'
import { sourceFaults } from './metadata/sources.mjs'
import { textFaults } from './metadata/texts.mjs'

const known = JSON.parse(readFileSync(new URL('../policies/frameworks.json', import.meta.url), 'utf8'))

/** One line for each fault of the policies in `folder`, which holds `policies/<category>/<name>/` and `lib`. */
export function faults(folder) {
  const { policies, library, broken } = readPolicies(folder)
  const each = policies.flatMap((policy) =>
    [
      ...placeholders(policy),
      ...textFaults(policy),
      ...sourceFaults(policy),
      ...severityFaults(policy),
      ...frameworkFaults(policy, known),
      ...resourceTypeFaults(policy, library),
    ].map((fault) => `${policy.id}: ${fault}`),
  )
  return [...broken, ...each, ...acrossPolicies(policies)]
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2] ?? fileURLToPath(new URL('../policies/plangate', import.meta.url))
  const found = existsSync(join(folder, 'policies')) ? faults(folder) : [`\`${folder}\` holds no \`policies\``]
  for (const line of found) console.error(line)
  process.exitCode = found.length === 0 ? 0 : 1
}
