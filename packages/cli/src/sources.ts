import { readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Sources } from '@plangate/sdk'

/**
 * The sources of plans: those in `folder`, or where nothing is said those that lie beside all of them; none for `off`. Files are
 * named from the working directory, as the tools that show a finding in its place take them.
 *
 * Throws `ERR_SOURCE_NOT_FOUND` where a folder that is named is not there.
 */
export async function sourcesFor(plans: readonly string[], folder: string | undefined): Promise<Sources | undefined> {
  if (folder === 'off') return undefined
  const root = folder ?? besideAll(plans)
  if (root === undefined) return undefined
  const { loadSources } = await import('@plangate/sdk')
  return loadSources(root, { relativeTo: process.cwd() })
}

/** The one folder that all plans lie in, standard input in the working directory, where it has sources. */
function besideAll(plans: readonly string[]): string | undefined {
  const [folder, ...others] = new Set(plans.map((plan) => (plan === '-' ? '.' : dirname(plan))))
  if (folder === undefined || others.length > 0) return undefined
  try {
    return readdirSync(folder).some((name) => /\.tf(\.json)?$/.test(name)) ? folder : undefined
  } catch {
    return undefined
  }
}
