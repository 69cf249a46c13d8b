import { MASK } from '@plangate/bundle'
import type { Node, Parser } from 'web-tree-sitter'
import type { Redact } from '../decision/redact.ts'
import { type Block, plainText, type SourceFile, type Span, spanOf } from './parse.ts'

/**
 * Returns a source, line for line, without what is a secret whatever it looks like: the default of a sensitive variable, what a
 * write-only argument is set to, and strings, heredocs too, in whose value something is masked.
 */
export const veiledText = (
  parser: Parser,
  { text, blocks }: SourceFile & { readonly text: string },
  redact: Redact,
): string => {
  const starts = startsOf(text)
  const offset = (line: number, column: number): number => (starts[line - 1] ?? text.length) + column - 1
  const ranges = [...blocks.flatMap((block) => secretsOf(block, text, offset)), ...maskedStrings(parser, text, redact)]
    .map(({ line, column, endLine, endColumn }) => [offset(line, column), offset(endLine, endColumn)] as const)
    .sort(([a, endA], [b, endB]) => a - b || endB - endA)
  let veiled = ''
  let behind = 0
  for (const [from, to] of ranges) {
    if (from < behind) continue
    veiled += `${text.slice(behind, from)}${MASK}${'\n'.repeat(text.slice(from, to).split('\n').length - 1)}`
    behind = to
  }
  return veiled + text.slice(behind)
}

const startsOf = (text: string): readonly number[] => {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

const secretsOf = (block: Block, text: string, offset: (line: number, column: number) => number): readonly Span[] => {
  const written = ({ line, column, endLine, endColumn }: Span): string =>
    text.slice(offset(line, column), offset(endLine, endColumn))
  const isLiteral = (span: Span): boolean => /^(?:["[{]|<<)/.test(written(span))
  const sensitive = block.attributes.get('sensitive')
  const isHidden = block.type === 'variable' && sensitive !== undefined && written(sensitive.value.span) !== 'false'
  return [
    ...[...block.attributes].flatMap(([name, { value }]) =>
      (name.endsWith('_wo') || (isHidden && name === 'default')) && isLiteral(value.span) ? [value.span] : [],
    ),
    ...block.blocks.flatMap((inner) => secretsOf(inner, text, offset)),
  ]
}

/** Where strings stand in whose value something is masked. */
const maskedStrings = (parser: Parser, text: string, redact: Redact): readonly Span[] => {
  const tree = parser.parse(text)
  if (tree === null) return []
  try {
    return tree.rootNode.descendantsOfType(['string_lit', 'heredoc_template']).flatMap((node) => {
      const value = node === null ? undefined : valueOf(node)
      return node === null || value === undefined || redact(value) === value ? [] : [spanOf(node, node)]
    })
  } finally {
    tree.delete()
  }
}

/** What a string or a heredoc stands for, where nothing is filled in. */
const valueOf = (node: Node): string | undefined => {
  if (node.type === 'string_lit') return plainText(node)
  const lines = node.text.split(/\r?\n/)
  const inside = lines.slice(1, -1)
  if (lines[0]?.startsWith('<<-') !== true) return `${inside.join('\n')}\n`
  const indents = inside.filter((line) => line.trim() !== '').map((line) => /^\s*/.exec(line)?.[0].length ?? 0)
  const indent = Math.min(...indents, Infinity)
  return `${inside.map((line) => line.slice(indent === Infinity ? 0 : indent)).join('\n')}\n`
}
