import { PlangateError } from '@plangate/bundle'
import { Waiver } from '../input/config.ts'
import { localModule } from './modules.ts'
import type { Block, Comment, SourceFile } from './parse.ts'
import type { Sources } from './sources.ts'

/** Waivers that comments may say, and modules that are looked at for them: modules that call modules multiply. */
const MOST = 100_000

/** Folders with modules; links that lead around make any number of them. */
const MOST_FOLDERS = 10_000

/**
 * Returns the waivers that comments of the sources say: `# plangate:ignore=<id> reason="…" until=2027-01-31`, with `owner=` and
 * `ticket=` where they are known. One stands in a block, or on the lines right above it, and means all instances of the block;
 * at a `module` block it means all that is inside.
 *
 * Comments of modules that `terraform init` has fetched say nothing: whoever writes those would waive what is found in them.
 *
 * @throws PlangateError `ERR_CONFIG_INVALID` with file and line for a comment that is no waiver, or stands at no block, and where
 * there are too many
 */
export const ignoresOf = (sources: Sources): Promise<readonly Waiver[]> => {
  const before = readBefore.get(sources)
  if (before !== undefined) return before
  const waivers = readIgnores(sources)
  readBefore.set(sources, waivers)
  return waivers
}

/** Sources are read once for all plans that are judged with them. */
const readBefore = new WeakMap<Sources, Promise<readonly Waiver[]>>()

const readIgnores = async (sources: Sources): Promise<readonly Waiver[]> => {
  const waivers: Waiver[] = []
  const speaking = await speakingFolders(sources)
  // Terraform refuses modules that call themselves, so what lies in such a circle is in no plan.
  let visits = 0
  const visit = async (folder: string, modules: readonly string[], above: readonly string[]): Promise<void> => {
    if (!speaking.has(folder) || above.includes(folder)) return
    visits += 1
    const files = await sources.module(folder)
    for (const file of files) {
      const path = sources.nameOf(file.path)
      for (const waiver of waiversOf(file, path, modules)) waivers.push(waiver)
      if (waivers.length > MOST || visits > MOST)
        throw invalid(path, `is one of more than ${MOST}`, 'write one with a glob in a file for `--waivers`')
    }
    for (const { name, next } of callsOf(files, folder)) await visit(next, [...modules, name], [...above, folder])
  }
  await visit('.', [], [])
  return waivers
}

/** The modules of the sources themselves that those in a folder call. */
const callsOf = (files: readonly SourceFile[], folder: string) =>
  files
    .flatMap(({ blocks }) => blocks)
    .flatMap((block) => {
      const [name] = block.labels
      const next = block.type === 'module' ? localModule(block, folder) : undefined
      return next === undefined || name === undefined ? [] : [{ name, next }]
    })

/**
 * The folders with a comment that may waive, and those from which calls lead there. Each folder is looked at once, however many
 * calls lead to it.
 */
const speakingFolders = async (sources: Sources): Promise<ReadonlySet<string>> => {
  const callers = new Map<string, Set<string>>([['.', new Set()]])
  const speaking = new Set<string>()
  // More are added while it goes.
  for (const folder of callers.keys()) {
    if (callers.size > MOST_FOLDERS) {
      throw new PlangateError(
        'ERR_SOURCE_TOO_LARGE',
        `the sources have more than ${MOST_FOLDERS} folders with modules`,
        {
          hint: 'look for links that lead around, or do without with `--source off`',
        },
      )
    }
    const files = await sources.module(folder)
    if (files.some(({ comments }) => comments.some(({ text }) => MARK.test(text.trim())))) speaking.add(folder)
    for (const { next } of callsOf(files, folder)) {
      const known = callers.get(next)
      if (known === undefined) callers.set(next, new Set([folder]))
      else known.add(folder)
    }
  }
  for (const folder of speaking) for (const caller of callers.get(folder) ?? []) speaking.add(caller)
  return speaking
}

