import type { ReadPath, ReadSet } from './reads.ts'

/** What is read from one place of a document on. */
export interface ReadTree {
  /** Whether all of it is. */
  readonly whole: boolean
  readonly keys: ReadonlyMap<string, ReadTree>
  /** What is read below every key or index. */
  readonly any?: ReadTree
  /** What is read besides where the string at `key` is one of `values`. */
  readonly some: readonly { readonly key: ReadPath; readonly values: ReadonlySet<string>; readonly node: ReadTree }[]
}

interface Node {
  whole: boolean
  readonly keys: Map<string, Node>
  any?: Node
  readonly some: { readonly key: ReadPath; readonly values: ReadonlySet<string>; readonly node: Node }[]
}

/** Returns what `sets` say is read, all of them together, as a tree. */
export const readTree = (sets: readonly Pick<ReadSet, 'input'>[]): ReadTree => {
  const root = emptyNode()
  for (const read of sets.flatMap(({ input }) => input)) {
    if (Array.isArray(read)) {
      add(root, read)
      continue
    }
    const node = emptyNode()
    for (const path of read.read) add(node, path)
    add(root, read.at).some.push({ key: read.key, values: new Set(read.in), node })
  }
  return root
}

/**
 * Returns a function that leaves of an input what `sets` say is read. Scalars on the way stay, arrays and objects of
 * which nothing more is read are empty, and elements of an array that nobody reads are null, so that the others keep
 * their place. What is left is shared with the input.
 */
export const inputSelector = (sets: readonly Pick<ReadSet, 'input'>[]): ((input: unknown) => unknown) => {
  const root = readTree(sets)
  return (input) => select(input, [root])
}

const emptyNode = (): Node => ({ whole: false, keys: new Map(), some: [] })

const add = (root: Node, path: ReadPath): Node => {
  let node = root
  for (const [index, key] of path.entries()) {
    if (key === '**' && index === path.length - 1) {
      node.whole = true
    } else if (key === '*') {
      node = node.any ??= emptyNode()
    } else {
      const next: Node = node.keys.get(key) ?? emptyNode()
      node.keys.set(key, next)
      node = next
    }
  }
  return node
}

const select = (value: unknown, always: readonly ReadTree[]): unknown => {
  if (typeof value !== 'object' || value === null) return value
  const nodes = [
    ...always,
    ...always.flatMap(({ some }) => some.filter((each) => holds(value, each)).map(({ node }) => node)),
  ]
  if (nodes.some(({ whole }) => whole)) return value
  const below = (key: string): readonly ReadTree[] =>
    nodes.flatMap(({ keys, any }) => [keys.get(key), any].filter((node) => node !== undefined))
  if (Array.isArray(value)) {
    const kept = value.map((element: unknown, index) => ({ element, read: below(String(index)) }))
    return kept
      .slice(0, kept.findLastIndex(({ read }) => read.length > 0) + 1)
      .map(({ element, read }) => (read.length === 0 ? null : select(element, read)))
  }
  // `fromEntries` makes `__proto__` a key like any other
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, each]: [string, unknown]) => ({ key, each, read: below(key) }))
      .filter(({ read }) => read.length > 0)
      .map(({ key, each, read }) => [key, select(each, read)]),
  )
}

const holds = (value: object, { key, values }: ReadTree['some'][number]): boolean => {
  let at: unknown = value
  for (const each of key) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, each)) return false
    at = Object.getOwnPropertyDescriptor(at, each)?.value
  }
  return typeof at === 'string' && values.has(at)
}
