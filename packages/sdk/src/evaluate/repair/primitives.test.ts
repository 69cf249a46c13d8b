import { readBundle } from '@plangate/bundle'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { bundleOf } from '../../../test/bundle.ts'
import { engine } from '../engine.ts'
import { allocating } from './allocator.ts'
import { functionsOf, namesOf, sectionsOf, unsigned } from './binary.ts'
import { faster } from './primitives.ts'
import { extended, joined } from './section.ts'

const source = `package p
x := [y | some y in input; regex.match("^a+b?$", y)]
z := "a" in input
s := {y | some y in input} & {"a"}
`
const names = [
  'builtin_member',
  'memcmp',
  'memcpy',
  'memmove',
  'memset',
  'opa_malloc',
  'opa_object_get',
  'opa_regex_match',
  'opa_set_get',
  'opa_strncmp',
  'opa_value_compare',
  'opa_value_dump',
  'opa_value_get',
  'opa_value_parse',
] as const
type Functions = Readonly<Record<(typeof names)[number], (...args: number[]) => number>>

/** The module with functions of its runtime among its exports. */
const exporting = (wasm: Uint8Array): Uint8Array => {
  const sections = sectionsOf(wasm)
  const known = namesOf(wasm, sections)
  const missing = names.filter((name) => !known.has(name))
  if (missing.length > 0) throw new RangeError(`no ${missing.join()}`)
  const entries = names.flatMap((name) => {
    const text = new TextEncoder().encode(`test ${name}`)
    return [...unsigned(text.length), ...text, 0, ...unsigned(known.get(name) ?? -1)]
  })
  return joined([
    wasm.subarray(0, 8),
    ...sections.map((section) =>
      section.id === 7 ? extended(wasm, section, names.length, entries) : wasm.subarray(section.from, section.end),
    ),
  ])
}

const stop = () => {
  throw new RangeError('aborted')
}
let modules: readonly Uint8Array[]
beforeAll(async () => {
  const wasm = allocating(
    (await readBundle(await bundleOf({ 'p.rego': source }, ['p/x', 'p/z', 'p/s']))).wasm ?? stop(),
  )
  modules = [wasm, faster(wasm, { strict: false, expressions: 30 })].map(exporting)
})

/** OPA's functions and ours, on the same memory. */
const start = async () => {
  const memory = new engine.Memory({ initial: 4096, maximum: 4096 })
  const builtins = Object.fromEntries([0, 1, 2, 3, 4].map((count) => [`opa_builtin${count}`, stop]))
  const env = { memory, opa_abort: stop, opa_println: stop, ...builtins }
  const found = await Promise.all(
    modules.map(async (module): Promise<Functions> => {
      const { exports } = new engine.Instance(await engine.compile(module), { env })
      const all = new Map(Object.entries(exports))
      // `as`: they are the functions that the module exports now
      return Object.fromEntries(names.map((name) => [name, all.get(`test ${name}`)])) as unknown as Functions
    }),
  )
  const [old, ours] = found
  if (old === undefined || ours === undefined) throw new RangeError('no modules')
  const octets = () => new Uint8Array(memory.buffer)
  const place = (bytes: Uint8Array): number => {
    const address = old.opa_malloc(bytes.length)
    octets().set(bytes, address)
    return address
  }
  const value = (text: string): number => {
    const bytes = new TextEncoder().encode(text)
    return old.opa_value_parse(place(bytes), bytes.length)
  }
  const text = (address: number): string => {
    const from = ours.opa_value_dump(address)
    return new TextDecoder().decode(octets().subarray(from, octets().indexOf(0, from)))
  }
  return { old, ours, octets, place, value, text }
}

const randomly = (seed: number) => {
  let state = seed
  const below = (most: number): number => (state = (state * 48_271) % 0x7fff_ffff) % most
  const of = <T>(items: readonly T[]): T => items[below(items.length)] ?? stop()
  const list = <T>(most: number, make: () => T): readonly T[] => Array.from({ length: below(most) }, make)
  const letters = () => list(of([3, 9, 20, 40]), () => of(['a', 'b', 'é', '\\u0000', '😀', 'c'])).join('')
  const scalar = () =>
    of([
      () => `"${letters()}"`,
      () => of(['null', 'true', 'false', '0', '1', '1.0', '10', '1e1', '-1', '0.5', '0.50', '12345678901234567890']),
      () => `${below(40)}`,
    ])()
  const any = (depth: number): string =>
    depth === 0
      ? scalar()
      : of([
          scalar,
          () => `[${list(12, () => any(depth - 1)).join(',')}]`,
          () => `{${list(30, () => `${any(depth - 1)}:${any(depth - 1)}`).join(',')}}`,
          () => of([`{${any(depth - 1)}}`, `{${['null', ...list(30, () => any(depth - 1))].join(',')}}`, 'set()']),
        ])()
  return { below, of, letters, scalar, any }
}

test('all functions are replaced in what OPA compiles', () => {
  const [old = stop(), ours = stop()] = modules
  // Those whose old body is called: compare, get, match, reuse, and the pointer of the heap.
  const [before, after] = [old, ours].map((wasm) => functionsOf(wasm, sectionsOf(wasm)).functions.length)
  expect(after).toBe((before ?? 0) + 5)
})

