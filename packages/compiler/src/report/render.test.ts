import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, test } from '@jest/globals'
import { Ajv } from 'ajv'
import type { Diagnostic } from '../types.ts'
import { type DiagnosticFormat, renderDiagnostics } from './render.ts'

const token = `ghp_${'a1B2'.repeat(9)}`
const sources = { 'policy/a.rego': `package a\n\nt := "${token}" x\n\np if startswith(1, "a")\n` }
const found: readonly Diagnostic[] = [
  {
    code: 'rego_parse_error',
    severity: 'error',
    message: `unexpected token after "${token}"`,
    file: 'policy/a.rego',
    line: 3,
    column: 49,
    endLine: 3,
    endColumn: 49,
    details: [`t := "${token}" x`, '      ^'],
    hint: 'take it out',
  },
  {
    code: 'rego_type_error',
    severity: 'error',
    message: 'startswith: invalid argument(s)',
    file: 'policy/a.rego',
    line: 5,
    column: 6,
    endLine: 5,
    endColumn: 24,
    details: ['have: (number, string)', 'want: (search: string, base: string, result: boolean)'],
  },
  {
    code: 'builtin_unavailable',
    severity: 'warning',
    message: 'a: 100%, b\nand more',
    file: '',
    line: 0,
    column: 0,
    endLine: 0,
    endColumn: 0,
  },
  {
    code: 'rego_recursion_error',
    severity: 'error',
    message: 'a\u001b[2Jb',
    file: '/tmp/a, b:c.rego',
    line: 1,
    column: 1,
    endLine: 4,
    endColumn: 2,
  },
]

const tag = (name: string) => (text: string) => `<${name}>${text}</${name}>`
const color = { bold: tag('b'), cyan: tag('c'), dim: tag('d'), red: tag('r'), yellow: tag('y') }

describe('text', () => {
  test('shows the line with a caret, why, and how to mend it', () => {
    expect(
      renderDiagnostics(found, { sources }),
    ).toBe(`policy/a.rego:3:49: error: unexpected token after "(redacted)" [rego_parse_error]
    |
  3 | t := "(redacted)" x
    |                   ^
  fix    take it out

policy/a.rego:5:6: error: startswith: invalid argument(s) [rego_type_error]
    |
  5 | p if startswith(1, "a")
    |      ^^^^^^^^^^^^^^^^^^
  why    have: (number, string)
         want: (search: string, base: string, result: boolean)

warning: a: 100%, b [builtin_unavailable]
  why    and more

/tmp/a, b:c.rego:1:1: error: a\ufffd[2Jb [rego_recursion_error]
`)
  })

  test('has the colours that it is given', () => {
    expect(
      renderDiagnostics(found.slice(1, 3), { sources, color }),
    ).toBe(`policy/a.rego:5:6: <r>error</r>: <b>startswith: invalid argument(s)</b> <d>[rego_type_error]</d>
  <c>  |</c>
  <c>5 |</c> p if startswith(1, "a")
  <c>  |</c>      <r>^^^^^^^^^^^^^^^^^^</r>
  <d>why   </d> have: (number, string)
  <d>      </d> want: (search: string, base: string, result: boolean)

<y>warning</y>: <b>a: 100%, b</b> <d>[builtin_unavailable]</d>
  <d>why   </d> and more
`)
  })

  test('needs no source', () => {
    expect(renderDiagnostics(found.slice(0, 1))).toBe(
      'policy/a.rego:3:49: error: unexpected token after "(redacted)" [rego_parse_error]\n  fix    take it out\n',
    )
  })
})

test('annotations of GitHub are one line each, escaped', () => {
  expect(renderDiagnostics(found, { format: 'github' })).toBe(
    [
      '::error file=policy/a.rego,line=3,endLine=3,col=49,endColumn=49,title=rego_parse_error::unexpected token after "(redacted)"%0Afix: take it out',
      '::error file=policy/a.rego,line=5,endLine=5,col=6,endColumn=24,title=rego_type_error::startswith: invalid argument(s)%0Ahave: (number, string)%0Awant: (search: string, base: string, result: boolean)',
      '::warning title=builtin_unavailable::a: 100%25, b%0Aand more',
      '::error file=/tmp/a%2C b%3Ac.rego,line=1,endLine=4,title=rego_recursion_error::a\ufffd[2Jb',
      '',
    ].join('\n'),
  )
})

