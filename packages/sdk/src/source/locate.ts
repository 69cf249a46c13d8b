import type { Parser } from 'web-tree-sitter'
import type { Decision, Finding, Location } from '../decision/schema.ts'
import { terraformParser } from '../read/grammar.ts'
import { openSources, type SourceFolders, type SourceText } from '../read/sources.ts'
import { posix } from 'node:path'
import { configurationAddress } from './address.ts'
import { type Block, parseTerraform, type Span, type SourceFile } from './parse.ts'

/** The sources of a plan: where findings are, and what stands there. */
export interface Sources {
  /** Where the sources set the attribute at `path` of an address; undefined where they do not have the address. */
  readonly locate: (address: string, path: Finding['path']) => Promise<Location | undefined>
  /** The lines of a file that a location names. */
  readonly lines: (file: string) => Promise<readonly string[]>
  /** The files of a module with what they say, `.` for the root. */
  readonly module: (folder: string) => Promise<readonly (SourceFile & SourceText)[]>
}

/** Returns the sources in a folder, which are read as far as somebody asks. */
export const sourcesOf = async (root: string): Promise<Sources> => {
  const folders = await openSources(root)
  const parser = await terraformParser()
  const parsed = new Map<string, Promise<readonly (SourceFile & SourceText)[]>>()
  const module: Sources['module'] = (folder) => {
    const known = parsed.get(folder)
    if (known !== undefined) return known
    const files = filesOf(parser, folders, folder)
    parsed.set(folder, files)
    return files
  }
  return {
    module,
    lines: async (file) => {
      const files = await folders.files(posix.dirname(file))
      return files.find(({ path }) => path === file)?.text.split(/\r?\n/) ?? []
    },
    locate: async (address, path) => {
      const names = configurationAddress(address)
      if (names === undefined) return undefined
      const found = await lead(names.modules, folders, module)
      if (found === undefined) return undefined
      const { folder, calls } = found
      const last = calls.at(-1)
      if (names.block.length === 0) return last && { ...last.place, calls: calls.slice(0, -1).map(callOf) }
      const places = placesOf(await module(folder), names.block)
      const place = within(places, path)
      return place && { ...place, calls: calls.map(callOf) }
    },
  }
}

/** Returns a decision with the location of each finding that the sources have. */
export const located = async (decision: Decision, sources: Sources): Promise<Decision> => {
  const all = <T extends Finding>(findings: readonly T[]): Promise<T[]> =>
    Promise.all(
      findings.map(async (finding) => {
        const location = await sources.locate(finding.address, finding.path)
        return location === undefined ? finding : { ...finding, location }
      }),
    )
  const [findings, undecided, waived, unchanged] = await Promise.all([
    all(decision.findings),
    all(decision.undecided),
    all(decision.waived),
    all(decision.unchanged),
  ])
  return { ...decision, findings, undecided, waived, unchanged }
}

interface Place extends Span {
  readonly file: string
}

interface Call {
  readonly module: string
  readonly place: Place
}

const callOf = ({ module, place }: Call): Location['calls'][number] => ({ module, ...place })

const filesOf = async (parser: Parser, folders: SourceFolders, folder: string) =>
  (await folders.files(folder)).map((file) => ({ ...file, ...parseTerraform(parser, file.text) }))

/** The folder that a chain of calls leads to, and the calls themselves. */
const lead = async (names: readonly string[], folders: SourceFolders, module: Sources['module']) => {
  let folder = '.'
  const calls: Call[] = []
  for (const [at, name] of names.entries()) {
    const found = placesOf(await module(folder), ['module', name]).at(-1)
    if (found === undefined) return undefined
    const { file, block } = found
    const key = names.slice(0, at + 1)
    const source = block.attributes.get('source')?.value.text
    const local = source !== undefined && /^\.\.?(\/|$)/.test(source) ? posix.join(folder, source) : undefined
    const next = local ?? (await folders.installed(key.join('.')))
    if (next === undefined && at < names.length - 1) return undefined
    calls.push({ module: key.map((each) => `module.${each}`).join('.'), place: { file, ...block.header } })
    folder = next ?? ''
  }
  return { folder, calls }
}

interface Found {
  readonly file: string
  readonly block: Block
}

/** The blocks with this type and these labels; several where an override adds to one. */
const placesOf = (files: readonly (SourceFile & SourceText)[], wanted: readonly string[]): Found[] => {
  const [type, ...labels] = wanted
  const [label, alias] = labels
  return files.flatMap(({ path, blocks }) =>
    blocks
      .filter((block) => {
        if (block.type !== type) return false
        if (type !== 'provider') return block.labels.join('\0') === labels.join('\0')
        return block.labels[0] === label && block.attributes.get('alias')?.value.text === alias
      })
      .map((block) => ({ file: path, block })),
  )
}

/** The place of an attribute, in the last of the blocks that sets it, or else the header of the first. */
const within = (found: readonly Found[], path: Finding['path']): Place | undefined => {
  const [first] = found
  if (first === undefined) return undefined
  const best = found
    .map(({ file, block }) => ({ file, reached: reach(block, path) }))
    .reduce((a, b) => (b.reached.depth >= a.reached.depth && b.reached.depth > 0 ? b : a))
  return { file: best.file, ...best.reached.span }
}

/** How far down a path a block goes: to which span, after how many keys. */
const reach = (block: Block, path: Finding['path'], depth = 0): { readonly span: Span; readonly depth: number } => {
  const [name, index] = path
  if (typeof name !== 'string') return { span: block.header, depth }
  const attribute = block.attributes.get(name)
  if (attribute !== undefined) {
    let { span, value } = attribute
    let at = depth + 1
    for (const key of path.slice(1)) {
      const entry = typeof key === 'string' ? value.entries.get(key) : undefined
      const item = typeof key === 'number' ? value.items[key] : undefined
      if (entry === undefined && item === undefined) break
      span = entry?.span ?? item?.span ?? span
      value = entry?.value ?? item ?? value
      at += 1
    }
    return { span, depth: at }
  }
  const inside = block.blocks.filter(({ type }) => type === name)
  const nth = typeof index === 'number' ? index : 0
  const one = inside.length === 1 ? inside[0] : inside.some(({ isDynamic }) => isDynamic) ? undefined : inside[nth]
  if (one !== undefined) return reach(one, path.slice(typeof index === 'number' ? 2 : 1), depth + 1)
  return { span: block.header, depth }
}
