import { expect } from '@jest/globals'
import { because, compare, counted, guarded, lines, report, sampled, type Subject } from './reference.ts'

/** A case of OPA's own tests. Mirrors `listing` in scripts/oracle/reference. */
interface Case {
  readonly file: string
  readonly note: string
  readonly query: string
  readonly modules?: readonly string[]
  readonly data?: Readonly<Record<string, unknown>>
  readonly rego_version: string
}

/**
 * The packages of a case and the rule that its query asks for, as far as they have plain names. A package with functions
 * cannot be an entrypoint.
 */
const entrypointsOf = ({ query, modules = [] }: Case): readonly string[] => {
  const documents = modules.filter((text) => !/^[\w.]+\(/m.test(text))
  const packages = documents.flatMap((text) => /^\s*package\s+([\w.]+)\s*$/m.exec(text)?.[1] ?? [])
  const asked = /^data\.([\w.]+) = \w+$/.exec(query)?.[1] ?? []
  return [...new Set([...packages, ...[asked].flat()])].map((name) => name.replaceAll('.', '/')).sort()
}

const subjectOf = (each: Case): Subject => ({
  name: `${each.rego_version} ${each.file} ${each.note}`,
  files: {
    ...Object.fromEntries((each.modules ?? []).map((text, index) => [`test-${index}.rego`, text])),
    ...(each.data === undefined ? {} : { 'data.json': JSON.stringify(each.data) }),
  },
  entrypoints: entrypointsOf(each),
  regoVersion: each.rego_version === 'v0' ? 0 : 1,
})

// `as`: our own program wrote them
const cases = (version: string): readonly Subject[] =>
  (lines('cases.jsonl') as readonly Case[]).filter((each) => each.rego_version === version).map(subjectOf)

for (const version of ['v0', 'v1']) {
  guarded(
    `the ${version} cases of OPA compile or fail as they do with OPA${because}`,
    async () => {
      const subjects = sampled(cases(version), 5).map((subject): Subject => ({ ...subject, target: 'rego' }))
      const comparison = await compare(subjects)
      report(`compliance-${version}-rego`, counted(comparison))
      expect(comparison.differences).toEqual([])
    },
    30 * 60_000,
  )

  guarded(
    `the ${version} cases of OPA become the WebAssembly that opa build makes of them${because}`,
    async () => {
      const comparison = await compare(sampled(cases(version), 80))
      report(`compliance-${version}-wasm`, counted(comparison))
      expect(comparison.differences).toEqual([])
    },
    30 * 60_000,
  )
}
