import { expect, test } from '@jest/globals'
import { type Reads, readSets } from './reads.ts'
import { inputSelector } from './select.ts'

const input = {
  flag: true,
  rs: [{ type: 'x', a: { b: 1, c: [1, { d: 2 }] }, e: 5 }, { type: 'y', a: { b: 2 }, e: 6 }, { a: { b: 3 } }, 'text'],
  rest: { deep: [1] },
}

test.each([
  ['nothing', [], {}],
  ['a scalar', [['flag']], { flag: true }],
  ['what is not there', [['no', 'where', '**']], {}],
  ['that something is an object', [['rest']], { rest: {} }],
  ['all below a path', [['rest', '**']], { rest: { deep: [1] } }],
  ['everything', [['**']], input],
  ['below a scalar', [['flag', 'x']], { flag: true }],
  ['each element of an array', [['rs', '*']], { rs: [{}, {}, {}, 'text'] }],
  ['a key of each', [['rs', '*', 'e']], { rs: [{ e: 5 }, { e: 6 }, {}, 'text'] }],
  ['one element, in its place', [['rs', '1', 'type']], { rs: [null, { type: 'y' }] }],
  [
    'one element more than the others',
    [
      ['rs', '*', 'type'],
      ['rs', '0', 'e'],
    ],
    { rs: [{ type: 'x', e: 5 }, { type: 'y' }, {}, 'text'] },
  ],
  [
    'elements of a type',
    [['rs', '*', 'type'], { at: ['rs', '*'], key: ['type'], in: ['x', 'z'], read: [['a', 'c', '**']] }],
    { rs: [{ type: 'x', a: { c: [1, { d: 2 }] } }, { type: 'y' }, {}, 'text'] },
  ],
  [
    'elements of a type as a whole',
    [['rs', '*'], { at: ['rs', '*'], key: ['a', 'b'], in: ['2'], read: [['**']] }],
    { rs: [{}, {}, {}, 'text'] },
  ],
  ['two asterisks in the middle', [['rs', '**', 'e']], { rs: [] }],
])('what is left: %s', (_, read, left) => {
  expect(inputSelector([{ input: read }])(input)).toEqual(left)
})

test('a key named __proto__ is a key like any other', () => {
  const hostile: unknown = JSON.parse('{"__proto__": {"a": 1}, "b": {"__proto__": 2}}')
  expect(JSON.stringify(inputSelector([{ input: [['*', '**']] }])(hostile))).toBe(JSON.stringify(hostile))
  expect(JSON.stringify(inputSelector([{ input: [['constructor', 'name']] }])(hostile))).toBe('{}')
  const inherited = inputSelector([
    { input: [{ at: [], key: ['constructor', 'name'], in: ['Object'], read: [['**']] }] },
  ])
  expect(inherited({ a: 1 })).toEqual({})
})

test.each([null, 1, 'text', true, []])('an input that is no object stays: %j', (odd) => {
  expect(inputSelector([{ input: [['a', '**']] }])(odd)).toEqual(odd)
})

const reads: Reads = {
  sets: [
    { input: [['a']], data: [] },
    { input: [['b']], data: [['limits', '**']] },
    { input: [['c']], data: [] },
  ],
  entrypoints: { 'main/deny': [0, 1], 'main/warn': [1] },
  policies: { 'x/y': [0, 2] },
}
const [a, b, c] = reads.sets
const everything = [{ input: [['**']], data: [['**']] }]

test.each([
  ['an entrypoint', { entrypoints: ['main/deny'] }, [a, b]],
  ['several users', { entrypoints: ['main/warn'], policies: ['x/y'] }, [a, b, c]],
  ['nobody in particular', {}, everything],
  ['somebody who is not known', { entrypoints: ['main/deny', 'main/other'] }, everything],
  ['a name of every object', { policies: ['constructor'] }, everything],
])('the sets of %s', (_, who, sets) => {
  expect(readSets(reads, who)).toEqual(sets)
})