const MARK = /^(?:#|\/\/|\/\*)\s*plangate:ignore\b(?<rest>[^]*?)(?:\*\/)?$/

const waiversOf = (file: SourceFile, path: string, modules: readonly string[]): readonly Waiver[] =>
  file.comments.flatMap((comment) => {
    const rest = MARK.exec(comment.text.trim())?.groups?.rest
    if (rest === undefined) return []
    const source = `${path}:${comment.span.line}`
    const block = blockAt(file, comment)
    const means = block === undefined ? undefined : addressOf(block, modules)
    if (means === undefined)
      throw invalid(source, 'stands at no block that a plan has', 'write it in a block or right above it')
    const ids = idsOf(rest, source)
    const said = saidOf(rest, source)
    return ids.map((policy) => waiverOf({ ...means, policy, ...said, source }, source))
  })

const waiverOf = (value: unknown, source: string): Waiver => {
  const parsed = Waiver.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const name = issue?.path[0] === 'expires' ? 'until' : String(issue?.path[0] ?? '')
  throw invalid(source, `has no valid \`${name}\``, 'write `until=YYYY-MM-DD`')
}

const PART = /\s+(?<key>[a-z]+)=(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<plain>[^\s"]+))/suy

/** What a comment says after the ids. */
const saidOf = (rest: string, source: string): Readonly<Record<string, string>> => {
  const said: Record<string, string> = {}
  const names: Readonly<Record<string, string>> = {
    reason: 'reason',
    until: 'expires',
    owner: 'owner',
    ticket: 'ticket',
  }
  const text = rest.replace(/^=\S+/, '').trimEnd()
  PART.lastIndex = 0
  while (PART.lastIndex < text.length) {
    const groups = PART.exec(text)?.groups
    const name = names[groups?.key ?? '']
    if (groups === undefined || name === undefined) {
      throw invalid(
        source,
        'cannot be read',
        'write `plangate:ignore=<id> reason="…" until=YYYY-MM-DD owner=… ticket=…`',
      )
    }
    said[name] = groups.plain ?? groups.quoted?.replaceAll(/\\(.)/gs, '$1') ?? ''
  }
  if (!said.reason) throw invalid(source, 'gives no reason', 'write `plangate:ignore=<id> reason="…"`')
  return { owner: 'inline', ...said }
}

const idsOf = (rest: string, source: string): readonly string[] => {
  const ids =
    /^=(?<ids>\S+)/
      .exec(rest)
      ?.groups?.ids?.split(',')
      .filter((id) => id !== '') ?? []
  if (ids.length > 0) return ids
  throw invalid(source, 'names no policy', 'write `plangate:ignore=<id>`, the id or an alias of a policy')
}

const invalid = (source: string, what: string, hint: string): PlangateError =>
  new PlangateError('ERR_CONFIG_INVALID', `the waiver at \`${source}\` ${what}`, { hint })

/** The block that a comment lies in, or that begins right below it, with nothing but comments between. */
const blockAt = ({ blocks, comments }: SourceFile, { span }: Comment): Block | undefined => {
  const around = blocks.find((block) => block.span.line <= span.line && span.line <= block.span.endLine)
  if (around !== undefined) return around
  let line = span.endLine + (span.endColumn === 1 ? 0 : 1)
  for (const below of comments) if (below.span.line === line) line += 1
  return blocks.find((block) => block.span.line === line)
}

/** What a waiver at a block covers. */
const addressOf = (
  { type, labels, attributes }: Block,
  modules: readonly string[],
): Pick<Waiver, 'address' | 'instances'> | undefined => {
  const [first, second] = labels
  const inside = (address: string) => [...modules.map((name) => `module.${name}`), address].join('.')
  const block = (address: string) => ({ address: inside(address), instances: true as const })
  if (first === undefined) return undefined
  if (type === 'resource' && second !== undefined) return block(`${first}.${second}`)
  if (type === 'data' && second !== undefined) return block(`data.${first}.${second}`)
  if (type === 'variable' || type === 'output') return block(`${type}.${first}`)
  if (type === 'provider')
    return block(['provider', first, attributes.get('alias')?.value.text].filter(Boolean).join('.'))
  if (type !== 'module') return undefined
  return { address: `${[...modules, first].map((name) => `module.${name}{,[*]}`).join('.')}{,.*}` }
}
