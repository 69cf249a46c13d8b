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

/** A module that runs, and what is written into its memory and read from it. */
const start = async (module: Uint8Array) => {
  const memory = new engine.Memory({ initial: 4096, maximum: 4096 })
  const builtins = Object.fromEntries([0, 1, 2, 3, 4].map((count) => [`opa_builtin${count}`, stop]))
  const env = { memory, opa_abort: stop, opa_println: stop, ...builtins }
  const { exports } = new engine.Instance(await engine.compile(module), { env })
  const all = new Map(Object.entries(exports))
  // `as`: they are the functions that the module exports now
  const functions = Object.fromEntries(names.map((name) => [name, all.get(`test ${name}`)])) as unknown as Functions
  const octets = () => new Uint8Array(memory.buffer)
  const place = (bytes: Uint8Array): number => {
    const address = functions.opa_malloc(bytes.length)
    octets().set(bytes, address)
    return address
  }
  const value = (text: string): number => {
    const bytes = new TextEncoder().encode(text)
    return functions.opa_value_parse(place(bytes), bytes.length)
  }
  const text = (address: number): string => {
    if (address === 0) return 'undefined'
    const from = functions.opa_value_dump(address)
    return new TextDecoder().decode(octets().subarray(from, octets().indexOf(0, from)))
  }
  return { ...functions, octets, place, value, text }
}
type Side = Awaited<ReturnType<typeof start>>

