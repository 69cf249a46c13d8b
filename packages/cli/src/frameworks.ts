import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Framework, type FrameworkId, frameworkIds, nearest } from '@plangate/sdk'
import { usageError } from './usage.ts'

/**
 * The framework that `name` means: its id in METADATA, `mitre_atlas`, or what of it is no other's: `atlas`, `MITRE-ATLAS`.
 *
 * Throws `ERR_USAGE` for any other name.
 */
export function frameworkNamed(name: string): FrameworkId {
  const plain = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_')
  const exact = frameworkIds.find((id) => id === plain)
  const partly = frameworkIds.filter((id) => plain !== '' && id.includes(plain))
  const [found, other] = exact === undefined ? partly : [exact]
  if (found !== undefined && other === undefined) return found
  const near = nearest(plain, partly.length > 0 ? partly : frameworkIds)
  throw usageError(
    partly.length > 1
      ? `\`${name}\` may be ${partly.map((id) => `\`${id}\``).join(' or ')}`
      : `there is no framework \`${name}\``,
    partly.length > 1 || near === undefined
      ? `frameworks are ${frameworkIds.map((id) => `\`${id}\``).join(', ')}`
      : `did you mean \`${near}\`?`,
  )
}

/** What the library's package says of the frameworks, and what their ids are called. */
export function frameworks(): Readonly<Record<string, Framework>> {
  const path = createRequire(import.meta.url).resolve('@plangate/policies/frameworks.json')
  // `as`: the package has the same version, and a check of the repository proves its shape
  return JSON.parse(readFileSync(path, 'utf8')) as Record<FrameworkId, Framework>
}
