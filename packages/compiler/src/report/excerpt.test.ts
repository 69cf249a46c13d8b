import { expect, test } from '@jest/globals'
import { excerpt, linesOf } from './excerpt.ts'

type Range = readonly [line: number, column: number, endLine: number, endColumn: number]

const show = (text: string, [line, column, endLine, endColumn]: Range, columns = 60): readonly string[] =>
  excerpt(linesOf(text), { line, column, endLine, endColumn }, columns).flatMap((each) =>
    each === 'gap' ? ['…'] : [each.text, each.carets],
  )

const key = `-----BEGIN RSA PRIVATE KEY-----\n${'MIIEpAIBAAKCAQEA7x\n'.repeat(20)}-----END RSA PRIVATE KEY-----`
const token = `ghp_${'a1B2'.repeat(9)}`

test.each<[string, string, Range, readonly string[]]>([
  ['a range', 'p := nope(1)', [1, 6, 1, 13], ['p := nope(1)', '     ^^^^^^^']],
  ['a place', 'p if {', [1, 6, 1, 6], ['p if {', '     ^']],
  ['the end of a line', 'p if', [1, 5, 1, 5], ['p if', '    ^']],
  ['a place beyond the end', 'p if', [1, 99, 1, 99], ['p if', '    ^']],
  ['a range that ends before it begins', 'p if', [1, 3, 1, 1], ['p if', '  ^']],
  ['tabs', 'p if {\n\t\tx\t== y', [2, 3, 2, 9], ['        x    == y', '        ^^^^^^^^^']],
  ['wide characters', 'x := "日本語" + y', [1, 6, 1, 11], ['x := "日本語" + y', '     ^^^^^^^^']],
  ['what follows wide characters', 'x := "日本語" + y', [1, 14, 1, 15], ['x := "日本語" + y', '                ^']],
  ['characters of two halves', '"😀𝒳" + y', [1, 8, 1, 9], ['"😀𝒳" + y', '        ^']],
  ['combining marks', '"e\u0301" + y', [1, 8, 1, 9], ['"e\u0301" + y', '      ^']],
  ['Windows line ends', 'a\r\np := 1\r\nb', [2, 1, 2, 7], ['p := 1', '^^^^^^']],
  ['two lines', 'p if {\n\tx\n}', [1, 1, 2, 3], ['p if {', '^^^^^^', '    x', '    ^']],
  ['many lines', 'p if {\n\ta\n\tb\n\tc\n}', [1, 1, 5, 2], ['p if {', '^^^^^^', '…', '}', '^']],
  ['a line that is not there', 'p', [7, 1, 7, 2], []],
  ['no line', 'p', [0, 0, 0, 0], []],
  ['an empty source', '', [1, 1, 1, 1], ['', '^']],
  ['what a terminal could obey', 'x := "\u001b[31m\u202e"', [1, 6, 1, 13], ['x := "\ufffd[31m\ufffd"', '     ^^^^^^^']],
  ['a credential', `t := "${token}" + z y`, [1, 51, 1, 52], ['t := "(redacted)" + z y', '                    ^']],
  ['a credential that it is about', `t := "${token}"`, [1, 6, 1, 48], ['t := "(redacted)"', '     ^^^^^^^^^^^^']],
  ['a place inside a credential', `t := "${token}"`, [1, 20, 1, 20], ['t := "(redacted)"', '      ^^^^^^^^^^']],
  ['a line inside a private key', `k := \`${key}\` x`, [9, 1, 9, 3], ['(redacted)', '^^^^^^^^^^']],
  [
    'two credentials',
    `a := ["${token}", "${token}"] x`,
    [1, 95, 1, 96],
    ['a := ["(redacted)", "(redacted)"] x', '                                  ^'],
  ],
])('%s', (_, text, range, expected) => {
  expect(show(text, range)).toEqual(expected)
})

test.each<[string, Range, readonly string[]]>([
  ['its beginning', [1, 1, 1, 3], ['abcdefghijabcdefghij…', '^^']],
  ['its middle', [1, 51, 1, 53], ['…defghijabcdefghijab…', '        ^^']],
  ['its end', [1, 99, 1, 101], ['…bcdefghij', '        ^^']],
])('a long line is shown at %s', (_, range, expected) => {
  expect(show('abcdefghij'.repeat(10), range, 21)).toEqual(expected)
})

test('a line of many megabytes costs no more than looking for its place', () => {
  const text = `x := "${'日本 '.repeat(3_000_000)}" y`
  expect(show(text, [1, 9_000_009, 1, 9_000_010], 40)).toHaveLength(2)
})
