import { expect, test } from '@jest/globals'
import { cryptoPaths as inNode } from '../../../evaluate/builtins/crypto.ts'
import { cryptoPaths as inBrowser } from './crypto.ts'

const texts = ['', 'a', 'é😀\u0000', 'key', 'x'.repeat(200), '\ud800']

test.each(Object.keys(inNode))('%s answers in a browser as in Node', (name) => {
  const pairs = texts.flatMap((text) => texts.map((key) => [text, key] as const))
  const ours = pairs.map((pair) => inBrowser[name]?.(...pair))
  expect(ours).toEqual(pairs.map((pair) => inNode[name]?.(...pair)))
  expect(inBrowser[name]?.(true, 'key')).toEqual(inNode[name]?.(true, 'key'))
})
