import { expect, test } from '@jest/globals'
import { strings } from './strings.mjs'

test('texts are taken as they are written, with the types of references, and without prose', () => {
  const source =
    'package a_test\n\nx := ["b", "a", "b", `raw`, "two words", "aws_vpc.this.id", "data.aws_vpc.a", "\\n"]\n'
  expect(strings(source)).toEqual([
    '"a"',
    '"aws_vpc"',
    '"aws_vpc.this.id"',
    '"b"',
    '"data.aws_vpc"',
    '"data.aws_vpc.a"',
  ])
})
