import { maskCredentials } from '@plangate/bundle'
import { posix, relative, resolve, sep } from 'node:path'
import type { Parser } from 'web-tree-sitter'
import type { Redact } from '../decision/redact.ts'
import type { Finding, Location } from '../decision/schema.ts'
import { terraformParser } from '../read/grammar.ts'
import { openSources, type SourceFolders, type SourceText } from '../read/sources.ts'
import { configurationAddress } from './address.ts'
import { type Excerpt, excerptOf } from './excerpt.ts'
import type { Sources } from './sources.ts'
import { localModule } from './modules.ts'
import { parseTerraformJson } from './json.ts'
import { veiledText } from './veil.ts'
import { type Block, parseTerraform, type Span, type SourceFile } from './parse.ts'
import { reach } from './reach.ts'

/** How sources are read. */
export interface SourceOptions {
  /** The folder from which files are named in locations. Unless given, that of the sources. */
  readonly relativeTo?: string
}

/**
 * Returns the sources in a folder, that in which `terraform plan` was run. They are read as far as somebody asks.
 *
 * @throws PlangateError `ERR_SOURCE_NOT_FOUND` where there is no such folder
 */
export const loadSources = async (root: string, { relativeTo = root }: SourceOptions = {}): Promise<Sources> => {
  const prefix = relative(resolve(relativeTo), resolve(root)).split(sep).join('/')
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
  const nameOf = (path: string) => maskCredentials(posix.join(prefix, path))
  const named = <T extends Place>(place: T): T => ({ ...place, file: nameOf(place.file) })
  const read = new Map<string, SourceFile & SourceText>()
  const excerpts = new Map<string, Excerpt>()
  const maskings = new Set<Redact>()
  return {
    module,
    nameOf,
    excerpt: (location) => excerpts.get(placeKey(location)),
    show: async (locations, redact) => {
      maskings.add(redact)
      const all: Redact = (text) => [...maskings].reduce((masked, mask) => mask(masked), text)
      for (const [file, inFile] of grouped(locations)) {
        const source = read.get(file)
        if (source === undefined) continue
        const veiled = veiledText(parser, source, all)
        const masked = new Set(linesOf(all(veiled)))
        const text = { lines: linesOf(source.text), veiled: linesOf(veiled), masked }
        for (const location of inFile) excerpts.set(placeKey(location), excerptOf(text, location, all))
      }
    },
    locate: async (address, path) => {
      const names = configurationAddress(address)
      if (names === undefined) return undefined
      const found = await lead(names.modules, folders, module)
      if (found === undefined) return undefined
      const { folder, calls } = found
      const last = calls.at(-1)
      const files = await module(folder)
      const isCall = names.block.length === 0
      const told = isCall ? last : within(placesOf(files, names.block), path)
      if (told === undefined) return undefined
      const chain = isCall ? calls.slice(0, -1) : argued(calls, 'variable' in told ? told.variable : undefined)
      for (const file of files) read.set(nameOf(file.path), file)
      return {
        ...named(told.place),
        calls: chain.map(({ module: name, place }) => ({ module: name, ...named(place) })),
      }
    },
  }
}

const linesOf = (text: string): string[] => text.split(/\r?\n/)

const placeKey = ({ file, line, column, endLine, endColumn }: Location): string =>
  [line, column, endLine, endColumn, file].join(':')

const grouped = (locations: readonly Location[]): ReadonlyMap<string, readonly Location[]> => {
  const groups = new Map<string, Location[]>()
  // The instances of a resource share their place.
  for (const location of new Map(locations.map((each) => [placeKey(each), each])).values()) {
    const group = groups.get(location.file)
    if (group === undefined) groups.set(location.file, [location])
    else group.push(location)
  }
  return groups
}

interface Place extends Span {
  readonly file: string
}

interface Call {
  readonly module: string
  readonly place: Place
  /** The block that calls, and what overrides it. */
  readonly blocks: readonly Found[]
}

/** The calls, each at the argument that sets what is wrong inside, as far as one is but handed on. */
const argued = (calls: readonly Call[], variable: string | undefined): readonly Call[] => {
  const placed = [...calls]
  let name = variable
  for (const [at, call] of [...calls.entries()].toReversed()) {
    const found = name === undefined ? undefined : call.blocks.findLast(({ block }) => block.attributes.has(name ?? ''))
    const argument = found?.block.attributes.get(name ?? '')
    if (found === undefined || argument === undefined) break
    placed[at] = { ...call, place: { file: found.file, ...argument.span } }
    name = argument.value.variable
  }
  return placed
}

const filesOf = async (parser: Parser, folders: SourceFolders, folder: string) =>
  (await folders.files(folder)).map((file) => ({
    ...file,
    ...(file.path.endsWith('.json') ? parseTerraformJson : parseTerraform)(parser, file.text),
  }))

/** The folder that a chain of calls leads to, and the calls themselves. */
const lead = async (names: readonly string[], folders: SourceFolders, module: Sources['module']) => {
  let folder = '.'
  const calls: Call[] = []
  for (const [at, name] of names.entries()) {
    const blocks = placesOf(await module(folder), ['module', name])
    const found = blocks.findLast(({ block }) => block.attributes.has('source')) ?? blocks.at(-1)
    if (found === undefined) return undefined
    const { file, block } = found
    const key = names.slice(0, at + 1)
    const next = localModule(block, folder) ?? (await folders.installed(key.join('.')))
    if (next === undefined && at < names.length - 1) return undefined
    calls.push({ module: key.map((each) => `module.${each}`).join('.'), place: { file, ...block.header }, blocks })
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
const within = (
  found: readonly Found[],
  path: Finding['path'],
): { readonly place: Place; readonly variable: string | undefined } | undefined => {
  const [first] = found
  if (first === undefined) return undefined
  const best = found
    .map(({ file, block }) => ({ file, reached: reach(block, path) }))
    .reduce((a, b) => (b.reached.depth >= a.reached.depth && b.reached.depth > 0 ? b : a))
  const { file, reached } = best
  return { place: { file, ...reached.span }, variable: reached.variable }
}
