import { mkdir, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { PlangateError } from '@plangate/bundle'

/**
 * Returns the folder for what `plangate` may lose, as the platform wants it: `$XDG_CACHE_HOME/plangate` where that is
 * set (https://specifications.freedesktop.org/basedir-spec/), or what stands for it.
 */
export const defaultFolder = (
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: string = process.platform,
  home: string = homedir(),
): string => {
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = env
  if (xdg !== undefined && isAbsolute(xdg)) return join(xdg, 'plangate')
  if (platform === 'win32') return join(local || join(home, 'AppData', 'Local'), 'plangate', 'cache')
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'plangate')
  return join(home, '.cache', 'plangate')
}

/**
 * Makes sure that `folder` is there and that nobody else can put anything into it: a bundle that somebody has planted
 * would let every plan through.
 *
 * @throws PlangateError `ERR_CACHE_UNSAFE`; what the file system says when the folder cannot be made
 */
export const openFolder = async (folder: string): Promise<void> => {
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
