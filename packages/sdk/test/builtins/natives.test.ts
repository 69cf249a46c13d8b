import { readBundle } from '@plangate/bundle'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { loadOpa, type Opa } from '@plangate/opa'
import { hostBuiltins } from '../../src/evaluate/builtins/host.ts'
import { NATIVE } from '../../src/evaluate/builtins/native.ts'
import { sorted, sortedEntries } from '../../src/evaluate/builtins/order.ts'
import { isArray, isNumber, isSet, parseValue, type Value, writeValue } from '../../src/evaluate/builtins/value.ts'
import { withoutBytes } from '../../src/evaluate/value/text.ts'
import { compilePolicy, type Policy } from '../../src/evaluate/wasm.ts'
import { bundleOf } from '../bundle.ts'
import { nativeGeneratorsOf } from './native-generators.ts'
import { randomOf } from './random.ts'

// What OPA's WebAssembly answers by itself, once mended, has to be what OPA's Go code answers, undefined included.

const full = process.env['PLANGATE_TEST_FULL'] !== undefined
const cases = Number(process.env['PLANGATE_NATIVE_CASES'] ?? (full ? 1500 : 100))
const seed = Number(process.env['PLANGATE_SEED'] ?? 20261121)

const names = Object.keys(nativeGeneratorsOf(randomOf(0))).toSorted()
const arity = (name: string): number => nativeGeneratorsOf(randomOf(0))[name]?.().length ?? 0
const called = (name: string): string =>
  `${name}(${Array.from({ length: arity(name) }, (_, at) => `args[${at}]`).join(', ')})`
const source = `package p\n${names
  .map((name, at) => `r${at} := {i: [type_name(v), v] | some i, args in input; v := ${called(name)}}`)
  .join('\n')}\n`

/** The JSON that OPA makes of a value. */
const jsonOf = (value: Value): string => {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (isNumber(value)) return value.number
  if (isArray(value)) return `[${value.map(jsonOf).join()}]`
  if (isSet(value)) return `[${sorted(value.set).map(jsonOf).join()}]`
  // Of keys that have one JSON the last stays.
  const entries = new Map(sortedEntries(value.object).map(([key, item]) => [keyOf(key), jsonOf(item)] as const))
  const inOrder = [...entries].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  return `{${inOrder.map(([key, item]) => `${JSON.stringify(key)}:${item}`).join()}}`
}
const keyOf = (key: Value): string =>
  typeof key === 'string'
    ? key
    : jsonOf(key).replaceAll(/[<>&\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)

const typeOf = (value: Value): string => {
  if (value === null) return 'null'
  if (typeof value !== 'object') return typeof value
  return isArray(value) ? 'array' : (Object.keys(value)[0] ?? '')
}

let opa: Opa
let policy: Policy
let builtins: Awaited<ReturnType<typeof hostBuiltins>>
beforeAll(async () => {
  opa = await loadOpa()
  const bundle = await readBundle(
    await bundleOf(
      { 'p.rego': source },
      names.map((_, at) => `p/r${at}`),
    ),
  )
  policy = await compilePolicy(bundle.wasm ?? new Uint8Array())
  builtins = await hostBuiltins(policy.builtins)
})

/** The answers to many calls of one function, as type and JSON; `stops` for what breaks off. */
const answered = (at: number, calls: readonly (readonly Value[])[]): readonly string[] => {
  try {
    const [text = '{}'] = policy.evaluateTexts({
      input: new TextEncoder().encode(writeValue(calls)),
      inputIsText: true,
      data: { key: '', base: new TextEncoder().encode('{}'), mounts: [] },
      entrypoints: [`p/r${at}`],
      builtin: builtins.begin(new Date(0)),
      memoryBytes: 2 ** 28,
    })
    const found = parseValue(text)
    const entries = typeof found === 'object' && found !== null && 'object' in found ? found.object : []
    const values = new Map(entries.map(([index, value]) => [index, jsonOf(value)]))
    return calls.map((_, index) => values.get(String(index)) ?? 'undefined')
  } catch (error) {
    if (calls.length === 1) return [`stops: ${String(error)}`]
    const half = calls.length >> 1
    return [...answered(at, calls.slice(0, half)), ...answered(at, calls.slice(half))]
  }
}

describe("what OPA's runtime holds:", () => {
  test.each(names.map((name, at) => [name, at] as const))('%s answers as the interpreter does', (name, at) => {
    expect(NATIVE).toContain(name)
    const generate = nativeGeneratorsOf(randomOf(seed + at))[name] ?? (() => [])
    const calls = Array.from({ length: cases }, generate)
    const ours = answered(at, calls)
    const theirs = opa.builtinAll(
      calls.map((args) => ({ name, args: args.map(writeValue), evaluation: 'natives', nowNs: '0' })),
    )
    const differences = calls.flatMap((args, index) => {
      const { value, error } = theirs[index] ?? {}
      const parsed = value === undefined ? undefined : parseValue(withoutBytes(value))
      const expected = parsed === undefined ? 'undefined' : `["${typeOf(parsed)}",${jsonOf(parsed)}]`
      return ours[index] === expected
        ? []
        : [{ args: args.map(writeValue), ours: ours[index], expected, error: error?.message }]
    })
    expect(differences.slice(0, Number(process.env['PLANGATE_SHOWN'] ?? 5))).toEqual([])
  })
})
