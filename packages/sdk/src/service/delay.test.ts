import { expect, test } from '@jest/globals'
import { delayAfter } from './delay.ts'

const delays = { minDelayMs: 60_000, maxDelayMs: 120_000 }

test.each([
  ['between the two delays', 0, 60_000, 120_000],
  ['about a second after a failure', 1, 500, 1000],
  ['twice as long after the next', 2, 1000, 2000],
  ['never longer than the longest', 50, 60_000, 120_000],
])('a poll comes %s', (_, failures, least, most) => {
  expect([delayAfter(failures, delays, () => 0), delayAfter(failures, delays, () => 1)].sort((a, b) => a - b)).toEqual([
    least,
    most,
  ])
})
