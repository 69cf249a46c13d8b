import { readBundle } from '@plangate/bundle'
import { beforeAll, expect, test } from '@jest/globals'
import { bundleOf } from '../../../test/bundle.ts'
import { engine, type Exports } from '../engine.ts'
import { textOf } from '../instance.ts'
import { readerOf } from '../value/memory.ts'
import { allocating } from './allocator.ts'
import { PARSE_SHARED } from './sharing.ts'

let wasm: Uint8Array
beforeAll(async () => {
  wasm =
    (
      await readBundle(
        await bundleOf({ 'p.rego': 'package p\nx := {"a constant": input, "b": "another one"}\n' }, ['p/x']),
      )
    ).wasm ?? new Uint8Array()
})

const PAGE = 65_536
const stop = () => {
  throw new RangeError('aborted')
}

const start = async () => {
  const memory = new engine.Memory({ initial: 512, maximum: 512 })
  const builtins = Object.fromEntries([0, 1, 2, 3, 4].map((count) => [`opa_builtin${count}`, stop]))
  const env = { memory, opa_abort: stop, opa_println: stop, ...builtins }
  const { exports: abi } = new engine.Instance(await engine.compile(allocating(wasm)), { env })
  return { abi, memory, reader: readerOf(memory) }
}

const shared = ({ abi, memory }: { abi: Exports; memory: { buffer: ArrayBuffer } }, json: string, gap = 4 * PAGE) => {
  const text = new TextEncoder().encode(json)
  const address = abi.opa_heap_ptr_get() + gap
  new Uint8Array(memory.buffer, address, text.length).set(text)
  return { value: abi[PARSE_SHARED]?.(address, text.length) ?? 0, address, end: address + text.length }
}

const alone = ({ abi, memory }: { abi: Exports; memory: { buffer: ArrayBuffer } }, json: string): number => {
  const text = new TextEncoder().encode(json)
  const address = abi.opa_malloc(text.length)
  new Uint8Array(memory.buffer, address, text.length).set(text)
  return abi.opa_json_parse(address, text.length)
}

test.each([
  ['null'],
  ['[]'],
  ['{"a":{},"b":[],"c":"","d":[[],{},[[]],{"":{}}]}'],
  ['[true,false,null,true,false,null,0,-0,1,1.0,10,1e1,0,1.0]'],
  ['["","a","ab","a\\u0000","\\u0000a","\\ud83d\\ude00","\ud83d\ude00","a","ab",""]'],
  ['{"a":1,"b":{"a":1},"a":{"a":1},"a":1}'],
  ['[{"a":1,"b":2},{"b":2,"a":1},{"a":2,"b":1},{"a":1},{"a":1,"b":2,"c":3},{"ab":12},{"a":[1,2]},{"a":[2,1]}]'],
  [
    JSON.stringify(
      Array.from({ length: 5000 }, (_, at) => ({ [`k${at % 97}`]: [at % 1500, `${at % 700}`, at % 3 === 0] })),
    ),
  ],
  [JSON.stringify(Object.fromEntries(Array.from({ length: 3000 }, (_, at) => [`k${at}`, { k: at % 10 }])))],
])('a document is the same with its values shared', async (json) => {
  const instance = await start()
  const { abi, memory } = instance
  const expected = textOf(memory, abi.opa_json_dump(alone(instance, json)))
  expect(textOf(memory, abi.opa_json_dump(shared(instance, json).value))).toBe(expected)
})

