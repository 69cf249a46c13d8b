import type { Node, Parser } from 'web-tree-sitter'

/** A stretch of a source: lines and columns count from 1, columns in UTF-16 code units; the end lies behind it. */
export interface Span {
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
}

/** What an attribute is set to: an object or a list that is written out, or anything else. */
export interface Value {
  readonly span: Span
  /** Keys that are written as such, each from the key to the end of its value. */
  readonly entries: ReadonlyMap<string, { readonly span: Span; readonly value: Value }>
  readonly items: readonly Value[]
  /** The text between the quotes, where it is a string without anything to fill in. */
  readonly text: string | undefined
  /** The name of the variable that it is, and nothing else. */
  readonly variable: string | undefined
}

/** An attribute, from its name to the end of its value. */
export interface Attribute {
  readonly span: Span
  readonly value: Value
}

/** A block. One that is written `dynamic "x" { content {…} }` is the `x` that its content is. */
export interface Block {
  readonly type: string
  readonly labels: readonly string[]
  /** From the type to the last label. */
  readonly header: Span
  readonly span: Span
  readonly isDynamic: boolean
  readonly attributes: ReadonlyMap<string, Attribute>
  readonly blocks: readonly Block[]
}

/** A comment with the signs that begin it. */
export interface Comment {
  readonly span: Span
  readonly text: string
}

/** What a file says, in its order. */
export interface SourceFile {
  readonly blocks: readonly Block[]
  readonly comments: readonly Comment[]
}

/** Levels of blocks and expressions that are looked at; what lies deeper is left out. Nobody writes such by hand. */
const MOST_LEVELS = 128

/** Returns the blocks and comments of a `.tf` file. What is not valid is left out; nothing is refused. */
export const parseTerraform = (parser: Parser, text: string): SourceFile => {
  // Terraform refuses it as well. To read what is no text takes a parser that mends what it reads very long.
  if (text.includes('\0')) return { blocks: [], comments: [] }
  const tree = parser.parse(text)
  if (tree === null) return { blocks: [], comments: [] }
  try {
    const root = tree.rootNode
    return {
      blocks: root.namedChildren
        .filter(ofType('body'))
        .flatMap(bodyOf)
        .flatMap((node) => blockOf(node)),
      comments: root.descendantsOfType('comment').flatMap((node) => (node === null ? [] : [commentOf(node)])),
    }
  } finally {
    tree.delete()
  }
}

const ofType =
  (type: string) =>
  (node: Node): boolean =>
    node.type === type

const bodyOf = (body: Node): readonly Node[] => body.namedChildren

const commentOf = (node: Node): Comment => ({ span: spanOf(node, node), text: node.text })

const blockOf = (node: Node, level = 0): readonly Block[] => {
  if (node.type !== 'block' || level > MOST_LEVELS) return []
  const parts = node.namedChildren
  const [name] = parts
  if (name === undefined || name.type !== 'identifier') return []
  const labels = parts.slice(1).filter(({ type }) => type === 'string_lit' || type === 'identifier')
  const inside = parts.filter(ofType('body')).flatMap(bodyOf)
  const block: Block = {
    type: name.text,
    labels: labels.map((label) => (label.type === 'identifier' ? label.text : (plainText(label) ?? ''))),
    header: spanOf(name, labels.at(-1) ?? name),
    span: spanOf(node, node),
    isDynamic: false,
    attributes: new Map(
      inside.filter(ofType('attribute')).flatMap((each) => {
        const attribute = attributeOf(each)
        return attribute === undefined ? [] : [attribute]
      }),
    ),
    blocks: inside.flatMap((each) => blockOf(each, level + 1)),
  }
  const content = block.type === 'dynamic' ? block.blocks.find(({ type }) => type === 'content') : undefined
  const type = block.labels[0]
  return [
    content === undefined || type === undefined
      ? block
      : { ...content, type, labels: [], header: block.header, span: block.span, isDynamic: true },
  ]
}

const attributeOf = (node: Node): readonly [string, Attribute] | undefined => {
  const [name, expression] = node.namedChildren
  if (name === undefined || expression === undefined) return undefined
  return [name.text, { span: spanOf(name, expression), value: valueOf(expression) }]
}

const valueOf = (expression: Node, level = 0): Value => {
  const span = spanOf(expression, expression)
  if (level > MOST_LEVELS) return { span, entries: new Map(), items: [], text: undefined, variable: undefined }
  const inner = bare(expression)
  const isAttribute = expression.namedChildCount === 2
  const variable = !isAttribute
    ? undefined
    : /^var\.(?<name>[\p{L}_][\p{L}\p{N}_-]*)$/u.exec(expression.text)?.groups?.name
  if (inner.type === 'object') {
    const entries = inner.namedChildren.filter(ofType('object_elem')).flatMap((each) => {
      const [key, value] = each.namedChildren
      const name = key === undefined ? undefined : keyOf(key)
      if (key === undefined || value === undefined || name === undefined) return []
      return [[name, { span: spanOf(key, value), value: valueOf(value, level + 1) }] as const]
    })
    return { span, entries: new Map(entries), items: [], text: undefined, variable }
  }
  const elements = inner.type === 'tuple' ? inner.namedChildren.filter(ofType('expression')) : []
  const items = elements.map((each) => valueOf(each, level + 1))
  return { span, entries: new Map(), items, text: plainText(inner), variable }
}

/** What an expression holds that is nothing but one literal, object or tuple, or what it writes as JSON. */
const bare = (node: Node, level = 0): Node => {
  if (level > 4 * MOST_LEVELS) return node
  const [only, ...others] = node.namedChildren
  if (node.type === 'function_call' && only?.text === 'jsonencode') {
    const [argument, ...more] = others
      .filter(ofType('function_arguments'))
      .flatMap(({ namedChildren }) => namedChildren)
    return argument === undefined || more.length > 0 ? node : bare(argument, level + 1)
  }
  const wraps = ['expression', 'collection_value', 'literal_value', 'template_expr']
  return wraps.includes(node.type) && only !== undefined && others.length === 0 ? bare(only, level + 1) : node
}

/** The key of an object, `a` or `"a"`; what stands in parentheses is worked out. */
const keyOf = (key: Node): string | undefined => {
  if (key.text.startsWith('(')) return undefined
  const inner = bare(key)
  if (inner.type === 'variable_expr') return inner.text
  return plainText(inner)
}

/** Returns what a string stands for in which nothing is filled in. */
export const plainText = (node: Node): string | undefined => {
  if (node.type !== 'string_lit') return undefined
  const text = node.text.slice(1, -1)
  try {
    // Terraform's escapes in a string are JSON's, but for `$${` and `%%{`.
    const read: unknown = JSON.parse(`"${text.replaceAll(/([$%])\1\{/g, '$1{')}"`)
    return typeof read === 'string' ? read : undefined
  } catch {
    return text
  }
}

/** Returns the stretch from one node to another. */
export const spanOf = (from: Node, to: Node): Span => ({
  line: from.startPosition.row + 1,
  column: from.startPosition.column + 1,
  endLine: to.endPosition.row + 1,
  endColumn: to.endPosition.column + 1,
})
