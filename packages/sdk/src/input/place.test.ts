import { expect, test } from '@jest/globals'
import { type ReadSet, readTree, type SomeReads } from '@plangate/bundle'
import { NOTHING, type Place, placeOf, WHOLE } from './place.ts'
import { type InputReads, readInput } from './read.ts'

const resources = 1000
const plan = {
  format_version: '1.2',
  terraform_version: '1.11.4',
  planned_values: {},
  resource_changes: Array.from({ length: resources }, (_, at) => ({
    type: `t${at}`,
    ...Object.fromEntries(Array.from({ length: 20 }, (_item, key) => [`k${(at * 20 + key) % 7919}`, at])),
  })),
}
const bytes = new TextEncoder().encode(JSON.stringify(plan))
const count = 40_000
const of = <T>(make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at))
const some = (at: number): SomeReads => ({
  at: ['resource_changes', '*'],
  key: ['type'],
  in: [`t${at}`, `u${at}`],
  read: [[`k${at}`]],
})

/** Paths with `*` at all places but one or two, of which each member of a plan makes another place. */
const crossing = (at: number): string[] => [
  'resource_changes',
  ...Array.from({ length: 12 }, (_, place) => ((at >> place) & 1 ? '*' : `k${place}`)),
]

// Each of them took minutes, or all memory.
const hostile: Readonly<Record<string, ReadSet['input']>> = {
  'as many conditions as types': of(some),
  'one type in all conditions': of((at) => ({ ...some(at), in: ['t1', `t${at}`] })),
  'conditions on different keys': of((at) => ({ ...some(at), key: [`k${at}`] })),
  'names of one length': of((at) => ['resource_changes', '*', `${at}`.padStart(9, 'k')]),
  'paths that cross': of(crossing),
  'one path': [of(() => '*')],
}

test.each(Object.entries(hostile))('a bundle that reads %s is read for in a moment', (_, input) => {
  const read = readInput(bytes, [{ input }])
  expect(read.facts.resources).toBe(resources)
})

const reads: InputReads = [{ input: [['a', 'b'], some(1), ['resource_changes', '*', 'type'], ['c', '*', 'd']] }]
const quoted = (name: string) => new TextEncoder().encode(JSON.stringify(name))
const below = (place: Place, ...names: readonly string[]): Place =>
  names.reduce((at, name) => at.member(quoted(name), 0, quoted(name).length), place)

test('when the steps are used up, what is read in part is read whole', () => {
  const none = readTree([])
  const [enough, few] = [100, -1].map((steps) => placeOf(readTree(reads), none, {}, steps))
  if (enough === undefined || few === undefined) throw new Error('two places')
  expect(below(enough, 'a', 'x').take).toBe(NOTHING)
  expect(few.take).toBe(WHOLE)
  expect(below(few, 'a', 'x').take).toBe(WHOLE)
})