const schema = (path: string): object => JSON.parse(readFileSync(path, 'utf8'))
const require = createRequire(import.meta.url)
const schemas: Readonly<Record<'json' | 'sarif', object>> = {
  json: schema(require.resolve('../../diagnostics.schema.json')),
  sarif: schema(require.resolve('schemastore/schemas/json/sarif-2.1.0.json')),
}

describe.each(['json', 'sarif'] as const)('%s', (format) => {
  test.each<[string, readonly Diagnostic[]]>([
    ['none', []],
    ['some', found],
  ])('is valid by its schema with %s', (_, diagnostics) => {
    const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schemas[format])
    validate(JSON.parse(renderDiagnostics(diagnostics, { format })))
    expect(validate.errors).toBeNull()
  })
})

test('a line without a column has none', () => {
  const [first] = found.slice(1)
  const end = first === undefined ? [] : [{ ...first, details: [], line: 4, column: 0, endLine: 4, endColumn: 0 }]
  const { region } = JSON.parse(renderDiagnostics(end, { format: 'sarif' })).runs[0].results[0].locations[0]
    .physicalLocation
  expect(region).toEqual({ startLine: 4, endLine: 4 })
  expect(renderDiagnostics(end, { format: 'github' })).toBe(
    '::error file=policy/a.rego,line=4,endLine=4,title=rego_type_error::startswith: invalid argument(s)\n',
  )
  expect(renderDiagnostics(end, { sources })).toBe(
    'policy/a.rego:4: error: startswith: invalid argument(s) [rego_type_error]\n    |\n  4 |\n    | ^\n',
  )
})

test('JSON keeps every field, and no line of the source', () => {
  const [first] = found
  expect(JSON.parse(renderDiagnostics(found.slice(0, 1), { format: 'json', sources }))).toEqual({
    version: 1,
    counts: { errors: 1, warnings: 0 },
    diagnostics: [{ ...first, details: undefined, message: 'unexpected token after "(redacted)"' }],
  })
})

test('SARIF has a rule for each code, and places with and without a root', () => {
  const { rules } = JSON.parse(renderDiagnostics(found, { format: 'sarif' })).runs[0].tool.driver
  const { results, columnKind } = JSON.parse(renderDiagnostics(found, { format: 'sarif' })).runs[0]
  expect({
    rules: rules.map(({ id }: { readonly id: string }) => id),
    indexes: results.map(({ ruleIndex }: { readonly ruleIndex: number }) => ruleIndex),
    places: results.map(({ locations }: { readonly locations?: unknown }) => locations),
    columnKind,
  }).toEqual({
    rules: ['builtin_unavailable', 'rego_parse_error', 'rego_recursion_error', 'rego_type_error'],
    indexes: [1, 3, 0, 2],
    places: [
      [
        {
          physicalLocation: {
            artifactLocation: { uri: 'policy/a.rego', uriBaseId: '%SRCROOT%' },
            region: { startLine: 3, startColumn: 49, endLine: 3, endColumn: 49 },
          },
        },
      ],
      [
        {
          physicalLocation: {
            artifactLocation: { uri: 'policy/a.rego', uriBaseId: '%SRCROOT%' },
            region: { startLine: 5, startColumn: 6, endLine: 5, endColumn: 24 },
          },
        },
      ],
      undefined,
      [
        {
          physicalLocation: {
            artifactLocation: { uri: 'file:///tmp/a,%20b:c.rego' },
            region: { startLine: 1, startColumn: 1, endLine: 4, endColumn: 2 },
          },
        },
      ],
    ],
    columnKind: 'unicodeCodePoints',
  })
})

test.each<DiagnosticFormat>(['text', 'json', 'sarif', 'github'])('%s never holds a credential', (format) => {
  expect(renderDiagnostics(found, { format, sources })).not.toContain(token.slice(0, 12))
})

test('nothing to say is no text and no annotation', () => {
  expect([renderDiagnostics([]), renderDiagnostics([], { format: 'github' })]).toEqual(['', ''])
})
