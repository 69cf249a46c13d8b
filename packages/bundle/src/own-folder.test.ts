import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { openOwnFolder } from './own-folder.ts'

const root = mkdtempSync(join(tmpdir(), 'folder-'))

afterAll(() => rmSync(root, { recursive: true }))

const user = process.getuid?.()
const guarded = user === undefined ? test.skip : test
const because = user === undefined ? ' (Windows has no modes)' : ''

guarded(`a new folder is the user’s alone${because}`, async () => {
  const folder = join(root, 'new', 'deeper')
  await openOwnFolder(folder)
  expect(statSync(folder).mode & 0o777).toBe(0o700)
})

const guardedProc = process.platform === 'linux' ? test : test.skip

guardedProc(
  'a folder where none can be made is an error and no endless search (needs Linux, which has `/proc`)',
  async () => {
    await expect(openOwnFolder('/proc/none/deeper')).rejects.toMatchObject({ code: 'ENOENT' })
  },
)

guarded.each([0o770, 0o707, 0o777, 0o1777])(`a folder with the mode %i is refused${because}`, async (mode) => {
  const folder = join(root, mode.toString(8))
  mkdirSync(folder)
  chmodSync(folder, mode)
  await expect(openOwnFolder(folder)).rejects.toMatchObject({
    code: 'ERR_CACHE_UNSAFE',
    message: `the cache \`${folder}\` can be written by others`,
    hint: `run \`chmod go-w ${folder}\``,
  })
})

guarded(`a folder that others may read is taken${because}`, async () => {
  const folder = join(root, 'read')
  mkdirSync(folder)
  chmodSync(folder, 0o755)
  expect(await openOwnFolder(folder)).toBeUndefined()
})

const guardedRoot = user === 0 ? test : test.skip

guardedRoot(
  `a folder of somebody else is refused${user === 0 ? '' : ' (only root can give a folder away)'}`,
  async () => {
    const folder = join(root, 'theirs')
    mkdirSync(folder, { mode: 0o700 })
    chownSync(folder, 12345, 12345)
    await expect(openOwnFolder(folder)).rejects.toMatchObject({
      code: 'ERR_CACHE_UNSAFE',
      message: `the cache \`${folder}\` belongs to somebody else`,
    })
  },
)
