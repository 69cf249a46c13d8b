import { expect, test } from '@jest/globals'
import { failure } from './failure.ts'

test.each<[string, string, number, string]>([
  ['memory that cannot grow', 'opa_malloc: failed to grow', 2 ** 20, 'ERR_MEMORY_LIMIT'],
  ['an access beyond the whole of memory', 'memory access out of bounds', 2 ** 32, 'ERR_MEMORY_LIMIT'],
  ['an access beyond a part of it', 'memory access out of bounds', 2 ** 20, 'ERR_EVALUATION'],
])('%s is a coded error', (_, message, memoryBytes, code) => {
  expect(failure(new Error(message), 'evaluate', memoryBytes)).toMatchObject({ code })
})
