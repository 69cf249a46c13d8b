import { isDeepStrictEqual } from 'node:util'
import { expect, jest } from '@jest/globals'
import { evaluate, unordered } from './engine.ts'
import { answers, because, compare, counted, guarded, lines, report, sampled, type Subject } from './reference.ts'

// What is compared is not how fast this machine is.
jest.setTimeout(60 * 60_000)

/** A piece of Rego in OPA's documentation. Mirrors what scripts/reference.mjs writes. */
interface Document {
  readonly name: string
  readonly rego: string
  readonly input?: unknown
  readonly data?: Readonly<Record<string, unknown>>
}

/** What has another value each time, reaches out, or is where OPA keeps what it knows of bundles. */
const unsteady =
  /^package system\b|time\.now_ns|rand\.intn|http\.send|opa\.runtime|uuid\.rfc4122|net\.lookup_ip_addr|trace\(/m

/** What OPA's own WebAssembly does otherwise than its interpreter. */
const otherwise: ReadonlySet<string> = new Set([
  // 0 / 0 stops the whole evaluation instead of being undefined
  'docs/debugging/index.md#4',
  // json.marshal of an object, whose keys are in no order
  'docs/policy-reference/_examples/crypto/digest_verification/policy.rego',
])

/** Its rules, or its package where it has no functions: the document of a package with functions is no value. */
const entrypointsOf = (rego: string): readonly string[] => {
  const name = /^package\s+([\w.]+)\s*$/m.exec(rego)?.[1]?.replaceAll('.', '/')
  if (name === undefined) return []
  if (!/^[a-z_][\w.]*\(/m.test(rego)) return [name]
  const rules = [...rego.matchAll(/^(?:default\s+)?([a-z_]\w*)(?=\s*(?::?=|\[|\.|\{|\s+(?:if|contains)\b|$))/gm)]
  const kept = rules.flatMap(([, rule = '']) => (['import', 'package', 'default', 'else'].includes(rule) ? [] : [rule]))
  return [...new Set(kept)].map((rule) => `${name}/${rule}`)
}

const subjectOf = ({ name, rego, input = {}, data }: Document, regoVersion: 0 | 1): Subject => {
  const entrypoints = entrypointsOf(rego)
  const values = entrypoints.map((path) => `[x | x := data.${path.replaceAll('/', '.')}]`)
  return {
    name: `v${regoVersion} ${name}`,
    files: { 'policy.rego': rego, ...(data === undefined ? {} : { 'data.json': JSON.stringify(data) }) },
    entrypoints,
    regoVersion,
    inputs: [input],
    ...(unsteady.test(rego) || otherwise.has(name) || entrypoints.length === 0
      ? {}
      : { query: `[${values.join(', ')}]` }),
  }
}

guarded(
  `the Rego in OPA's documentation becomes the bundles of opa build, with the values of its sources${because}`,
  async () => {
    // `as`: our own script wrote them
    const documents = sampled(lines('documents.jsonl') as readonly Document[], 50)
    const subjects = documents.flatMap((each) => [subjectOf(each, 1), subjectOf(each, 0)])
    const expected = answers(subjects)
    const comparison = await compare(subjects, expected)
    expect(comparison.differences).toEqual([])

    const different: unknown[] = []
    let values = 0
    for (const [index, { name, entrypoints, inputs = [] }] of subjects.entries()) {
      const [bundle, said] = [comparison.bundles.get(name), expected[index]?.values?.[0]]
      if (bundle === undefined || said === undefined) continue
      const ours = await evaluate(bundle, entrypoints, inputs).then(
        ([first = []]) => first.map((value) => (value === undefined ? [] : [value])),
        (error: unknown) => `${error}`,
      )
      const theirs = said.error ?? said.result
      values += 1
      const bothFail = typeof ours === 'string' && said.error !== undefined
      if (!bothFail && !isDeepStrictEqual(unordered(ours), unordered(theirs))) different.push({ name, ours, theirs })
    }
    report('documents', `${counted(comparison)}; ${values} evaluated, ${values - different.length} equal`)
    expect(different).toEqual([])
  },
)
