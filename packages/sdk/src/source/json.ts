import type { Parser } from 'web-tree-sitter'
import { type Block, parseTerraform, type SourceFile, type Span, type Value } from './parse.ts'

/** How many names a block has after its type. */
const labelled: Readonly<Record<string, number>> = {
  resource: 2,
  data: 2,
  module: 1,
  variable: 1,
  output: 1,
  provider: 1,
}

const START = 'x='

/**
 * Returns the blocks of a `.tf.json` file, whose JSON is read as the object of Terraform's language that it is too. What lies in a
 * block is an attribute of it.
 *
 * @see https://developer.hashicorp.com/terraform/language/syntax/json
 */
export const parseTerraformJson = (parser: Parser, text: string): SourceFile => {
  const { blocks } = parseTerraform(parser, `y {\n${START}${text}\n}`)
  const root = blocks[0]?.attributes.get('x')?.value
  if (root === undefined) return { blocks: [], comments: [] }
  const found = entriesOf(root).flatMap(([type, { value }]) => {
    const count = labelled[type]
    return count === undefined ? [] : blocksOf(type, [], value, count)
  })
  return { blocks: found, comments: [] }
}

type Entry = readonly [string, { readonly span: Span; readonly value: Value }]

/** The entries of an object, or of each object in a list. */
const entriesOf = (value: Value): readonly Entry[] => [...value.entries, ...value.items.flatMap(entriesOf)]

const blocksOf = (type: string, labels: readonly string[], value: Value, left: number): readonly Block[] =>
  entriesOf(value).flatMap(([name, entry]) => {
    const names = [...labels, name]
    if (left > 1) return blocksOf(type, names, entry.value, left - 1)
    const bodies = entry.value.items.length === 0 ? [entry.value] : entry.value.items
    return bodies.map((body) => blockOf(type, names, { key: name, at: entry.span, body }))
  })

interface Body {
  readonly key: string
  readonly at: Span
  readonly body: Value
}

const blockOf = (type: string, labels: readonly string[], { key, at, body }: Body): Block => {
  const { line, column } = moved(at)
  return {
    type,
    labels,
    header: { line, column, endLine: line, endColumn: column + JSON.stringify(key).length },
    span: moved(at),
    isDynamic: false,
    attributes: entriesMoved(body),
    blocks: [],
  }
}

const entriesMoved = ({ entries }: Value): Value['entries'] =>
  new Map([...entries].map(([key, { span, value }]) => [key, { span: moved(span), value: valueMoved(value) }]))

const valueMoved = (value: Value): Value => ({
  ...value,
  span: moved(value.span),
  entries: entriesMoved(value),
  items: value.items.map(valueMoved),
})

/** The place in the file of one in what was parsed. */
const moved = ({ line, column, endLine, endColumn }: Span): Span => ({
  line: line - 1,
  column: shifted(line, column),
  endLine: endLine - 1,
  endColumn: shifted(endLine, endColumn),
})

const shifted = (line: number, column: number): number => (line === 2 ? column - START.length : column)
