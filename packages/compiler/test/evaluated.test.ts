import { isDeepStrictEqual } from 'node:util'
import { expect, jest } from '@jest/globals'
import { type ExactValue, formatValue, loadPolicy, parseValue, PlangateError } from '../../sdk/src/index.ts'
import { compileBundle } from '../src/index.ts'
import { because, guarded, lines, report, sampled } from './reference.ts'

// What is compared is not how fast this machine is.
jest.setTimeout(60 * 60_000)

/** A case of OPA's own tests of evaluation. Mirrors `listing` in scripts/oracle/reference. */
interface Case {
  readonly note: string
  readonly query: string
  readonly modules?: readonly string[]
  readonly data?: Readonly<Record<string, unknown>>
  readonly input?: unknown
  readonly input_term?: string
  readonly rego_version: string
  readonly want_errors?: unknown
  readonly want_defined?: boolean
  readonly want_result?: readonly Readonly<Record<string, ExactValue>>[]
  readonly want_error_code?: string
  readonly want_error?: string
  readonly strict_error?: boolean
  readonly sort_bindings?: boolean
}

/** Cases that end otherwise than OPA wants, and why. */
const remaining: Readonly<Record<string, string>> = {
  'data/toplevel integer': 'the number 2 does not find the key "2" of a base document (open-policy-agent/opa#3711)',
  'data/nested integer': 'the number 2 does not find the key "2" of a base document (open-policy-agent/opa#3711)',
  'fix1863/is defined': 'the query asks for the whole of `data`, which no entrypoint can be',
  'topdowndynamicdispatch/dynamic dispatch': 'the query asks for the whole of `data`, which no entrypoint can be',
  'regexmatch/re_match: bad pattern err':
    'the WebAssembly has one function for `re_match` and `regex.match`, whose error this is',
  'invalidkeyerror/invalid keys': 'the error of `http.send` lists the keys in brackets, not in braces',
  'time/time caching': "it calls `test.sleep`, a function of OPA's test program",
}

/** The parts of a query that are variables of its result. */
const variablesOf = ({ want_result: rows = [] }: Case): readonly string[] =>
  [...new Set(rows.flatMap(Object.keys))].filter((name) => !/^(?:\$|__)/.test(name))

/** Compiles the query of a case as a rule; where that would be recursive, the document that it asks for. */
const compiled = async (each: Case) => {
  const { modules = [], data, query, rego_version: version } = each
  const row = variablesOf(each).map((name) => `${JSON.stringify(name)}: ${name}`)
  const rule = `package plangate_case\n\nanswer ${version === 'v0' ? '=' : ':='} [{${row.join(', ')}} | ${query.replaceAll('\n', ' ')}]\n`
  const sources = Object.fromEntries(modules.map((text, index) => [`test-${index}.rego`, text]))
  const regoVersion = version === 'v0' ? 0 : 1
  const given = data === undefined ? {} : { 'data.json': formatValue(data) }
  const [, document = ''] = /^data\.([\w.]+) = x$/.exec(query) ?? []
  const tries = [
    { sources: { ...sources, 'case.rego': rule, ...given }, entrypoint: 'plangate_case/answer', data: {} },
    { sources: { ...sources, 'case.rego': rule }, entrypoint: 'plangate_case/answer', data: data ?? {} },
    { sources: { ...sources, ...given }, entrypoint: document.replaceAll('.', '/'), data: {} },
  ]
  for (const { sources: files, entrypoint, data: later } of tries) {
    if (entrypoint === '') continue
    const { bundle } = await compileBundle({ sources: files, entrypoints: [entrypoint], regoVersion, target: 'wasm' })
    if (bundle !== undefined) return { bundle, entrypoint, data: later }
  }
  return undefined
}

/** A term of Rego as value text, which has no comma at the end of a list. */
const textOf = (term: string): string => term.replace(/,(\s*[\]}])/g, '$1')

