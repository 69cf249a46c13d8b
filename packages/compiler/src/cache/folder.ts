import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

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
