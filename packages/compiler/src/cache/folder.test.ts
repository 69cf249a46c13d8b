import { expect, test } from '@jest/globals'
import { defaultFolder } from './folder.ts'

test.each([
  ['in the home folder on Linux', {}, 'linux', '/home-of/a/.cache/plangate'],
  ['where XDG says', { XDG_CACHE_HOME: '/x' }, 'linux', '/x/plangate'],
  ['where XDG says, on macOS too', { XDG_CACHE_HOME: '/x' }, 'darwin', '/x/plangate'],
  ['not at a relative path, which XDG ignores', { XDG_CACHE_HOME: 'x' }, 'linux', '/home-of/a/.cache/plangate'],
  ['in the library of macOS', {}, 'darwin', '/home-of/a/Library/Caches/plangate'],
  ['in the local data of Windows', { LOCALAPPDATA: '/local' }, 'win32', '/local/plangate/cache'],
  ['in the home folder on Windows', {}, 'win32', '/home-of/a/AppData/Local/plangate/cache'],
])('the cache is %s', (_, env, platform, expected) => {
  expect(defaultFolder(env, platform, '/home-of/a').replaceAll('\\', '/')).toBe(expected)
})
