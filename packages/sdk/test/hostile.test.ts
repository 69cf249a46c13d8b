import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { PlangateError } from '@plangate/bundle'
import { type Gate, loadGate } from '../src/gate.ts'
import { bundleOf, planWith } from './bundle.ts'

// Each takes seconds, or as long as its limit says.
const full = process.env['PLANGATE_TEST_FULL'] !== undefined

const repeat = (text: string, count: number) => `concat("", ["${text}" | some _ in numbers.range(1, ${count})])`

/** Bodies of rules that want to take all there is. Those that end have the value that is said. */
const hostile: Readonly<Record<string, string>> = {
  endless: 'count([1 | some a in numbers.range(1, 100000); some b in numbers.range(1, 100000); a * b == -1]) > 0',
  hog: 'count(numbers.range(1, 1000000000)) > 0',
  step: 'count(numbers.range_step(1, 1000000000, 1)) > 0',
  million: 'count({sprintf("%d", [n]): [n, n, n] | some n in numbers.range(1, 1000000)}) < 0',
  split: `count(split(${repeat('a,', 3_000_000)}, ",")) < 0`,
  replace: 'replace("abc", "", "y") == "x"',
  width: 'count(sprintf("%999999999d", [1])) < 0',
  expression: `regex.match("^(a+)+$", concat("", [${repeat('a', 5000)}, "b"]))`,
  // From the hundredth on, OPA's WebAssembly gives back an expression that it still uses.
  expressions: `[1 | some i in numbers.range(1, 20); some j in numbers.range(1, 150); some k in [1, 2, 3, 4]
	not regex.match(sprintf("^x%dy+$", [j]), concat("", ["x", format_int(j, 10), "yy", substring("yyyyy", 0, k)]))] != []`,
  glob: `glob.match(${repeat('**a', 2000)}, [], ${repeat('a', 20_000)})`,
  replaced: `regex.replace(${repeat('a', 100_000)}, "(a*)*b", "x") == "x"`,
  addresses: 'count(net.cidr_expand("10.0.0.0/4")) < 0',
  deep: `json.unmarshal(${repeat('[', 1_000_000)})`,
  parsed: `rego.parse_module("a.rego", concat("", ["package a\\n\\np := ", ${repeat('[', 100_000)}]))`,
}
const policies = Object.entries(hostile).map(
  ([name, body]) => `deny contains "${name}" if {\n\tinput.variables.${name}\n\t${body}\n}\n`,
)
const about = (name: string) => planWith({ variables: { [name]: { value: 1 } } })
const limits = { milliseconds: 3000, memoryBytes: 512 * 1024 * 1024 }

let gate: Gate
beforeAll(async () => {
  const source = `package main\n\ndeny contains "good" if input.variables.good\n\n${policies.join('\n')}`
  gate = await loadGate(await bundleOf({ 'main.rego': source }, ['main/deny']), { workers: 2 })
})
afterAll(() => gate.close())

const codes = ['ERR_TIME_LIMIT', 'ERR_MEMORY_LIMIT', 'ERR_EVALUATION', 'ERR_OPA_FAILED']

test.each(full ? Object.keys(hostile) : ['endless', 'hog', 'deep'])(
  '%s ends, and its neighbour never notices',
  async (name) => {
    const [told, neighbour] = await Promise.all([
      gate.evaluate(about(name), { limits }).then(
        ({ verdict }) => verdict,
        (error: unknown) => (error instanceof PlangateError ? error.code : error),
      ),
      gate.evaluate(about('good'), { limits }),
    ])
    expect(['pass', ...codes]).toContain(told)
    expect(neighbour.findings.map(({ msg }) => msg)).toEqual(['good'])
    const next = await gate.evaluate(about('good'), { limits })
    expect(next.findings.map(({ msg }) => msg)).toEqual(['good'])
  },
)
