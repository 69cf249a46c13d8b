import { inspect } from 'node:util'
import { expect, test } from '@jest/globals'
import { Abort, failure } from './failure.ts'

test.each<[string, string, number, string]>([
  ['memory that cannot grow', 'opa_malloc: failed to grow', 2 ** 20, 'ERR_MEMORY_LIMIT'],
  ['an access beyond the whole of memory', 'memory access out of bounds', 2 ** 32, 'ERR_MEMORY_LIMIT'],
  ['an access beyond a part of it', 'memory access out of bounds', 2 ** 20, 'ERR_EVALUATION'],
])('%s is a coded error', (_, message, memoryBytes, code) => {
  expect(failure(new Abort(message), 'evaluate', memoryBytes)).toMatchObject({ code })
})

test('the text of an unexpected error, which may quote a value, is not told', () => {
  const quoting = new SyntaxError('Unexpected token \'h\', "hunter2-secret" is not valid JSON')
  const error = failure(quoting, 'evaluate', 2 ** 20)
  expect(error).toMatchObject({ code: 'ERR_EVALUATION', message: 'the evaluation stopped: unexpected `SyntaxError`' })
  expect(inspect(error, { depth: 5 })).not.toContain('hunter2')
})

test.each([new Abort('p.rego:1:1: object insert conflict'), new RangeError('Maximum call stack size exceeded')])(
  'the text of an error of OPA or of the engine is: %s',
  (cause) => {
    expect(failure(cause, 'evaluate', 2 ** 20)).toMatchObject({
      code: 'ERR_EVALUATION',
      message: `the evaluation stopped: ${cause.message}`,
    })
  },
)
