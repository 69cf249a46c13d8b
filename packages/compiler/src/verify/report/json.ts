import type { TestRun } from '@plangate/opa'

/** Returns what `opa test --format json` prints about a run whose results come with OPA's JSON. */
export const jsonTests = ({ results }: TestRun, { sort = false }: { readonly sort?: boolean } = {}): string => {
  const sorted = sort ? results.toSorted((a, b) => b.durationNs - a.durationNs) : results
  if (sorted.length === 0) return 'null\n'
  return `[\n${sorted.map(({ json = '' }) => json).join(',\n')}\n]\n`
}
