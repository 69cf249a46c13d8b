import { expect, test } from '@jest/globals'
import { PlangateError } from './errors.ts'

test('an error shows code, message and hint as JSON, never its cause', () => {
  const error = new PlangateError('ERR_INPUT_EMPTY', 'the plan is empty', {
    hint: 'do this',
    cause: new Error('secret'),
  })
  expect(JSON.parse(JSON.stringify(error))).toEqual({
    code: 'ERR_INPUT_EMPTY',
    message: 'the plan is empty',
    hint: 'do this',
  })
  expect(new PlangateError('ERR_USAGE', 'no').toJSON()).toEqual({ code: 'ERR_USAGE', message: 'no' })
})
