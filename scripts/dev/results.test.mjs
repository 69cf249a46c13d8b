import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { root } from './process.mjs'
import { readers, sum } from './results.mjs'

const lines = (...events) => events.map((event) => JSON.stringify(event)).join('\n')

test('jest: a file that does not load is a failure, and what is skipped keeps its name', () => {
  const report = {
    testResults: [
      {
        name: join(root, 'a.test.ts'),
        status: 'failed',
        assertionResults: [
          { status: 'passed', fullName: 'one' },
          { status: 'failed', fullName: 'two' },
          { status: 'pending', fullName: 'three (needs a browser)' },
        ],
      },
      { name: join(root, 'b.test.ts'), status: 'failed', assertionResults: [] },
    ],
  }
  expect(readers['.jest.json'](JSON.stringify(report), 'p')).toEqual({
    passed: 1,
    failed: ['p: two', 'p: b.test.ts does not load'],
    skipped: ['p: three (needs a browser)'],
  })
})

test('Go: a package that does not compile is a failure, one with a failing test is not counted twice', () => {
  const text = lines(
    { Action: 'run', Package: 'm', Test: 'A' },
    { Action: 'pass', Package: 'm', Test: 'A' },
    { Action: 'fail', Package: 'm', Test: 'B' },
    { Action: 'skip', Package: 'm', Test: 'C' },
    { Action: 'fail', Package: 'm' },
    { Action: 'fail', Package: 'n' },
  )
  expect(readers['.go-test.json'](text, 'p')).toEqual({
    passed: 1,
    failed: ['p: m B', 'p: n does not compile'],
    skipped: ['p: m C'],
  })
})

test('Rego: an error is a failure', () => {
  const tests = [
    { package: 'data.a', name: 'test_1' },
    { package: 'data.a', name: 'test_2', fail: true },
    { package: 'data.a', name: 'test_3', error: {} },
    { package: 'data.a', name: 'todo_test_4', skip: true },
  ]
  expect(readers['.rego-test.json'](JSON.stringify(tests), 'p')).toEqual({
    passed: 1,
    failed: ['p: data.a.test_2', 'p: data.a.test_3'],
    skipped: ['p: data.a.todo_test_4'],
  })
})

test('results add up', () => {
  expect(
    sum([
      { passed: 1, failed: ['a'], skipped: [] },
      { passed: 2, failed: ['b'], skipped: ['c'] },
    ]),
  ).toEqual({
    passed: 3,
    failed: ['a', 'b'],
    skipped: ['c'],
  })
})
