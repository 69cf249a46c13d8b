import { PlangateError, type PolicyEntry, policyEntry } from '@plangate/bundle'
import type { Annotation, AnnotationsResponse } from '@plangate/opa'
import { place } from './diagnostics.ts'
import { compare } from './sources.ts'
import type { Diagnostic } from './types.ts'

interface Found {
  readonly catalogue: readonly PolicyEntry[]
  readonly diagnostics: readonly Diagnostic[]
}

/** A policy of the library is `plangate.policies.<category>.<name>`, and nothing else is. */
const isLibrary = (path: readonly string[]): boolean =>
  path.length === 4 && path[0] === 'plangate' && path[1] === 'policies'

const hasSeverity = ({ annotation }: Annotation): boolean => {
  const { custom } = annotation
  return typeof custom === 'object' && custom !== null && 'severity' in custom
}

/**
 * Returns the policies of the sources: the packages whose METADATA has a `custom.severity`.
 *
 * A package of the library must be one. Elsewhere METADATA is its author's, so what is not valid is only a warning.
 */
export const catalogueOf = ({ modules, annotations }: Pick<AnnotationsResponse, 'modules' | 'annotations'>): Found => {
  const packages = annotations.filter(({ scope }) => scope === 'package')
  const annotated = new Set(packages.map(({ path }) => path.join('/')))
  const diagnostics: Diagnostic[] = modules
    .filter((module) => isLibrary(module.package) && !annotated.has(module.package.join('/')))
    .map(({ package: path, file, line }) => ({
      code: 'metadata_error',
      severity: 'error',
      message: `policy \`${path.slice(2).join('/')}\` has no METADATA on its package`,
      ...place(file, line),
    }))
  const entries: { readonly entry: PolicyEntry; readonly annotation: Annotation }[] = []
  for (const annotation of packages.filter((each) => isLibrary(each.path) || hasSeverity(each))) {
    try {
      entries.push({ entry: policyEntry(annotation.path, annotation.annotation), annotation })
    } catch (error) {
      diagnostics.push(invalid(annotation, error))
    }
  }
  const catalogue = entries.map(({ entry }) => entry).toSorted((a, b) => compare(a.id, b.id))
  return { catalogue, diagnostics: [...diagnostics, ...repeated(entries)] }
}

const invalid = ({ path, file, line }: Annotation, error: unknown): Diagnostic => {
  if (!(error instanceof PlangateError)) throw error
  const { message, hint } = error
  const severity = isLibrary(path) ? 'error' : 'warning'
  return { code: 'metadata_error', severity, message, ...place(file, line), ...(hint === undefined ? {} : { hint }) }
}

/** Waivers and parameters name a policy by its id. An alias may be shared: one row elsewhere can be several policies. */
const repeated = (
  entries: readonly { readonly entry: PolicyEntry; readonly annotation: Annotation }[],
): readonly Diagnostic[] => {
  const owners = new Map<string, string>()
  return entries.flatMap(({ entry: { id }, annotation: { path, file, line } }): Diagnostic[] => {
    const owner = owners.get(id)
    owners.set(id, owner ?? path.join('.'))
    if (owner === undefined) return []
    const message = `\`${id}\` names two policies, \`${owner}\` and \`${path.join('.')}\``
    return [{ code: 'metadata_error', severity: 'error', message, ...place(file, line) }]
  })
}
