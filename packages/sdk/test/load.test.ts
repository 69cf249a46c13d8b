import { beforeAll, describe, expect, test } from '@jest/globals'
import { type Bundle, readBundle } from '@plangate/bundle'
import { gateOf } from '../src/gate.ts'
import { loadModule, networkOptions } from '../src/pool/load.ts'
import { bundleOf, outcome, planWith } from './bundle.ts'
import { withBody, withBytes, withSection } from './modules.ts'

let bundle: Bundle
let wasm: Uint8Array
beforeAll(async () => {
  const source = 'package main\n\ndeny contains "bad" if input.variables.bad\n'
  bundle = await readBundle(await bundleOf({ 'main.rego': source }, ['main/deny']))
  wasm = bundle.wasm ?? new Uint8Array()
})

/** `loop br 0 end`, and what a function answers that never comes to it. */
const forever = (...answer: number[]) => [0x03, 0x40, 0x0c, 0, 0x0b, ...answer]
const limits = { milliseconds: 500, memoryBytes: 128 * 1024 * 1024 }
const late = { code: 'ERR_TIME_LIMIT', message: "the start of the bundle's WASM takes longer than 500 ms" }

describe('a module that never ends while it starts is ended by the limit', () => {
  test.each([
    ['in what the start function calls', 'opa_malloc_init', forever()],
    ['in its list of built-in functions', 'builtins', forever(0x41, 0)],
    ['in its list of entrypoints', 'entrypoints', forever(0x41, 0)],
    ['in its parser', 'opa_json_parse', forever(0x41, 0)],
  ])('%s', async (_, name, code) => {
    const hostile = withBody(wasm, name, code)
    expect(await outcome(gateOf({ ...bundle, wasm: hostile }, { limits }))).toEqual(late)
    expect(await outcome(loadModule(hostile, {}, limits))).toEqual(late)
  })
})

test('what comes from the network has a limit unless it is given one', async () => {
  expect([{}, { limits: { entries: 5 } }, { limits: { milliseconds: Infinity } }].map(networkOptions)).toEqual([
    { limits: { milliseconds: 10_000 } },
    { limits: { entries: 5, milliseconds: 10_000 } },
    { limits: { milliseconds: Infinity } },
  ])
})

test('a module that starts within its limits decides as without them', async () => {
  const plan = planWith({ variables: { bad: { value: 1 } } })
  const decided = await Promise.all(
    [{}, { limits: { milliseconds: 60_000 } }, { limits: { ...limits, milliseconds: 60_000 } }].map(async (options) => {
      await using gate = await gateOf(bundle, options)
      return gate.evaluate(plan)
    }),
  )
  expect(decided.map(({ findings }) => findings.map(({ msg }) => msg))).toEqual([['bad'], ['bad'], ['bad']])
})

describe('a module whose values lie otherwise in memory is refused', () => {
  test.each([
    // Offsets of what a constructor stores.
    ['a string', (module: Uint8Array) => withBytes(module, 'opa_string_allocated', '360208', '36020c')],
    ['a number as text', (module: Uint8Array) => withBytes(module, 'opa_number_ref_allocated', '36020c', '360214')],
    ['whatever is parsed', (module: Uint8Array) => withBody(module, 'opa_value_parse', [0x20, 0])],
  ])('%s', async (_, other) => {
    expect(await outcome(loadModule(other(wasm), {}))).toEqual({
      code: 'ERR_BUNDLE_INVALID',
      message: "values of the bundle's WASM lie otherwise in memory than OPA's",
    })
  })
})

const memory = (wanted: readonly number[]) => (module: Uint8Array) =>
  withSection(module, 2, ({ start, end }) => {
    const text = Buffer.from(module.subarray(start, end)).toString('latin1')
    const at = start + text.indexOf('env\x06memory') + 10
    // The kind, no maximum, and pages that fit into a byte.
    return Uint8Array.from([...module.subarray(start, at), 2, ...wanted, ...module.subarray(at + 3, end)])
  })
const added =
  (id: number, ...contents: number[]) =>
  (module: Uint8Array) =>
    Uint8Array.from([...module, id, contents.length, ...contents])

describe('what a module declares is refused by name, without limits', () => {
  test.each([
    ['memory of 4 GiB', memory([0, 0xff, 0xff, 3]), 'wants 65535 pages of memory to start in, of 512'],
    ['shared memory', memory([3, 3, 4]), 'wants a memory that is shared, or of 64 bits'],
    ['a memory of its own', added(5, 1, 0, 1), 'has a memory of its own'],
    [
      'a huge table',
      (module: Uint8Array) => withSection(module, 4, () => Uint8Array.of(1, 0x70, 0, 0x80, 0xad, 0xe2, 4)),
      'wants a table of 10000000 elements, of 100000 at most',
    ],
    [
      'several tables',
      (module: Uint8Array) => withSection(module, 4, () => Uint8Array.of(2, 0x70, 0, 1, 0x70, 0, 1)),
      'has more than one table',
    ],
    [
      'a start function with a loop',
      (module: Uint8Array) => withBody(module, '_initialize', forever()),
      'has a start function that does more than call others',
    ],
  ])('%s', async (_, hostile, what) => {
    expect(await outcome(loadModule(hostile(wasm), {}))).toEqual({
      code: 'ERR_BUNDLE_INVALID',
      message: `the bundle's WASM ${what}`,
    })
  })
})