/** What OPA's functions answer, and what ours do. */
const both = async (answers: (side: Side) => readonly unknown[]) => {
  const [old, ours] = await Promise.all(modules.map(start))
  if (old === undefined || ours === undefined) throw new RangeError('no modules')
  return { wanted: answers(old), got: answers(ours) }
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

/** OPA's hash of a string. */
const hashOf = (text: string): number =>
  [...new TextEncoder().encode(text)].reduce((hash, byte) => Math.imul(hash, 16_777_619) ^ byte, 0x811c_9dc5)

test('all functions are replaced in what OPA compiles', () => {
  const [old = stop(), ours = stop()] = modules
  // Those whose old body is called: compare, get, match, reuse, and the pointer of the heap.
  const [before, after] = [old, ours].map((wasm) => functionsOf(wasm, sectionsOf(wasm)).functions.length)
  expect(after).toBe((before ?? 0) + 5)
})

describe('answers are those of OPA', () => {
  test('for values of all kinds, compared and looked up', async () => {
    const { wanted, got } = await both((side) => {
      const { any, of, below } = randomly(5)
      const { value, text } = side
      const values = Array.from({ length: 400 }, () => value(any(below(3))))
      const keys = [value('"a"'), value('1.0'), value('[1]')]
      return values.flatMap((collection) =>
        [...Array.from({ length: 20 }, () => of(values)), ...keys].map((key) => [
          side.opa_value_compare(collection, key),
          side.opa_value_compare(key, collection),
          side.opa_value_compare(side.opa_value_get(collection, key), 0),
          text(side.builtin_member(key, collection)),
        ]),
      )
    })
    expect(got).toEqual(wanted)
  })

  test('for each key and member of objects and sets', async () => {
    for (const count of [1, 6, 7, 40, 500]) {
      const { letters, scalar } = randomly(7)
      const keys = Array.from({ length: count }, (_, at) => (at % 3 === 0 ? scalar() : `"${letters()}${at % 50}"`))
      const { wanted, got } = await both((side) => {
        const { value, text } = side
        const object = value(`{${keys.map((key, at) => `${key}:${at}`).join(',')}}`)
        const set = value(`{${['"x"', ...keys].join(',')}}`)
        return keys
          .map(value)
          .map((key) => [
            text(side.opa_value_get(object, key)),
            side.opa_object_get(object, key) === 0,
            text(side.opa_value_get(set, key)),
            side.opa_set_get(set, key) === 0,
            text(side.builtin_member(key, set)),
          ])
      })
      expect(got).toEqual(wanted)
      expect(new Set(got.flat()).has('undefined')).toBe(false)
    }
  })

  test('for strings that bring the last bits of their hash', async () => {
    const words = Array.from({ length: 900 }, (_, at) => `${'x'.repeat(at % 12)}${at}`)
    for (const count of [5, 900]) {
      const { wanted, got } = await both(({ value, octets, text, opa_value_get }) => {
        const object = value(`{${words.slice(0, count).map((word, at) => `"${word}":${at}`)}}`)
        return words.map((word) => {
          const key = value(`"${word}"`)
          new DataView(octets().buffer).setUint32(key, 8 | (hashOf(word) << 16), true)
          return text(opa_value_get(object, key))
        })
      })
      expect(got).toEqual(wanted)
      expect(got.filter((each) => each !== 'undefined')).toHaveLength(count)
    }
  })

  test('for null pointers', async () => {
    const { wanted, got } = await both((side) => {
      const some = side.value('{"a"}')
      return [
        side.opa_value_compare(0, 0),
        side.opa_value_compare(0, some),
        side.opa_value_compare(some, 0),
        side.opa_value_get(0, some),
        side.text(side.builtin_member(0, some)),
        side.text(side.builtin_member(some, 0)),
      ]
    })
    expect(got).toEqual(wanted)
  })

  test('for bytes of any length, which may overlap', async () => {
    const { wanted, got } = await both((side) => {
      const { below } = randomly(11)
      const from = side.place(new Uint8Array(1024))
      return Array.from({ length: 4000 }, (_, round) => {
        const [a, b, length, mark] = [below(200), below(200), below(round % 2 === 0 ? 40 : 300), below(3)]
        side.octets().set(
          Uint8Array.from({ length: 600 }, () => below(2)),
          from,
        )
        return [
          side.opa_strncmp(from + a, from + b, length),
          side.memcmp(from + a, from + b, length),
          side.memmove(from + a, from + b, length) - from,
          side.memset(from + b, mark, length % 9) - from,
          side.memcpy(from + 300, from, length) - from,
          side
            .octets()
            .subarray(from, from + 600)
            .join(''),
        ].join(' ')
      })
    })
    expect(got).toEqual(wanted)
  })

  test('for patterns that are kept, and others', async () => {
    const patterns = ['^a+b?$', '(?i)B', 'a\0b', '[', '', 'é', ...Array.from({ length: 60 }, (_, at) => `a{${at}}b`)]
    const texts = ['', 'a', 'aab', 'B', 'é', `${'a'.repeat(60)}b`, 'x\\u0000b']
    const { wanted, got } = await both((side) => {
      const { value, octets } = side
      // As the module has strings of its own: of another type, with a NUL behind them.
      const literal = (text: string): number => {
        const address = value(JSON.stringify(`${text}\0`))
        octets()[address] = 8
        octets()[address + 4] = (octets()[address + 4] ?? 0) - 1
        return address
      }
      const given = [...patterns.map(literal), ...patterns.map((each) => value(JSON.stringify(each))), value('1')]
      const values = [...texts.map((text) => value(`"${text}"`)), value('1')]
      return [1, 2].flatMap(() =>
        given.flatMap((pattern) => values.map((each) => side.text(side.opa_regex_match(pattern, each)))),
      )
    })
    expect(got).toEqual(wanted)
  })
})

test('a pattern is not taken for the one that was at its place', async () => {
  const [, module = stop()] = modules
  const { value, octets, opa_regex_match } = await start(module)
  const [pattern, text] = [value('"a+b"'), value('"aab"')]
  const from = new DataView(octets().buffer).getUint32(pattern + 8, true)
  const answer = () => opa_regex_match(pattern, text)
  const before = answer()
  octets().set(new TextEncoder().encode('a+c'), from)
  expect(answer()).not.toBe(before)
  octets().set(new TextEncoder().encode('aab'), from)
  expect(answer()).toBe(before)
})
