import { expect, test } from '@jest/globals'
import { mutants } from './mutants.mjs'

const head = 'package a\n\nimport data.b\n\n'

/** What the mutants of one kind do to a source: what stood there, and what stands there instead. */
const changes = (kind, source, seen) =>
  mutants(head + source, seen)
    .filter((mutant) => mutant.kind === kind)
    .map(({ was, text }) => [was, text])

test.each([
  [
    'comparisons and arithmetic',
    'operator',
    'x := y + 1 if y >= 2',
    [
      ['+', '-'],
      ['>=', '>'],
    ],
  ],
  ['no sign, and no bar of a comprehension', 'operator', 'x := {-1 | true}', []],
  ['a union inside a comprehension', 'operator', 'x := [y | y := a | b]', [['|', '&']]],
  [
    'each condition of a body',
    'dropped',
    'x if {\n\tp(1)\n\tnot q\n}',
    [
      ['p(1)', 'true'],
      ['not q', 'true'],
    ],
  ],
  ['the one behind `if`', 'dropped', 'x if p(1)', [['p(1)', 'true']]],
  ['one inside a comprehension', 'dropped', 'x := [y | some y in ys; p(y)]', [['p(y)', 'true']]],
  [
    'one inside `every`',
    'dropped',
    'x if {\n\tevery y in ys {\n\t\ty.z\n\t}\n}',
    [
      ['every y in ys {\n\t\ty.z\n\t}', 'true'],
      ['y.z', 'true'],
    ],
  ],
  ['no declaration that is used', 'dropped', 'x := y if {\n\ty := 1\n\tz := 2\n}', [['z := 2', 'true']]],
  [
    'one with `with` on a line of its own',
    'dropped',
    'x if {\n\tp with input as 1\n\t\twith data.z as 2\n}',
    [['p with input as 1\n\t\twith data.z as 2', 'true']],
  ],
  [
    '`not` taken away and put before',
    'negated',
    'x if {\n\tnot p\n\tq(1)\n}',
    [
      ['not ', ''],
      ['q(1)', 'not q(1)'],
    ],
  ],
  ['no comparison and no declaration', 'negated', 'x if {\n\ty := 1\n\ty == 1\n\tsome z in p\n}', []],
  [
    'texts, numbers, truths',
    'literal',
    'x := {"a": 1, `b`: true}',
    [
      ['"a"', '"mutant"'],
      ['1', '2'],
      ['`b`', '"mutant"'],
      ['true', 'false'],
    ],
  ],
  ['no member of a list', 'literal', 'x := ["a", 1]', []],
  [
    'the members of a set',
    'left out',
    'x := {"a", "b"}',
    [
      ['"a", ', ''],
      [', "b"', ''],
    ],
  ],
  [
    'the only member',
    'left out',
    'x := {y} | z(["p"])',
    [
      ['{y}', 'set()'],
      ['["p"]', '[]'],
    ],
  ],
  ['no pattern', 'left out', 'x if {\n\t[_, y] := z\n\ty\n}', []],
  ['no index', 'left out', 'x := y["a"]', []],
  [
    'some of a long list',
    'left out',
    `x := {${[...'abcdefghijkl'].map((c) => `"${c}"`).join(', ')}}`,
    [
      ['"a", ', ''],
      [', "c"', ''],
      [', "e"', ''],
      [', "g"', ''],
      [', "i"', ''],
      [', "k"', ''],
    ],
  ],
  [
    'one of two rules',
    'rule',
    '_x if p\n\n_x if q\n\ny if _x',
    [
      ['_x if p', ''],
      ['_x if q', ''],
      ['y if _x', ''],
    ],
  ],
  ['no rule that is needed', 'rule', '_x if p\n\ny contains _x', [['y contains _x', '']]],
  [
    'each `else`',
    'else',
    'x := 1 if {\n\tp\n} else := 2 if {\n\tq\n} else := 3',
    [
      ['else := 2 if {\n\tq\n} else := 3', ''],
      ['else := 3', ''],
    ],
  ],
  [
    'a default',
    'default',
    'default x := false\n\nx if p',
    [
      ['default x := false', ''],
      ['false', 'true'],
    ],
  ],
  [
    'the source of another `some`',
    'source',
    'x if {\n\tsome y in ys\n\tsome z in y.zs\n}',
    [
      ['ys', 'y.zs'],
      ['y.zs', 'ys'],
    ],
  ],
  [
    '`every`',
    'every',
    'x if {\n\tevery y in {1, 2} {\n\t\ty > 0\n\t}\n}',
    [['every y in {1, 2} {\n\t\ty > 0\n\t}', 'some y in {1, 2}\n\n\t\ty > 0\n\t']],
  ],
])('%s: %s', (_, kind, source, expected) => {
  expect(changes(kind, source)).toEqual(expected)
})

test('a set that something must be in takes the texts of the tests, one that is gone through does not', () => {
  const source = 'x if y in {"a", "b"}\n\n_s := {"a"}\n\nz if some y in _s\n\nw if some y in {"c"}'
  expect(changes('widened', source, ['"a"', '"d"'])).toEqual([['', '"d", ']])
})

test('the package, imports, comments and METADATA are no part of it', () => {
  expect(mutants('# METADATA\n# title: a == b\npackage a\n\nimport data.b # == "c"\n')).toEqual([])
})

test('a mutant says its line', () => {
  expect(mutants(`${head}x if {\n\tp\n}\n`).map(({ kind, line }) => [kind, line])).toEqual([
    ['rule', 5],
    ['dropped', 6],
    ['negated', 6],
  ])
})

test('what is no Rego is refused with its line', () => {
  expect(() => mutants('package a\n\nx := ?')).toThrow('line 3: `?` begins no token of Rego')
})
