import type { Value } from '../../src/evaluate/builtins/value.ts'
import type { Random } from './random.ts'

/** Returns what makes a YAML document, of block style or a value as JSON; some are mutated. */
export const documentsOf = (random: Random, mutated: (text: string) => string): ((value: Value) => string) => {
  const yamlScalar = (): string =>
    random.chance(0.8)
      ? random.pick([
          'a',
          'abc',
          'a b',
          '"x"',
          "'it''s'",
          '1',
          '-12',
          '0',
          'true',
          'false',
          'null',
          '~',
          '{}',
          '[]',
          'arn:aws:s3',
          '"a: b"',
          'x/y',
        ])
      : random.pick([
          'yes',
          'No',
          'ON',
          '1.5',
          '1e3',
          '012',
          '0x1f',
          '.inf',
          '2001-01-01',
          '[1, a]',
          '{a: 1}',
          '&a b',
          '*a',
          '|',
          '>-',
          'a: b',
          '- a',
          '"\\n"',
          '-0',
          '9007199254740993',
          'é',
          '!!str 1',
          'a #b',
          "'a' b",
          '"',
          '1_000',
          '+1',
          'a:',
          ':a',
          '?',
          '-',
          '=',
          '<<',
          'a  b',
          '12:30',
          '0o7',
          '1.',
          'a,b',
          '%a',
          '@a',
          'NULL',
          'y',
        ])
  const yamlKey = (): string =>
    random.chance(0.85)
      ? random.pick(['a', 'b', 'c', 'd-e', '"f"', '"g h"', 'k'])
      : random.pick(['1', 'true', 'a b', '"', "'q'", '<<', '"<<"', '? x', 'y', '-', 'é', '[a]', 'null', '~'])
  const yamlLines = (depth: number): readonly string[] => {
    const isList = random.chance(0.4)
    return Array.from({ length: 1 + random.below(3) }, (): readonly string[] => {
      const head = isList ? '-' : `${yamlKey()}:`
      if (depth === 0 || random.chance(0.5))
        return [`${head}${random.pick([' ', ' ', ' ', ' ', '  ', ''])}${yamlScalar()}`]
      const inner = yamlLines(depth - 1)
      const indent = ' '.repeat(random.pick([2, 2, 2, 2, 1, 4, 0]))
      const [first = '', ...rest] = inner
      if (isList && random.chance(0.6)) return [`- ${first}`, ...rest.map((line) => `  ${line}`)]
      return [head, ...inner.map((line) => indent + line)]
    }).flat()
  }
  return (value) => {
    const document = random.chance(0.8)
      ? `${yamlLines(3).join('\n')}${random.pick(['\n', '\n', '', '\n\n', '\n...', '\n---\na'])}`
      : JSON.stringify(plainOf(value), null, random.pick([0, 2]))
    return random.chance(0.1) ? mutated(document) : document
  }
}

/** A value as JSON has it, but for its sets, which become lists. */
const plainOf = (value: Value): unknown => {
  if (value === null || typeof value !== 'object') return value
  if ('number' in value) return Number(value.number)
  if ('set' in value) return value.set.map(plainOf)
  if ('object' in value) return Object.fromEntries(value.object.map(([key, item]) => [String(key), plainOf(item)]))
  return value.map(plainOf)
}
