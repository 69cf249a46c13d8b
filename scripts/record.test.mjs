import { expect, test } from '@jest/globals'
import { cellsOf, shown, textOf } from './record/ansi.mjs'
import { folded, pictureOf } from './record/picture.mjs'
import { stepsOf } from './record/session.mjs'

const red = '\u001b[31m'
const plain = '\u001b[39m'

test('a look lasts until a code ends it, also over the end of a line', () => {
  expect(cellsOf(`a${red}b\nc${plain}d\n`)).toEqual([
    [{ char: 'a' }, { char: 'b', color: 'red' }],
    [{ char: 'c', color: 'red' }, { char: 'd' }],
  ])
})

test('a code that nobody draws is an error', () => {
  expect(() => cellsOf('\u001b[5m')).toThrow('no picture of `ESC[5m` is known')
})

test.each([
  ['a line', ['one', 'two'], ['one', 'two']],
  ['lines left out', ['…', 'three'], ['…', 'three']],
  ['no line left out', ['…', 'one', 'two', 'three'], ['…', 'one', 'two', 'three']],
  ['a part of a line left out', ['o…', 't…o', 'three'], ['o…', 't…o', 'three']],
  ['another line', ['one', 'too', 'three'], undefined],
])('%s', (_, wanted, expected) => {
  const printed = wanted.length === 2 && wanted[0] === 'one' ? 'one\ntwo\n' : 'one\ntwo\nthree\n'
  expect(shown(cellsOf(printed), wanted)?.map(textOf)).toEqual(expected)
})

test('steps are files and commands, in order', () => {
  const text = '```yaml a.yaml\nb: 1\n```\n```json\n{}\n```\n```sh\n$ one\nits output\n$ two\n```\n'
  expect(stepsOf(text)).toEqual([
    { file: 'a.yaml', content: 'b: 1\n' },
    { command: 'one', output: ['its output'] },
    { command: 'two', output: [] },
  ])
})

test('long lines are folded, and each run of one look has its place and width', () => {
  const rows = folded(cellsOf(`ab ${red}<cdef>${plain}\n`), 4)
  expect(rows.map(textOf)).toEqual(['ab ', '<cde', 'f>'])
  const texts = pictureOf('a & b', rows, 4).match(/<text .*<\/text>|<title.*/g)
  expect(texts).toEqual([
    '<title id="title">a &amp; b</title>',
    '<text x="20" y="33" textLength="16" lengthAdjust="spacingAndGlyphs">ab</text>',
    '<text class="red" x="20" y="53" textLength="32" lengthAdjust="spacingAndGlyphs">&lt;cde</text>',
    '<text class="red" x="20" y="73" textLength="16" lengthAdjust="spacingAndGlyphs">f&gt;</text>',
  ])
})
