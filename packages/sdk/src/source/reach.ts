import type { Finding } from '../decision/schema.ts'
import type { Block, Span, Value } from './parse.ts'
import { isUnordered } from './unordered.ts'

/** Where a block says what a path names, as far as it says it. */
export interface Reach {
  readonly span: Span
  /** How many keys of the path it has. */
  readonly depth: number
  /** The variable that the attribute is set to. */
  readonly variable: string | undefined
}

/** Returns how far down a path a block goes. Where the plan's order tells nothing about the sources, it is all that may be meant. */
export const reach = (block: Block, path: Finding['path']): Reach => {
  const [provider = ''] = (block.labels[0] ?? '').split('_')
  return inBlock(block, path, { provider, depth: 0 })
}

interface Reached {
  readonly provider: string
  readonly depth: number
}

const inBlock = (block: Block, path: Finding['path'], { provider, depth }: Reached): Reach => {
  const [name, index] = path
  const header = { span: block.header, depth, variable: undefined }
  if (typeof name !== 'string') return header
  const attribute = block.attributes.get(name)
  if (attribute !== undefined) {
    const isSet = isUnordered(provider, name) === true && attribute.value.items.length > 1
    const { span, value, keys } = isSet ? { ...attribute, keys: 0 } : inValue(attribute, path.slice(1))
    return { span, depth: depth + 1 + keys, variable: value.variable }
  }
  const inside = block.blocks.filter(({ type }) => type === name)
  const rest = path.slice(typeof index === 'number' ? 2 : 1)
  const next = { provider, depth: depth + 1 }
  const [first] = inside
  if (first === undefined) return header
  if (inside.length === 1) return inBlock(first, rest, next)
  if (inside.some(({ isDynamic }) => isDynamic) || typeof index !== 'number') return header
  if (isUnordered(provider, name) === false) {
    const nth = inside[index]
    return nth === undefined ? header : inBlock(nth, rest, next)
  }
  // A block that does not set what is wrong in another may be meant as well: it is wrong where all lack it.
  const reaches = inside.map((each) => inBlock(each, rest, next))
  const deepest = Math.max(...reaches.map((each) => each.depth))
  const [one, ...others] = inside.filter((_, at) => reaches[at]?.depth === deepest)
  if (one === undefined || others.length === 0) return reaches.find((each) => each.depth === deepest) ?? header
  const { endLine, endColumn } = (others.at(-1) ?? one).span
  return { span: { ...one.span, endLine, endColumn }, depth: next.depth, variable: undefined }
}

interface Part {
  readonly span: Span
  readonly value: Value
}

const inValue = (part: Part, path: Finding['path']): Part & { readonly keys: number } => {
  let { span, value } = part
  let keys = 0
  for (const key of path) {
    const entry = typeof key === 'string' ? value.entries.get(key) : undefined
    const item = typeof key === 'number' ? value.items[key] : undefined
    // JSON has a single block as an object, and the plan as a list of one.
    const isBlock = key === 0 && value.entries.size > 0
    if (entry === undefined && item === undefined && !isBlock) break
    span = entry?.span ?? item?.span ?? span
    value = entry?.value ?? item ?? value
    keys += 1
  }
  return { span, value, keys }
}
