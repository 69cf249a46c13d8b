import { readBundle } from '@plangate/bundle'
import { describe, expect, test } from '@jest/globals'
import { bundleOf } from '../../../test/bundle.ts'
import { compilePolicy, openPolicy } from '../wasm.ts'
import { freed } from './free.ts'
import { repaired } from './repair.ts'

const [step, make, append, free] = [300, 301, 302, 900]
const leb = (value: number): readonly number[] => [(value & 0x7f) | 0x80, value >>> 7]
const call = (index: number): readonly number[] => [0x10, ...leb(index)]
const get = (local: number): readonly number[] => [0x20, local]
const set = (local: number): readonly number[] => [0x21, local]
const made = (local: number): readonly number[] => [0x41, 0, ...call(make), ...set(local)]
const put = (local: number): readonly number[] => [...get(local), ...get(9), ...call(append)]
const loop = (...inside: readonly (readonly number[])[]): readonly number[] =>
  [
    0x02,
    0x40,
    0x03,
    0x40,
    get(0),
    get(1),
    call(step),
    [0x22, 1, 0x45, 0x0d, 1],
    ...inside,
    [0x0c, 0, 0x0b, 0x0b],
  ].flat()
const body = (...code: readonly (readonly number[])[]): Uint8Array => {
  const all = [1, 10, 0x7f, ...code.flat(), 0x0b]
  return Uint8Array.from([...leb(all.length), ...all])
}

/** For each step through a collection, in order, whether it needs no order. */
const found = (bytes: Uint8Array): readonly boolean[] => {
  const after = freed(bytes, { step, make, append, free })
  const changed: boolean[] = []
  for (let at = 0; at < bytes.length - 2; at += 1) {
    if (call(step).every((byte, index) => bytes[at + index] === byte)) changed.push(after[at + 1] !== bytes[at + 1])
  }
  expect(after.filter((byte, at) => byte !== bytes[at]).length).toBe(2 * changed.filter(Boolean).length)
  return changed
}

describe('loops that need no order', () => {
  test.each<[string, Uint8Array, readonly boolean[]]>([
    ['nothing is collected', body(loop()), [true]],
    ['a list is made of the elements', body(made(5), loop(put(5))), [false]],
    ['a list is made for each element', body(loop(made(5), put(5))), [true]],
    ['a list of a second loop is made for each element of a first', body(loop(made(5), loop(put(5)))), [true, false]],
    ['a list is made of both', body(made(5), loop(loop(put(5)))), [false, false]],
    ['a list is made of the first only', body(made(5), loop(loop(), put(5))), [false, true]],
    ['one loop follows the other', body(loop(), made(5), loop(put(5))), [true, false]],
    ['a list was made in a loop that has ended', body(loop(made(5)), loop(put(5))), [true, false]],
    ['a list comes from elsewhere', body(loop(put(5))), [false]],
    ['the local holds something else since', body(loop(made(5), [...get(3), ...set(5)], put(5))), [false]],
    ['what a list is put into is not known', body(loop(made(5), call(7), get(9), call(append))), [false]],
    ['there is no loop', body(get(0), get(1), call(step)), [false]],
    ['there is an instruction that OPA does not write', body(loop(), [0x43, 0, 0, 0, 0]), [false]],
    ['bytes of a number look like a call', body(loop([0x41, ...call(append), 0x1a])), [true]],
  ])('where %s', (_, bytes, expected) => {
    expect(found(bytes)).toEqual(expected)
  })

  test('stay where the other function has a longer number', () => {
    const bytes = body(loop())
    expect(freed(bytes, { step, make, append, free: 20_000 })).toBe(bytes)
  })
})

const compiled = async (source: string) => {
  const { wasm = new Uint8Array() } = await readBundle(await bundleOf({ 'p.rego': `package p\n${source}\n` }, ['p/r']))
  return { wasm, policy: await compilePolicy(wasm) }
}

