import { statSync } from 'node:fs'
import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { PlangateError } from './errors.ts'

/**
 * Makes sure that `folder` is there and that nobody else can put anything into it: a bundle that somebody has planted
 * would let every plan through.
 *
 * @throws PlangateError `ERR_CACHE_UNSAFE`; what the file system says when the folder cannot be made
 */
export const openOwnFolder = async (folder: string): Promise<void> => {
  await make(folder)
  const info = await stat(folder)
  if (isOthers(info)) throw unsafe(folder, 'belongs to somebody else', 'name a folder of your own')
  if (isOpen(info)) throw unsafe(folder, 'can be written by others', `run \`chmod go-w ${folder}\``)
}

/** Returns whether {@link openOwnFolder} would find a folder there, and nothing to object to. */
export const isOwnFolder = (folder: string): boolean => {
  const info = statSync(folder, { throwIfNoEntry: false })
  return info !== undefined && info.isDirectory() && !isOthers(info) && !isOpen(info)
}

// Windows has neither owners nor modes; there, the folders of a user are his own.
const isOthers = ({ uid }: { readonly uid: number }): boolean =>
  process.getuid !== undefined && uid !== process.getuid()
const isOpen = ({ mode }: { readonly mode: number }): boolean => process.getuid !== undefined && (mode & 0o022) !== 0

/** Makes a folder and those above it, one by one: `recursive` never ends where a parent cannot hold any, as in `/proc`. */
const make = async (folder: string): Promise<void> => {
  const first = await tried(folder)
  if (first?.code !== 'ENOENT' || dirname(folder) === folder) {
    if (first !== undefined) throw first
    return
  }
  await make(dirname(folder))
  const second = await tried(folder)
  if (second !== undefined) throw second
}

/** Why a folder could not be made; nothing where it is there now, whoever made it. */
const tried = async (folder: string): Promise<NodeJS.ErrnoException | undefined> => {
  try {
    await mkdir(folder, { mode: 0o700 })
  } catch (error) {
    // `as`: what the file system throws has a code
    if (!(await isFolder(folder))) return error as NodeJS.ErrnoException
  }
}

const isFolder = async (path: string): Promise<boolean> => {
  try {
    return (await stat(path)).isDirectory()
  } catch {
    return false
  }
}

const unsafe = (folder: string, what: string, hint: string): PlangateError =>
  new PlangateError('ERR_CACHE_UNSAFE', `the cache \`${folder}\` ${what}`, { hint })
