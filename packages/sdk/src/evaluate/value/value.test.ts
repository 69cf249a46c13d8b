import { inspect } from 'node:util'
import { PlangateError } from '@plangate/bundle'
import { describe, expect, test } from '@jest/globals'
import { compareNumbers, Decimal, exactNumber } from './decimal.ts'
import { formatValue, MAX_VALUE_DEPTH } from './format.ts'
import { parseValue } from './parse.ts'
import { compareText } from './quote.ts'
import { wellFormedJson } from './surrogates.ts'
import { exactBytes, exactText, textOf, withoutBytes } from './text.ts'

const thrown = (act: () => unknown): unknown => {
  try {
    return act()
  } catch (error) {
    return error
  }
}

const refusal = (act: () => unknown): unknown => Object(thrown(act)).code

describe('numbers', () => {
  test.each<[string, unknown]>([
    ['0', 0],
    ['-0', -0],
    ['1.0', 1],
    ['1e3', 1000],
    ['0.1', 0.1],
    ['9007199254740991', 9007199254740991],
    ['9007199254740993', 9007199254740993n],
    ['123456789012345678901234567890', 123456789012345678901234567890n],
    ['0.1000000000000000000001', new Decimal('0.1000000000000000000001')],
    ['1e400', new Decimal('1e400')],
    ['1e-400', new Decimal('1e-400')],
    ['9007199254740993.5', new Decimal('9007199254740993.5')],
  ])('%s is exact', (text, value) => {
    expect(exactNumber(text)).toEqual(value)
    expect(parseValue(text)).toEqual(value)
  })

  test.each<[string, string, number]>([
    ['1', '2', -1],
    ['1e400', '1e401', -1],
    ['-1e400', '1e-400', -1],
    ['9007199254740993', '9007199254740992', 1],
    ['1.0', '1', 0],
    ['100e-2', '0.1e1', 0],
    ['0e99', '-0', 0],
    ['0.1', '0.10000000000000000001', -1],
    ['-0.1', '-0.10000000000000000001', 1],
  ])('%s and %s compare as numbers', (a, b, sign) => {
    expect(Math.sign(compareNumbers(a, b))).toBe(sign)
    expect(Math.sign(compareNumbers(b, a))).toBe(sign === 0 ? 0 : -sign)
  })

  test('a decimal is a JSON number', () => {
    expect(() => new Decimal('1.')).toThrow('`text` is the text of a JSON number')
  })
})

test('strings are in the order of their UTF-8', () => {
  const texts = ['', 'a', 'B', 'aa', 'é', '\uffff', '😀', '\ue000']
  const byBytes = [...texts].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  expect([...texts].sort(compareText)).toEqual(byBytes)
})

const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth))

describe('formatValue', () => {
  test.each<[unknown, string]>([
    [null, 'null'],
    [false, 'false'],
    [0, '0'],
    ['', '""'],
    [new Set([1, new Set()]), '{1,set()}'],
    [new Map<unknown, unknown>([[1, [2n ** 64n]]]), '{1:[18446744073709551616]}'],
    [{ a: undefined, b: new Decimal('1e400'), c: new Date(0) }, '{"b":1e400,"c":"1970-01-01T00:00:00.000Z"}'],
    ['half \ud800 and 😀', '"half \ufffd and 😀"'],
    [JSON.parse('{"__proto__":1}'), '{"__proto__":1}'],
  ])('writes %p', (value, text) => {
    expect(formatValue(value)).toBe(text)
  })

  test.each<[unknown, string]>([
    [undefined, 'ERR_INPUT_NOT_JSON'],
    [Number.NaN, 'ERR_INPUT_NOT_JSON'],
    [[() => 1], 'ERR_INPUT_NOT_JSON'],
    [{ bytes: new Uint8Array(1) }, 'ERR_INPUT_NOT_JSON'],
  ])('refuses %p', (value, code) => {
    expect(refusal(() => formatValue(value))).toBe(code)
  })

  test('refuses what nests too deeply, and so what contains itself', () => {
    const endless: unknown[] = []
    endless.push(endless)
    expect(refusal(() => formatValue(endless))).toBe('ERR_INPUT_TOO_DEEP')
    expect(refusal(() => formatValue(nested(MAX_VALUE_DEPTH + 2)))).toBe('ERR_INPUT_TOO_DEEP')
    expect(formatValue(nested(MAX_VALUE_DEPTH))).toHaveLength(2 * MAX_VALUE_DEPTH)
  })
})