/** What an evaluation gives and what it asks of its host, and the same in order everywhere. */
const evaluated = async (source: string | ReturnType<typeof compiled>, input: string) => {
  const { policy } = await (typeof source === 'string' ? compiled(source) : source)
  let calls: readonly string[] = []
  const ask = (one: typeof policy) => {
    calls = []
    try {
      return one.evaluateTexts({
        input: new TextEncoder().encode(input),
        inputIsText: true,
        data: { key: 'none', base: new TextEncoder().encode('{}'), mounts: [] },
        entrypoints: ['p/r'],
        builtin: (name, args) => {
          calls = [...calls, `${name} ${args.join(' ')}`]
          return '"said"'
        },
        memoryBytes: 2 ** 25,
      })
    } catch (error) {
      return error instanceof Error ? error.message : error
    }
  }
  const values = ask(policy)
  const asked = calls
  return { values, asked, inOrder: ask(openPolicy({ ...policy.compiled, free: false })), askedInOrder: calls }
}

describe('an evaluation', () => {
  test('goes by hashes first, and by order again where equal numbers are not written alike', async () => {
    const source = 'r contains sprintf("%v", [x]) if some x in {y | some k; y := input[k]}'
    const same = await evaluated(source, '{"e": 1, "d": 2, "c": 3, "b": 4, "a": 5}')
    expect(same.asked).not.toEqual(same.askedInOrder)
    expect(same.asked.length).toBe(5)
    const other = await evaluated(source, '{"e": 1, "d": 1.0, "c": 1e0, "b": 10e-1, "a": 1.00}')
    expect(other.values).toEqual(other.inOrder)
    expect(other.askedInOrder).toEqual(['sprintf "%v" [1.00]'])
    expect(other.asked.at(-1)).toBe('sprintf "%v" [1.00]')
  })

  const both = compiled('r contains x if {\n\tsome x in input\n\tsprintf("%v", [x]) == "said"\n}\n')
  test.each([
    ['1', '1', 1],
    ['1', '1.0', 2],
    ['0', '-0', 2],
    ['1.5', '1.5', 1],
    ['1.5', '1.50', 2],
    ['15e1', '150', 2],
    ['[{"a": 1}]', '[{"a": 1}]', 1],
    ['[{"a": 1}]', '[{"a": 1.0}]', 2],
  ])('of %s beside %s takes %i', async (one, other, times) => {
    const { asked } = await evaluated(both, `[${one}, ${other}]`)
    expect(asked.length).toBe(2 * times)
  })

  test('of a number of 64 bits beside the same digits takes one', async () => {
    const source = 'r contains x if {\n\tsome x in input\n\tx == count([1, 2])\n\tsprintf("%v", [x]) == "said"\n}\n'
    expect((await evaluated(source, '[2]')).asked.length).toBe(1)
    expect((await evaluated(source, '[2.0]')).asked.length).toBe(2)
  })

  test('that fails says what fails first in order', async () => {
    const source = `r contains f(x) if some x in input
f(x) := y if { x > 3; some y in [1, 2] }
else := g(x)
g(x) := y if some y in [3, 4]`
    const input = '{7, 1, 5, 3, 2, 8}'
    const { values, inOrder } = await evaluated(source, input)
    expect(typeof values).toBe('string')
    expect(values).toBe(inOrder)
  })

  test.each([
    ['http.send({"method": "get", "url": x})', '{"http://c", "http://a", "http://b"}'],
    ['trace(x)', '{"c", "a", "b", "B"}'],
  ])('asks %s in order, which somebody may see', async (expression, input) => {
    const { asked, askedInOrder } = await evaluated(
      `r contains y if {\n\tsome x in input\n\ty := ${expression}\n}\n`,
      input,
    )
    expect(asked).toEqual(askedInOrder)
    expect(asked.length).toBeGreaterThan(2)
  })

  test('has no free loops where the module is not to be ordered', async () => {
    const { wasm } = await compiled('r contains x if some x in input')
    expect([repaired(wasm).free, repaired(wasm, { ordered: false }).free]).toEqual([true, false])
  })
})
