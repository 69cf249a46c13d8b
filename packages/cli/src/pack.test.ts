import { expect, test } from '@jest/globals'
import { packed, packOf } from './pack.ts'

test.each([
  ['nothing', []],
  ['a module', [['./a.cjs', 'one']]],
  [
    'modules, one of them empty',
    [
      ['./é.cjs', 'one'],
      ['./b.cjs', ''],
      ['./c.cjs', 'three'],
    ],
  ],
] as const)('a pack of %s comes back as it was', (_, entries) => {
  const pack = new Map(entries.map(([name, text]) => [name, Buffer.from(text)]))
  // At an offset, as what is read from a file may lie.
  const bytes = Buffer.concat([Buffer.of(1, 2, 3), packed(pack)]).subarray(3)
  expect(packOf(bytes)).toEqual(pack)
})

test('there is nothing in no pack', () => {
  expect(packOf(undefined)).toEqual(new Map())
})
