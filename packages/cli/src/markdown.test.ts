import { expect, test } from '@jest/globals'
import { markdownLines } from './markdown.ts'
import { outputStyle } from './terminal.ts'

const { color } = outputStyle(false)

test('prose and lists wrap, code stays as it is, links are told by their text', () => {
  const text = `One *two*
three [four](../five/README.md).

## Avoid

\`\`\`hcl
resource "a" "b" {

  c = 1
}
\`\`\`

- first item that
  is long
- second
1. third

| a | b |
| - | - |
`
  expect(markdownLines(text, 12, color).join('\n')).toBe(`One *two*
three four.

Avoid

    resource "a" "b" {

      c = 1
    }

- first item
  that is
  long
- second
1. third

| a | b |
| - | - |`)
})

test('nothing is no line', () => {
  expect(markdownLines('', 80, color)).toEqual([])
})
