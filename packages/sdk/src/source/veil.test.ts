import { expect, test } from '@jest/globals'
import { redactor } from '../decision/redact.ts'
import { terraformParser } from '../read/grammar.ts'
import { parseTerraform } from './parse.ts'
import { veiledText } from './veil.ts'

const parser = await terraformParser()
const redact = redactor(new Set(['first line\n  "second"\n', 'a "b" ${c} value']))
const veil = (text: string): string => veiledText(parser, { text, ...parseTerraform(parser, text) }, redact)

test.each<[string, string, string]>([
  ['leaves what is no secret', 'a "b" "c" {\n  d = "e"\n}\n', 'a "b" "c" {\n  d = "e"\n}\n'],
  [
    'hides the default of a sensitive variable',
    'variable "a" {\n  default = {\n    b = "c"\n  }\n  sensitive = true\n}\nvariable "b" {\n  default = "c"\n}\n',
    'variable "a" {\n  default = (redacted)\n\n\n  sensitive = true\n}\nvariable "b" {\n  default = "c"\n}\n',
  ],
  [
    'hides literals of write-only arguments, in blocks too, and no references',
    'resource "a" "b" {\n  p_wo = "x"\n  p_wo_version = 1\n  c {\n    d_wo = "y"\n    e_wo = var.e\n  }\n}\n',
    'resource "a" "b" {\n  p_wo = (redacted)\n  p_wo_version = 1\n  c {\n    d_wo = (redacted)\n    e_wo = var.e\n  }\n}\n',
  ],
  [
    'hides a heredoc that is indented, line for line',
    'a "b" {\n  c = <<-E\n    first line\n      "second"\n  E\n  d = 1\n}\n',
    'a "b" {\n  c = (redacted)\n\n\n\n  d = 1\n}\n',
  ],
  [
    'hides a string that is escaped',
    'a "b" {\n  c = "a \\"b\\" $${c} value" # d\n}\n',
    'a "b" {\n  c = (redacted) # d\n}\n',
  ],
])('%s', (_, text, expected) => {
  expect(veil(text)).toBe(expected)
})
