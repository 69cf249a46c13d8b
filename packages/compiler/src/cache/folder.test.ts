import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { defaultFolder, openFolder } from './folder.ts'

const root = mkdtempSync(join(tmpdir(), 'folder-'))

afterAll(() => rmSync(root, { recursive: true }))

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

const user = process.getuid?.()
const guarded = user === undefined ? test.skip : test
const because = user === undefined ? ' (Windows has no modes)' : ''

guarded(`a new folder is the user’s alone${because}`, async () => {
  const folder = join(root, 'new', 'deeper')
  await openFolder(folder)
  expect(statSync(folder).mode & 0o777).toBe(0o700)
})

guarded.each([0o770, 0o707, 0o777, 0o1777])(`a folder with the mode %i is refused${because}`, async (mode) => {
  const folder = join(root, mode.toString(8))
  mkdirSync(folder)
  chmodSync(folder, mode)
  await expect(openFolder(folder)).rejects.toMatchObject({
    code: 'ERR_CACHE_UNSAFE',
    message: `the cache \`${folder}\` can be written by others`,
    hint: `run \`chmod go-w ${folder}\``,
  })
})

guarded(`a folder that others may read is taken${because}`, async () => {
  const folder = join(root, 'read')
  mkdirSync(folder)
  chmodSync(folder, 0o755)
  expect(await openFolder(folder)).toBeUndefined()
})

const guardedRoot = user === 0 ? test : test.skip

guardedRoot(
  `a folder of somebody else is refused${user === 0 ? '' : ' (only root can give a folder away)'}`,
  async () => {
    const folder = join(root, 'theirs')
    mkdirSync(folder, { mode: 0o700 })
    chownSync(folder, 12345, 12345)
    await expect(openFolder(folder)).rejects.toMatchObject({
      code: 'ERR_CACHE_UNSAFE',
      message: `the cache \`${folder}\` belongs to somebody else`,
    })
  },
)
