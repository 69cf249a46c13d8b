import { mkdir, stat } from 'node:fs/promises'
import { PlangateError } from './errors.ts'

/**
 * Makes sure that `folder` is there and that nobody else can put anything into it: a bundle that somebody has planted
 * would let every plan through.
 *
 * @throws PlangateError `ERR_CACHE_UNSAFE`; what the file system says when the folder cannot be made
 */
export const openOwnFolder = async (folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const { mode, uid } = await stat(folder)
  // Windows has neither; there, the folders of a user are his own.
  const own = process.getuid?.()
  if (own === undefined) return
  if (uid !== own) throw unsafe(folder, 'belongs to somebody else', 'name a folder of your own')
  if ((mode & 0o022) !== 0) throw unsafe(folder, 'can be written by others', `run \`chmod go-w ${folder}\``)
}

const unsafe = (folder: string, what: string, hint: string): PlangateError =>
  new PlangateError('ERR_CACHE_UNSAFE', `the cache \`${folder}\` ${what}`, { hint })
