import { describe, expect, test } from '@jest/globals'
import { bundleData, mergeData, mergeMounted } from './data.ts'

const encoder = new TextEncoder()
const filesOf = (values: Readonly<Record<string, unknown>>) =>
  new Map(Object.entries(values).map(([path, value]) => [path, encoder.encode(JSON.stringify(value))]))

const nested = (folder: readonly string[], value: unknown) =>
  folder.reduceRight<unknown>((within, name) => Object.fromEntries([[name, within]]), value)

describe('data of many files', () => {
  test('is merged by their number, and not by its square', () => {
    // Merged one by one, each into a copy of all before it, these take minutes.
    const count = 50_000
    const names = Array.from({ length: count }, (_, at) => `n${at}`)
    const data = bundleData(filesOf(Object.fromEntries(names.map((name) => [`all/${name}/data.json`, { at: name }]))))
    expect(data).toEqual({ all: Object.fromEntries(names.map((name) => [name, { at: name }])) })
  })

  const inner = { x: 1 }
  const parts = [
    { folder: [], value: { a: inner, b: [1] } },
    { folder: ['a'], value: { y: JSON.parse('{"__proto__": {"z": 1}}') } },
    { folder: ['a', 'y', '__proto__'], value: { deep: {} } },
    { folder: ['c', 'd'], value: {} },
    { folder: [], value: { c: { d: { e: null } } } },
  ]
  test('is what merging two at a time gives, in any order, and changes nothing', () => {
    const before = structuredClone(inner)
    for (const order of [parts, parts.toReversed()]) {
      const one = order.reduce<unknown>((data, { folder, value }) => mergeData(data, nested(folder, value)), {})
      expect(JSON.stringify(mergeMounted(order))).toBe(JSON.stringify(one))
    }
    expect(inner).toEqual(before)
  })

  test.each([
    [{ folder: ['a', 'x'], value: {} }, 'two values are given for data `a.x`'],
    [{ folder: ['a', 'x', 'z'], value: { q: 1 } }, 'two values are given for data `a.x`'],
    [{ folder: [], value: { a: { y: 2, x: { n: 1 } } } }, 'two values are given for data `a.x`'],
    [{ folder: [], value: { a: 1 } }, 'two values are given for data `a`'],
    [{ folder: ['a'], value: 7 }, 'the data is no object'],
  ])('%j is refused', (part, message) => {
    expect(() => mergeMounted([{ folder: [], value: { a: inner } }, part])).toThrow(
      expect.objectContaining({ code: 'ERR_DATA_INVALID', message }),
    )
  })
})