describe('parseValue', () => {
  test.each(['a', '\\n', '\\\\'])('takes megabytes of `%s` in a string', (part) => {
    expect(parseValue(`["${part.repeat(16_000_000)}", 1]`)).toHaveLength(2)
  })

  test('quotes nothing of what it refuses', () => {
    const error = thrown(() => parseValue('"hunter2\n"'))
    expect(error).toBeInstanceOf(PlangateError)
    expect(inspect(error)).not.toContain('hunter2')
  })

  test.each<[string, unknown]>([
    [' {"a" : [1, true, null, "\\u00e9\\n"]} ', { a: [1, true, null, 'é\n'] }],
    ['{1, "a", {2}}', new Set<unknown>([1, 'a', new Set([2])])],
    ['set()', new Set()],
    ['{}', {}],
    [
      '{1: 2, "a": 3}',
      new Map<unknown, unknown>([
        [1, 2],
        ['a', 3],
      ]),
    ],
    ['"\\ud800"', '\ufffd'],
  ])('reads %s', (text, value) => {
    expect(parseValue(text)).toEqual(value)
  })

  test.each(['', ' ', '{', '[1,]', '{1, "a": 2}', '{"a": 1, 2}', '1 2', '01', '1.', "'a'", '"\n"', 'nul', '[1 2]'])(
    'refuses %p',
    (text) => {
      expect(refusal(() => parseValue(text))).toBe('ERR_INPUT_NOT_JSON')
    },
  )
})

test.each([
  ['"\\ud83d\\ude00 \\\\ud800 \\n"', undefined],
  ['"\\ud800"', '"\\ufffd"'],
  ['"\\ud800\\u0041"', '"\\ufffd\\u0041"'],
  ['"\\udC00\\uD800\\ud800\\udc00\\\\\\ud800"', '"\\ufffd\\ufffd\\ud800\\udc00\\\\\\ufffd"'],
])('%s has its lone surrogates replaced', (json, expected) => {
  const bytes = new TextEncoder().encode(json)
  expect(new TextDecoder().decode(wellFormedJson(bytes))).toBe(expected ?? json)
})

test('a text without escapes of surrogates is not copied', () => {
  const bytes = new TextEncoder().encode('"\\u00e9 \\\\u"')
  expect(wellFormedJson(bytes)).toBe(bytes)
})

test.each([
  [[0xef, 0xbb, 0xbf, 0x61], '\ufeffa'],
  [[0xff, 0x41, 0xf4, 0x8f, 0xbf, 0xc3, 0xa9, 0xc3], '\ufffdA\ufffd\ufffd\ufffdé\ufffd'],
  [[0xed, 0xa0, 0x80], '\ufffd\ufffd\ufffd'],
])('the bytes %j are the text that Go reads in them', (bytes, text) => {
  expect(textOf(Uint8Array.from(bytes))).toBe(text)
})

test.each([
  [[0xff, 0x41, 0xf4, 0x8f, 0xbf, 0xc3, 0xa9, 0xc3], '\udcffA\udcf4\udc8f\udcbfé\udcc3'],
  [[0xf0, 0x9f, 0x98, 0x80, 0xed, 0xb2, 0x80], '😀\udced\udcb2\udc80'],
])('the bytes %j go to Go without a loss', (bytes, text) => {
  expect(exactText(Uint8Array.from(bytes))).toBe(text)
  expect([...exactBytes(text)]).toEqual(bytes)
})

test('bytes are told from a text that looks like their escapes', () => {
  expect(withoutBytes('["\\\\udc80", "\\udc80", "\\\\\\udcff", "\\udc7f"]')).toBe(
    '["\\\\udc80", "\\ufffd", "\\\\\\ufffd", "\\udc7f"]',
  )
})
