import { expect, test } from '@jest/globals'
import { report, score } from './report.mjs'

const mutant = (verdict, more = {}) => ({
  path: 'lib/kms/kms.rego',
  line: 3,
  kind: 'operator',
  was: '==',
  text: '!=',
  verdict,
  ...more,
})

test('the score is of mutants that compile and that a test could notice', () => {
  const verdicts = ['killed', 'killed', 'late', 'survived', 'broken', 'equivalent']
  expect(score(verdicts.map((verdict) => mutant(verdict)))).toEqual({
    killed: 2,
    late: 1,
    survived: 1,
    broken: 1,
    equivalent: 1,
    asked: 4,
    score: 75,
  })
  expect(score([]).score).toBe(100)
})

test('the report names each survivor, and counts by kind and by folder', () => {
  const lines = report([
    mutant('killed'),
    mutant('survived'),
    mutant('survived', {
      path: 'policies/a/b/b.rego',
      line: 9,
      kind: 'dropped',
      was: `p(\n\t${'x'.repeat(80)})`,
      text: 'true',
    }),
    mutant('survived', { kind: 'widened', was: '', text: '"a", ' }),
    mutant('broken', { path: 'main/main.rego' }),
  ])
  expect(lines.join('\n')).toBe(
    [
      'lib/kms/kms.rego:3: operator: `==` → `!=`',
      `policies/a/b/b.rego:9: dropped: \`p( ${'x'.repeat(66)}…\` → \`true\``,
      'lib/kms/kms.rego:3: widened: a set takes every text of the tests',
      '',
      '  kind                         mutants   noticed  survived     score',
      '  operator                           2         1         1    50.0 %',
      '  dropped                            1         0         1     0.0 %',
      '  widened                            1         0         1     0.0 %',
      '',
      '  folder                       mutants   noticed  survived     score',
      '  lib/kms                            3         1         2    33.3 %',
      '  main                               0         0         0   100.0 %',
      '  policies/a                         1         0         1     0.0 %',
      '',
      '5 mutants: 1 killed, 0 timed out, 3 survived, 1 do not compile, 0 equivalent',
      'score 25.0 %',
    ].join('\n'),
  )
})
