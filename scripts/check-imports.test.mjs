import { expect, test } from '@jest/globals'
import { imports, violations } from './check-imports.mjs'

const check = (path, source) => violations([path], () => source)

test.each([
  [
    'a package imports one that its row names',
    'packages/compiler/src/a.ts',
    `import { readBundle } from '@plangate/bundle'`,
  ],
  ['a built-in of Node is nobody’s business', 'packages/bundle/src/a.ts', `import { join } from 'node:path'`],
  ['the SDK loads Go lazily', 'packages/sdk/src/evaluate/a.ts', `const go = await import('@plangate/opa')`],
  ['the SDK names a type of Go', 'packages/sdk/src/evaluate/a.ts', `import type { Opa } from '@plangate/opa'`],
  [
    'the command line finds the library',
    'packages/cli/src/a.ts',
    `import.meta.resolve('@plangate/policies/library.tar.gz')`,
  ],
  ['a test imports what it likes', 'packages/bundle/src/a.test.ts', `import { loadGate } from '@plangate/sdk'`],
  ['data flows on', 'packages/sdk/src/report/a.ts', `import { Decision } from '../decision/decision.ts'`],
  ['a folder imports itself', 'packages/sdk/src/input/a.ts', `import { parse } from './parse.ts'`],
])('%s', (_, path, source) => {
  expect(check(path, source)).toEqual([])
})

test.each([
  [
    'the bundle imports nobody',
    'packages/bundle/src/a.ts',
    `import { z } from 'zod'\nimport { compileBundle } from '@plangate/compiler'`,
    ['packages/bundle/src/a.ts:2: `@plangate/bundle` may not import `@plangate/compiler`'],
  ],
  [
    'the SDK does not load Go at once',
    'packages/sdk/src/evaluate/a.ts',
    `import {\n  loadOpa,\n} from '@plangate/opa'`,
    ['packages/sdk/src/evaluate/a.ts:3: `@plangate/sdk` may import `@plangate/opa` only lazily, by `await import()`'],
  ],
  [
    'a lazy import is an import',
    'packages/sdk/src/read/a.ts',
    `  const { compileBundle } = await import('@plangate/compiler')`,
    ['packages/sdk/src/read/a.ts:1: `@plangate/sdk` may not import `@plangate/compiler`'],
  ],
  [
    'the command line goes through the SDK',
    'packages/cli/src/a.ts',
    `export { PlangateError } from '@plangate/bundle'`,
    ['packages/cli/src/a.ts:1: `plangate` may not import `@plangate/bundle`'],
  ],
  [
    'data does not flow back',
    'packages/sdk/src/input/a.ts',
    `import type { Decision } from '../decision/decision.ts'`,
    ['packages/sdk/src/input/a.ts:1: `input` comes before `decision` and may not import it'],
  ],
  [
    'the index is for others',
    'packages/sdk/src/input/a.ts',
    `import { loadGate } from '../index.ts'`,
    ['packages/sdk/src/input/a.ts:1: a folder may not import the index of its package'],
  ],
  [
    'a path does not leave the package',
    'packages/cli/src/a.ts',
    `import { x } from '../../bundle/src/x.ts'`,
    ['packages/cli/src/a.ts:1: `../../bundle/src/x.ts` leaves the package'],
  ],
])('%s', (_, path, source, expected) => {
  expect(check(path, source)).toEqual(expected)
})

test('an import is found whatever its form', () => {
  const source = [
    `import a from 'a'`,
    `import 'b'`,
    `export * from 'c'`,
    `import type { D } from 'd'`,
    `const e = await import('e')`,
    ` * import { f } from 'f' in a comment`,
  ].join('\n')
  expect(imports(source).map(({ specifier, lazy, typeOnly }) => [specifier, lazy, typeOnly])).toEqual([
    ['a', false, false],
    ['b', false, false],
    ['c', false, false],
    ['d', false, true],
    ['e', true, false],
  ])
})
