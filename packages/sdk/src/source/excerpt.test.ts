import { expect, test } from '@jest/globals'
import { redactor } from '../decision/redact.ts'
import { excerptOf } from './excerpt.ts'

const redact = redactor(new Set(['s3nsitive-value']))
const excerpt = (text: string, span: readonly [number, number, number, number]) => {
  const [line, column, endLine, endColumn] = span
  const lines = text.split('\n')
  const masked = new Set(redact(text).split('\n'))
  return excerptOf({ lines, veiled: lines, masked }, { line, column, endLine, endColumn }, redact).lines
}

test.each<[string, string, readonly [number, number, number, number], unknown]>([
  ['what is meant', 'a {\n  b = 1 # c\n}', [2, 3, 2, 8], [{ line: 2, text: '  b = 1 # c', from: 2, to: 7 }]],
  [
    'at most four lines, each from its indent',
    'a = <<E\n  1\n\n  3\n  4\nE',
    [1, 1, 6, 2],
    [
      { line: 1, text: 'a = <<E', from: 0, to: 7 },
      { line: 2, text: '  1', from: 2, to: 3 },
      { line: 3, text: '', from: 0, to: 0 },
      { line: 4, text: '  3', from: 2, to: 3 },
    ],
  ],
  [
    'a sensitive value masked, and the line from its indent on',
    '  a = "s3nsitive-value" + b',
    [1, 3, 1, 28],
    [{ line: 1, text: '  a = "(redacted)" + b', from: 2, to: 22 }],
  ],
  [
    'nothing of a secret of several lines',
    'k = <<E\n-----BEGIN RSA PRIVATE KEY-----\n  QUJD\n-----END RSA PRIVATE KEY-----\nE',
    [3, 1, 3, 7],
    [{ line: 3, text: '  (redacted)', from: 1 - 1, to: 12 }],
  ],
  [
    'no sign that a terminal obeys',
    'a\t= "\u001b[31m\u202e"',
    [1, 1, 1, 3],
    [{ line: 1, text: 'a = " [31m "', from: 0, to: 2 }],
  ],
  ['nothing beyond the end', 'a = 1', [7, 1, 9, 1], []],
])('shows %s', (_, text, span, expected) => {
  expect(excerpt(text, span)).toEqual(expected)
})