const asked = async (each: Case): Promise<{ readonly rows: ExactValue } | { readonly error: string }> => {
  const made = await compiled(each)
  if (made === undefined) return { error: 'does not compile' }
  try {
    const policy = await loadPolicy(made.bundle, {
      data: made.data,
      memoryBytes: 2 ** 26,
      // They ask for addresses of addresses, and for what is no request.
      grants: { lookup: true, http: true },
    })
    const input = each.input_term === undefined ? each.input : undefined
    const question = {
      entrypoint: made.entrypoint,
      numbers: 'exact',
      strictBuiltinErrors: each.strict_error ?? false,
    } as const
    const { value, defined } = await policy.evaluate({
      ...question,
      ...(input === undefined ? {} : { input }),
      ...(each.input_term === undefined ? {} : { inputText: textOf(each.input_term) }),
    })
    // Equal values of an input in bytes are one in memory.
    if (input !== undefined && !VARYING.test((each.modules ?? []).join())) {
      const shared = await policy.evaluate({ ...question, input: new TextEncoder().encode(formatValue(input)) })
      if (text(shared.value) !== text(value)) return { error: 'says something else of an input in bytes' }
    }
    if (made.entrypoint === 'plangate_case/answer') return { rows: value ?? [] }
    return { rows: defined ? [{ x: value }] : [] }
  } catch (error) {
    if (error instanceof PlangateError) return { error: error.message }
    throw error
  }
}

/** Functions that answer otherwise each time. */
const VARYING = /time\.now_ns|uuid\.rfc4122|rand\.intn|http\.send/

const text = (value: unknown): string => formatValue(value)

/** The rows in an order of their own; with `sort_bindings`, arrays that stand for sets are in one too. */
const comparable = (rows: unknown, { sort_bindings: sorts = false }: Case): readonly string[] =>
  // `as`: OPA's cases list rows
  (rows as readonly Readonly<Record<string, unknown>>[])
    .map((row) => {
      const members = Object.entries(row)
        .filter(([name]) => !/^(?:\$|__)/.test(name))
        .map(([name, value]) => [name, sorts && Array.isArray(value) ? value.map(text).sort() : value])
      return text(sortedKeys(Object.fromEntries(members)))
    })
    .sort()

const sortedKeys = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sortedKeys)
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]) => [key, sortedKeys(inner)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}

const passes = (each: Case, answer: Awaited<ReturnType<typeof asked>>): boolean => {
  const { want_error: error, want_error_code: code, want_result: rows, want_defined: isDefined } = each
  if (error !== undefined || code !== undefined) {
    // OPA's errors begin with a place in the sources.
    return 'error' in answer && answer.error.includes((error ?? '').replace(/^test-\d+\.rego:\d+: /, ''))
  }
  if ('error' in answer) return false
  if (rows !== undefined) return isDeepStrictEqual(comparable(answer.rows, each), comparable(rows, each))
  return isDefined !== undefined && comparable(answer.rows, each).length > 0 === isDefined
}

// `as`: our own program wrote them, with all digits of their numbers
const cases = (version: string): readonly Case[] =>
  (lines('cases.jsonl', parseValue) as unknown as readonly Case[]).filter(
    (each) => each.rego_version === version && each.want_errors === undefined,
  )

for (const version of ['v1', 'v0']) {
  guarded(`the ${version} cases of OPA are answered as OPA answers them${because}`, async () => {
    const all = cases(version)
    const sample = sampled(all, 60)
    const failed: string[] = []
    for (const each of sample) if (!passes(each, await asked(each))) failed.push(each.note)
    report(
      `evaluation-${version}`,
      `${sample.length} of ${all.length} cases evaluated, ${sample.length - failed.length} as OPA wants; ${failed.length} not`,
    )
    const expected = sample.map(({ note }) => note).filter((note) => note in remaining)
    expect([...new Set(failed)].sort()).toEqual([...new Set(expected)].sort())
  })
}
