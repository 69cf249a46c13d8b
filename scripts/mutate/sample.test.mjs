import { expect, test } from '@jest/globals'
import { sample } from './sample.mjs'

const mutants = ['a', 'b', 'c', 'd'].flatMap((name) =>
  Array.from({ length: 25 }, (_, line) => ({ package: name, line })),
)

/** How many of each package a sample of this size has, fewest first. */
function counts(size) {
  const taken = sample(mutants, size, 3).map((mutant) => mutant.package)
  return ['a', 'b', 'c', 'd'].map((name) => taken.filter((each) => each === name).length).sort((x, y) => x - y)
}

test('a sample is the same for the same seed, and another for another', () => {
  expect(sample(mutants, 20, 1)).toEqual(sample(mutants, 20, 1))
  expect(sample(mutants, 20, 1)).not.toEqual(sample(mutants, 20, 2))
})

test('a sample takes ten of a package before it asks a package again', () => {
  expect(counts(20)).toEqual([0, 0, 10, 10])
  expect(counts(40)).toEqual([10, 10, 10, 10])
  expect(counts(1000)).toEqual([25, 25, 25, 25])
})

test('a sample keeps the order, and takes none twice', () => {
  const taken = sample(mutants, 30, 5).map((mutant) => mutants.indexOf(mutant))
  expect(taken).toEqual([...new Set(taken)].sort((a, b) => a - b))
  expect(taken).toHaveLength(30)
})
