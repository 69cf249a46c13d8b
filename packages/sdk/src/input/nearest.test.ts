import { expect, test } from '@jest/globals'
import { nearest } from './nearest.ts'

const known = [
  'model_endpoints/image_digest',
  'model_endpoints/customer_key',
  'SM-013',
  'SM-031',
  'approved_registries',
]

test.each([
  ['a letter missing', 'model_endpoint/image_digest', 'model_endpoints/image_digest'],
  ['the name without its category', 'customer_key', 'model_endpoints/customer_key'],
  ['the name without its category, misspelt', 'image_digets', 'model_endpoints/image_digest'],
  ['other case and dashes', 'sm_013', 'SM-013'],
  ['two letters swapped', 'SM-103', 'SM-013'],
  ['singular', 'approved_registry', 'approved_registries'],
  ['a name of its own', 'vector_stores', undefined],
  ['nothing', '', undefined],
  ['a text that nobody types', 'approved_registries'.repeat(9000), undefined],
])('%s', (_, name, expected) => {
  expect(nearest(name, known)).toBe(expected)
})

test('nothing is near to nothing', () => {
  expect(nearest('SM-013', [])).toBeUndefined()
})