describe('answers are those of OPA', () => {
  test('for values of all kinds, compared and looked up', async () => {
    const { old, ours, value, text } = await start()
    const { any, of, below } = randomly(5)
    const wrong: unknown[] = []
    const values = Array.from({ length: 600 }, () => value(any(below(3))))
    const check = (name: (typeof names)[number], ...args: readonly number[]) => {
      const [wanted, got] = [old[name](...args), ours[name](...args)]
      if (wanted !== got) wrong.push([name, ...args.map(text), wanted, got])
    }
    for (const collection of values) {
      const keys = [...Array.from({ length: 20 }, () => of(values)), value('"a"'), value('1.0'), value('[1]')]
      for (const key of keys) {
        check('opa_value_compare', collection, key)
        check('opa_value_compare', key, collection)
        check('opa_value_get', collection, key)
        check('builtin_member', key, collection)
      }
    }
    expect(wrong).toEqual([])
  })

  test('for each key and member of objects and sets', async () => {
    const { old, ours, value } = await start()
    const { letters, scalar } = randomly(7)
    for (const count of [1, 6, 7, 40, 500]) {
      const keys = Array.from({ length: count }, (_, at) => (at % 3 === 0 ? scalar() : `"${letters()}${at % 50}"`))
      const object = value(`{${keys.map((key, at) => `${key}:${at}`).join(',')}}`)
      const set = value(`{${['"x"', ...keys].join(',')}}`)
      const answers = ({ opa_value_get, opa_object_get, opa_set_get, builtin_member }: Functions) =>
        keys
          .map(value)
          .map((key) => [
            opa_value_get(object, key),
            opa_object_get(object, key),
            opa_value_get(set, key),
            opa_set_get(set, key),
            builtin_member(key, set),
          ])
      expect(answers(ours)).toEqual(answers(old))
      expect(answers(ours).flat()).not.toContain(0)
    }
  })

  test('for null pointers', async () => {
    const { old, ours, value } = await start()
    const some = value('{"a"}')
    const answers = ({ opa_value_compare, opa_value_get, builtin_member }: Functions) => [
      opa_value_compare(0, 0),
      opa_value_compare(0, some),
      opa_value_compare(some, 0),
      opa_value_get(0, some),
      builtin_member(0, some),
      builtin_member(some, 0),
    ]
    expect(answers(ours)).toEqual(answers(old))
  })

  test('for bytes of any length, which may overlap', async () => {
    const { old, ours, octets, place } = await start()
    const { below } = randomly(11)
    const from = place(new Uint8Array(1024))
    const wrong: unknown[] = []
    for (let round = 0; round < 4000; round += 1) {
      const [a, b, length, mark] = [below(200), below(200), below(round % 2 === 0 ? 40 : 300), below(3)]
      const before = Uint8Array.from({ length: 600 }, () => below(2))
      const after = (functions: Functions) => {
        octets().set(before, from)
        const { memmove, memset, memcpy, memcmp, opa_strncmp } = functions
        const answers = [opa_strncmp(from + a, from + b, length), memcmp(from + a, from + b, length)]
        answers.push(memmove(from + a, from + b, length), memset(from + b, mark, length % 9))
        answers.push(memcpy(from + 300, from, length))
        return [...answers, ...octets().subarray(from, from + 600)].join()
      }
      if (after(old) !== after(ours)) wrong.push({ a, b, length })
    }
    expect(wrong).toEqual([])
  })

  test('for a pattern where there was another', async () => {
    const { ours, value, octets } = await start()
    const [pattern, text] = [value('"a+b"'), value('"aab"')]
    const from = new DataView(octets().buffer).getUint32(pattern + 8, true)
    const answer = () => ours.opa_regex_match(pattern, text)
    const before = answer()
    octets().set(new TextEncoder().encode('a+c'), from)
    expect(answer()).not.toBe(before)
    octets().set(new TextEncoder().encode('aab'), from)
    expect(answer()).toBe(before)
  })

  test('for patterns that are kept, and others', async () => {
    const { old, ours, value, octets } = await start()
    // As the module has strings of its own: of another type, with a NUL behind them.
    const literal = (text: string): number => {
      const address = value(JSON.stringify(`${text}\0`))
      octets()[address] = 8
      octets()[address + 4] = (octets()[address + 4] ?? 0) - 1
      return address
    }
    const patterns = ['^a+b?$', '(?i)B', 'a\0b', '[', '', 'é', ...Array.from({ length: 60 }, (_, at) => `a{${at}}b`)]
    const literals = patterns.map(literal)
    const strings = patterns.map((pattern) => value(JSON.stringify(pattern)))
    const texts = ['', 'a', 'aab', 'B', 'é', `${'a'.repeat(60)}b`, 'x\\u0000b'].map((each) => value(`"${each}"`))
    const answers = ({ opa_regex_match }: Functions) =>
      [1, 2].flatMap(() =>
        [...literals, ...strings, value('1')].map((pattern) =>
          [...texts, value('1')].map((each) => opa_regex_match(pattern, each)),
        ),
      )
    expect(answers(ours)).toEqual(answers(old))
  })
})
