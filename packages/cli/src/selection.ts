import { type Config, type Gate, nearest } from '@plangate/sdk'
import { usageError } from './usage.ts'

/** Which policies are asked; all of what is said has to hold. */
export interface Selection {
  readonly policyId?: readonly string[]
  readonly severity?: readonly string[]
  readonly framework?: readonly string[]
}

/** The name of a rule of a user's own policies, as `main/deny`. */
const rule = /^(?<namespace>.+)\/(?:deny|violation|warn)(?:_[a-zA-Z0-9]+)*$/

/**
 * The config with the policies that the flags ask for, out of those that the config asks for; as it is where no flag does. A rule of
 * a user's own policies has no METADATA, and is asked when it is named.
 *
 * Throws `ERR_USAGE` for a name that no policy has, and where nothing is left to ask.
 */
export async function selected(config: Config, gates: readonly Gate[], selection: Selection): Promise<Config> {
  const { policyId, severity, framework } = selection
  if (policyId === undefined && severity === undefined && framework === undefined) return config
  const own = (policyId ?? []).filter((name) => rule.test(name))
  const namespaces = gates.flatMap((gate) => gate.namespaces)
  for (const name of own) checkRule(name, namespaces)
  const names = (policyId ?? []).filter((name) => !rule.test(name))
  const { filtered, listed } = await import('./catalogue.ts')
  const catalogue = gates.flatMap((gate) => gate.catalogue)
  const all = own.length > 0 && names.length === 0 ? [] : listed(catalogue, config)
  const filters = {
    names,
    ...(severity === undefined ? {} : { severity }),
    ...(framework === undefined ? {} : { framework }),
  }
  const before = config.policies
  const ids = [...filtered(all, filters, config.environment ?? 'prod'), ...own.map((id) => ({ id, aliases: [] }))]
    .filter(({ id, aliases }) => before === undefined || [id, ...aliases].some((name) => before.includes(name)))
    .map(({ id }) => id)
  if (ids.length > 0) return { ...config, policies: [...new Set(ids)] }
  throw usageError('no policy is left to ask', '`plangate list` takes the same flags, and shows what they select')
}

function checkRule(name: string, namespaces: readonly string[]): void {
  const namespace = rule.exec(name)?.groups?.['namespace']?.replaceAll('/', '.') ?? ''
  if (namespaces.includes(namespace)) return
  const near = nearest(namespace, namespaces)
  throw usageError(
    `there is no namespace \`${namespace}\` for \`${name}\``,
    near === undefined ? '`--namespace` says which are tested' : `did you mean \`${near}\`?`,
  )
}
