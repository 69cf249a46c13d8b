import { PlangateError } from '@plangate/bundle'

/** A rule of a user's own policies that gives findings, as conftest names them. */
export interface FindingRule {
  readonly entrypoint: string
  /** The package with dots, `main` or `team.network`. */
  readonly namespace: string
  /** The id of its findings, the entrypoint's path. */
  readonly id: string
  readonly status: 'fail' | 'warn'
}

/** What a bundle can decide. */
export interface Namespaces {
  /** All namespaces, in code-unit order. */
  readonly names: readonly string[]
  /** The entrypoint that gives all of the library's findings at once, when the library is among the chosen. */
  readonly library: string | undefined
  readonly rules: readonly FindingRule[]
}

/** The library's own namespace and the entrypoint that holds all its lists. */
export const LIBRARY_NAMESPACE = 'plangate.main'
const LIBRARY_ENTRYPOINT = 'plangate/main/findings'

const RULE = /^(?<path>.+)\/(?:(?<fail>(?:deny|violation)(?:_[a-zA-Z0-9]+)*)|warn(?:_[a-zA-Z0-9]+)*)$/

/**
 * Returns what the entrypoints of a bundle decide, as far as it is in the chosen namespaces; unless chosen, in all.
 *
 * @throws PlangateError `ERR_NAMESPACE_UNKNOWN` for a namespace that the bundle does not have, a bundle with none, or an
 * empty choice, with which every plan would pass
 */
export const namespacesOf = (entrypoints: readonly string[], chosen?: readonly string[]): Namespaces => {
  const hasLibrary = entrypoints.includes(LIBRARY_ENTRYPOINT)
  const all = entrypoints
    .flatMap((entrypoint): FindingRule[] => {
      const groups = RULE.exec(entrypoint)?.groups
      if (groups?.path === undefined) return []
      const namespace = groups.path.replaceAll('/', '.')
      if (hasLibrary && (namespace === LIBRARY_NAMESPACE || namespace.startsWith('plangate.policies.'))) return []
      return [{ entrypoint, namespace, id: entrypoint, status: groups.fail === undefined ? 'warn' : 'fail' }]
    })
    .sort((a, b) => (a.entrypoint < b.entrypoint ? -1 : 1))
  const known = new Set([...(hasLibrary ? [LIBRARY_NAMESPACE] : []), ...all.map(({ namespace }) => namespace)])
  if (chosen?.length === 0) throw noneChosen([...known].sort())
  const unknown = chosen?.find((name) => !known.has(name))
  if (unknown !== undefined || known.size === 0) throw unknownNamespace(unknown, [...known].sort())
  const names = [...(chosen === undefined ? known : new Set(chosen))].sort()
  return {
    names,
    library: hasLibrary && names.includes(LIBRARY_NAMESPACE) ? LIBRARY_ENTRYPOINT : undefined,
    rules: all.filter(({ namespace }) => names.includes(namespace)),
  }
}

const noneChosen = (known: readonly string[]): PlangateError =>
  new PlangateError('ERR_NAMESPACE_UNKNOWN', 'no namespace is chosen, so that nothing would be decided', {
    hint: `leave \`namespaces\` out for all, or take of ${known.map((one) => `\`${one}\``).join(', ')}`,
  })

const unknownNamespace = (name: string | undefined, known: readonly string[]): PlangateError => {
  const list = known.map((one) => `\`${one}\``).join(', ')
  return name === undefined
    ? new PlangateError('ERR_NAMESPACE_UNKNOWN', 'the bundle has no entrypoint that gives findings', {
        hint: 'build it with entrypoints such as `main/deny` and `main/warn`',
      })
    : new PlangateError('ERR_NAMESPACE_UNKNOWN', `the bundle has no namespace \`${name}\``, {
        hint: known.length === 0 ? 'build it with entrypoints such as `main/deny`' : `it has ${list}`,
      })
}
