import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { checkPolicies, compileBundle, type Diagnostic } from '../src/index.ts'

const opa = process.env['PLANGATE_OPA'] ?? fileURLToPath(new URL('../../../.cache/oracle/opa', import.meta.url))
const reason = existsSync(opa) ? undefined : 'there is no `opa`: `npm test` builds one, PLANGATE_OPA names another'
const guarded = reason === undefined ? test : test.skip
const because = reason === undefined ? '' : ` (${reason})`

const preamble = `package probe

s := {x | some x in ["m9", "m1", "b", "a", "zz", "q", "k3", "c"]}
n := {3, 1, 2, 10, 7, 100, 55}
o := {"zz": 1, "b": 2, "a": 3, "m9": 4, "q": 5}
po[k] := 1 if some k in s
ps contains k if some k in s
g := {"a": {"b", "c"}, "b": set(), "c": set()}

`

/** What may tell the order of a set or an object, one expression a rule. */
const probes = [
  '[x | some x in s]',
  '[x | some x in n]',
  '[k | some k, _ in o]',
  '[v | some v in o]',
  '[x | s[x]]',
  '[k | po[k]]',
  '[k | some k, _ in po]',
  '[k | some k in ps]',
  '[x | some x in (s - {"b"})]',
  '[x | some x in (s & {"b", "a", "zz", "q"})]',
  '[x | some x in (s | {"y"})]',
  '[[x, y] | some x in [1, 2]; some y in s]',
  '[x | some x in [s, n]]',
  '[x | some x in graph.reachable(g, {"a"})]',
  '[x | some x in object.keys(o)]',
  '[p | walk(o, [p, _])]',
  '[p | walk(s, [p, _])]',
  '[p | walk([1, 2], [p, _])]',
  '[x | some x in s][0]',
  'array.concat([x | some x in s], [1])',
  'array.slice([x | some x in s], 0, 2)',
  'array.reverse([x | some x in s])',
  '{"a": [x | some x in s]}',
  '[count(xs) | xs := [x | some x in s]]',
  'sort([x | some x in s])',
  '{x | some x in [y | some y in s]}',
  'count([x | some x in s])',
  'max([x | some x in s])',
  'sum([x | some x in n])',
  '"a" in [x | some x in s]',
  '[1 | some x in s]',
  '[x | some x in sort(s)]',
  'concat(",", s)',
  'concat(",", sort(s))',
  'concat(",", [x | some x in s])',
  'split(concat(",", s), ",")',
  'json.marshal(s)',
  'json.marshal(o)',
  'json.marshal([o])',
  'json.marshal({"b": 1, "a": 2})',
  'json.marshal(sort(s))',
  'json.marshal_with_options(o, {"pretty": false})',
  'yaml.marshal(o)',
  'base64.encode(json.marshal(s))',
  'crypto.sha256(json.marshal(o))',
  'sprintf("%v", [s])',
  'sprintf("%v %v", ["x", {"k": s}])',
  'sprintf("%v", [[x | some x in s]])',
  'urlquery.encode_object({"b": "1", "a": "2", "c": {"y", "x"}})',
  '$"{s}"',
  '$"x {o}"',
  '$"x {count(s)}"',
  'sort(s)',
  'sum(n)',
  'product(n)',
  'max(s)',
  'union({s, {"x"}})',
  'object.keys(o)',
  'object.filter(o, s)',
  'object.union_n([{"a": 1}, {"a": 2}])',
  'json.filter(o, ["a", "b"])',
  'strings.replace_n({"a": "b", "b": "c"}, "aab")',
  'strings.any_prefix_match("abc", s)',
  'graph.reachable_paths(g, {"a"})',
] as const

const first = preamble.split('\n').length
const text = `${preamble}${probes.map((probe, index) => `r["${index}"] := ${probe}`).join('\n')}\n`
const folder = mkdtempSync(join(tmpdir(), 'order-'))
afterAll(() => rmSync(folder, { recursive: true }))

const answers = (...from: readonly string[]): Readonly<Record<string, unknown>> => {
  const { result } = JSON.parse(
    execFileSync(opa, ['eval', ...from, '--format', 'json', 'data.probe.r'], { encoding: 'utf8' }),
  )
  return result[0].expressions[0].value
}

describe('what is warned of is what differs between OPA and WebAssembly', () => {
  const warned = new Set<number>()
  let others: readonly Diagnostic[] = []
  let interpreted: Readonly<Record<string, unknown>> = {}
  let compiled: Readonly<Record<string, unknown>> = {}

  beforeAll(async () => {
    if (reason !== undefined) return
    const { diagnostics } = await checkPolicies({ sources: { 'probe.rego': text } })
    others = diagnostics.filter(({ code, severity }) => code !== 'order_dependent' || severity !== 'warning')
    for (const { line } of diagnostics) warned.add(line - first)
    writeFileSync(join(folder, 'probe.rego'), text)
    const { bundle = new Uint8Array() } = await compileBundle({
      sources: { 'probe.rego': text },
      entrypoints: ['probe/r'],
    })
    writeFileSync(join(folder, 'bundle.tar.gz'), bundle)
    interpreted = answers('--data', join(folder, 'probe.rego'))
    compiled = answers('--bundle', join(folder, 'bundle.tar.gz'))
  })

  guarded(`and nothing else${because}`, () => {
    expect({ others, warned: warned.size > 0 }).toEqual({ others: [], warned: true })
  })

  for (const [index, probe] of probes.entries()) {
    guarded(`${probe}${because}`, () => {
      const [one, other] = [interpreted, compiled].map((each) => JSON.stringify(each[index]))
      expect({ known: one !== undefined, warned: warned.has(index) }).toEqual({ known: true, warned: one !== other })
    })
  }
})