test('a thousand made-up documents are the same, with white space, keys that come again, and odd numbers', async () => {
  let seed = 7
  const random = (below: number) => (seed = (seed * 48_271) % 0x7fff_ffff) % below
  const pick = (list: readonly string[]) => list[random(list.length)] ?? ''
  const space = () => pick(['', '', '', ' ', '\n\t ', '\r'])
  const text = () =>
    pick(['""', '"a"', '"b"', '"\\u00e9"', '"é"', '"\\""', '"\\\\"', '"a\\nb"', '"]"', `"k${random(60)}"`])
  const scalar = () => pick(['0', '-0', '1', '12', '1.0', '1.5e+3', '1E5', '-2e-7', 'true', 'false', 'null', text()])
  const many = (each: () => string) =>
    Array.from({ length: random(8) === 0 ? random(90) : random(5) }, () => `${space()}${each()}${space()}`).join(',')
  const document = (depth: number): string => {
    if (depth === 0 || random(3) === 0) return scalar()
    const inner = () => document(depth - 1)
    return random(2) === 0 ? `[${many(inner)}]` : `{${many(() => `${text()}${space()}:${space()}${inner()}`)}}`
  }
  const instance = await start()
  const { abi, memory } = instance
  const begin = abi.opa_heap_ptr_get()
  for (let round = 0; round < 1000; round += 1) {
    abi.opa_heap_ptr_set(begin)
    const json = `${space()}${document(4)}${space()}`
    const expected = textOf(memory, abi.opa_json_dump(alone(instance, json)))
    const { value } = shared(instance, json)
    expect(textOf(memory, abi.opa_json_dump(value))).toBe(expected)
    const [first, list, last] = instance.reader.items(shared(instance, `[${json},[${json}],${json}]`).value)
    expect([instance.reader.items(list ?? 0)[0], last]).toEqual([first, first])
  }
})

test('equal values are one value, and others are not', async () => {
  const instance = await start()
  const { reader } = instance
  const { value } = shared(
    instance,
    '[{"a":[1]},{"a":[1]},{"a":[1.0]},["a"],["a"],"a",1,true,null,[null,true],{"a":[1]}]',
  )
  const items = reader.items(value)
  const [first, second, third, list, again, text, number] = items
  const key = (at = 0) => reader.elements(at).map((element) => element.key)
  expect(items[10]).toBe(first)
  expect([second, again, reader.items(list ?? 0)[0], key(first)[0], key(third)[0]]).toEqual([
    first,
    list,
    text,
    text,
    text,
  ])
  expect(reader.items(reader.elements(first ?? 0)[0]?.value ?? 0)[0]).toBe(number)
  expect(reader.items(items[9] ?? 0)).toEqual([items[8], items[7]])
  expect(third).not.toBe(first)
})

test('what does not fit before the text goes behind it', async () => {
  const instance = await start()
  const { abi, memory } = instance
  const json = JSON.stringify(Array.from({ length: 9000 }, (_, at) => `text ${at}`))
  const { value, end } = shared(instance, json, PAGE)
  expect(abi.opa_heap_ptr_get()).toBeGreaterThan(end)
  expect(textOf(memory, abi.opa_json_dump(value))).toBe(json)
})

test('the place of a text is used again', async () => {
  const instance = await start()
  const { value, address } = shared(instance, JSON.stringify(Array.from({ length: 9000 }, () => 'the same')), 16 * PAGE)
  expect(value).toBeGreaterThan(0)
  expect(instance.abi.opa_heap_ptr_get()).toBeLessThan(address)
})

test('values that are read by other ways are not shared', async () => {
  const instance = await start()
  shared(instance, '["a"]')
  const [first, second] = instance.reader.items(alone(instance, '["a","a"]'))
  expect(first).not.toBe(second)
})

test('strings of a large input are the constants of the module, and know their hashes', async () => {
  const instance = await start()
  const { reader, memory } = instance
  const begin = instance.abi.opa_heap_ptr_get()
  const words = ['b', 'another one', 'a constant', 'no constant']
  const { value } = shared(instance, JSON.stringify([...words, 'x'.repeat(140_000)]), 8 * PAGE)
  const items = reader.items(value).slice(0, 4)
  expect(items.map(reader.string)).toEqual(words)
  expect(items.map((item) => item < begin)).toEqual([true, true, true, false])
  const view = new DataView(memory.buffer)
  expect(items.map((item) => view.getUint16(item + 2, true))).toEqual(words.map((word) => hashOf(word) & 0xffff))
  expect(items.map((item) => view.getUint8(item))).toEqual([8, 8, 8, 8])
})

const hashOf = (text: string): number =>
  [...new TextEncoder().encode(text)].reduce((hash, byte) => Math.imul(hash, 16_777_619) ^ byte, 0x811c_9dc5)
