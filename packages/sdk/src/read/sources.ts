import { readdir, readFile, stat } from 'node:fs/promises'
import { join, posix, sep } from 'node:path'
import { PlangateError } from '@plangate/bundle'

/** Bytes of one file beyond which it is passed over: nobody writes such a file by hand, and it takes seconds to read. */
const MAX_FILE_BYTES = 1024 * 1024

/** One file of a configuration, by its path from the root of the configuration, with `/`. */
export interface SourceText {
  readonly path: string
  readonly text: string
}

/** The sources of a configuration, read where somebody looks. */
export interface SourceFolders {
  /** The files of a module, in the order in which Terraform reads them: overrides come last. `.` is the root. */
  readonly files: (folder: string) => Promise<readonly SourceText[]>
  /** The folder of a module that `terraform init` has installed, by its key such as `network.subnets`. */
  readonly installed: (key: string) => Promise<string | undefined>
}

/**
 * Returns the sources in a folder.
 *
 * @throws PlangateError `ERR_SOURCE_NOT_FOUND` where there is no such folder
 */
export const openSources = async (root: string): Promise<SourceFolders> => {
  const found = await stat(root).catch(() => undefined)
  if (found === undefined || !found.isDirectory()) {
    throw new PlangateError('ERR_SOURCE_NOT_FOUND', `there is no folder \`${root}\` with sources`, {
      hint: 'name the folder in which `terraform plan` was run',
    })
  }
  const read = new Map<string, Promise<readonly SourceText[]>>()
  let modules: Promise<ReadonlyMap<string, string>> | undefined
  return {
    files: (folder) => {
      const known = read.get(folder)
      if (known !== undefined) return known
      const files = filesOf(root, folder)
      read.set(folder, files)
      return files
    },
    installed: async (key) => (await (modules ??= installedModules(root))).get(key),
  }
}

const isOverride = (name: string): boolean => /(^|_)override\.tf(\.json)?$/.test(name)

const filesOf = async (root: string, folder: string): Promise<readonly SourceText[]> => {
  const names = (await readdir(join(root, folder)).catch(() => [])).filter((name) => /\.tf(\.json)?$/.test(name))
  const sorted = names.sort((a, b) => Number(isOverride(a)) - Number(isOverride(b)) || (a < b ? -1 : 1))
  const texts = await Promise.all(
    sorted.map(async (name) => {
      const path = join(root, folder, name)
      const info = await stat(path).catch(() => undefined)
      if (info?.isFile() !== true || info.size > MAX_FILE_BYTES) return []
      const text = await readFile(path, 'utf8').catch(() => undefined)
      // Terraform passes over the mark of the byte order too.
      return text === undefined
        ? []
        : [{ path: posix.join(folder.split(sep).join('/'), name), text: text.replace(/^\uFEFF/, '') }]
    }),
  )
  return texts.flat()
}

/** What `terraform init` notes in `.terraform/modules/modules.json`; nothing where it has not run. */
const installedModules = async (root: string): Promise<ReadonlyMap<string, string>> => {
  const text = await readFile(join(root, '.terraform/modules/modules.json'), 'utf8').catch(() => undefined)
  return new Map(text === undefined ? [] : entriesOf(text))
}

const entriesOf = (text: string): readonly (readonly [string, string])[] => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return []
  }
  const list: unknown = typeof value === 'object' && value !== null && 'Modules' in value ? value.Modules : []
  return (Array.isArray(list) ? list : []).flatMap((entry: unknown) =>
    typeof entry === 'object' &&
    entry !== null &&
    'Key' in entry &&
    'Dir' in entry &&
    typeof entry.Key === 'string' &&
    typeof entry.Dir === 'string'
      ? [[entry.Key, entry.Dir] as const]
      : [],
  )
}
