import { beforeAll, describe, expect, test } from '@jest/globals'
import { loadOpa, type Opa } from '@plangate/opa'
import { ASK, FAILED, Failure, type Paths } from '../../src/evaluate/builtins/answer.ts'
import { sorted, sortedEntries } from '../../src/evaluate/builtins/order.ts'
import { answerOf } from '../../src/evaluate/builtins/path.ts'
import { JAVASCRIPT, loadPaths } from '../../src/evaluate/builtins/table.ts'
import { isArray, isNumber, isSet, parseValue, type Value, writeValue } from '../../src/evaluate/builtins/value.ts'
import { generatorsOf } from './generators.ts'
import { randomOf } from './random.ts'

// What every JavaScript path answers has to be what OPA's Go code answers, undefined included.

const full = process.env['PLANGATE_TEST_FULL'] !== undefined
const cases = Number(process.env['PLANGATE_BUILTIN_CASES'] ?? (full ? 28_000 : 150))
const seed = Number(process.env['PLANGATE_SEED'] ?? 20261121)
const batch = 500

let opa: Opa
let paths: Paths
beforeAll(async () => {
  opa = await loadOpa()
  paths = await loadPaths(JAVASCRIPT)
})

/** A value as text that is equal for equal values: sets and objects sorted, numbers digit for digit. */
const canonical = (value: Value): string => writeValue(ordered(value))

const ordered = (value: Value): Value => {
  if (value === null || typeof value !== 'object' || isNumber(value)) return value
  if (isArray(value)) return value.map(ordered)
  if (isSet(value)) return { set: sorted(value.set.map(ordered)) }
  return { object: sortedEntries(value.object.map(([key, item]) => [ordered(key), ordered(item)] as const)) }
}

describe('the JavaScript path of', () => {
  test.each(JAVASCRIPT.map((name, at) => [name, at] as const))(
    '%s answers as OPA does',
    (name, at) => {
      const random = randomOf(seed + at)
      const generate = generatorsOf(random)[name]
      const path = paths[name]
      if (generate === undefined || path === undefined) throw new Error(`no path or generator for ${name}`)
      let answeredHere = 0
      const differences: unknown[] = []
      for (let done = 0; done < cases; done += batch) {
        const calls = Array.from({ length: Math.min(batch, cases - done) }, () => generate().map(writeValue)).flatMap(
          (args) => {
            const answer = answerOf(path, args)
            return answer === ASK
              ? []
              : [{ args, ours: answer === FAILED || answer instanceof Failure ? 'undefined' : canonical(answer) }]
          },
        )
        answeredHere += calls.length
        const answers = opa.builtinAll(calls.map(({ args }) => ({ name, args, evaluation: 'fuzz', nowNs: '0' })))
        for (const [index, { args, ours }] of calls.entries()) {
          const { value, error } = answers[index] ?? {}
          const theirs = value === undefined ? 'undefined' : canonical(parseValue(value))
          if (ours !== theirs) differences.push({ args, ours, theirs, error: error?.message })
        }
      }
      expect(differences.slice(0, 5)).toEqual([])
      // A path that declines nearly everything would prove nothing.
      expect(answeredHere / cases).toBeGreaterThan(0.1)
    },
    600_000,
  )
})
