import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from '@jest/globals'
import { openStore } from '../src/cache/store.ts'
import { compileBundle } from '../src/index.ts'
import { sample } from './sample.ts'

const root = mkdtempSync(join(tmpdir(), 'cache-'))
const rounds = process.env['PLANGATE_TEST_FULL'] ? 60 : 3
const script = fileURLToPath(new URL('hammer.mjs', import.meta.url))

/** Runs the writer and kills it in the midst of its work; returns how it ended and what it said. */
const killed = async (folder: string, maxBytes: number) => {
  const args = ['--conditions=@plangate/source', script, folder, `${maxBytes}`]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'close')
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => {
    if (said === '') setTimeout(() => child.kill('SIGKILL'), Math.random() * 150)
    said += chunk.toString()
  })
  const [, signal] = await ended
  return [said, signal]
}

test(`writers that are killed in the midst of it harm nobody (${rounds * 4} kills)`, async () => {
  const folder = join(root, 'killed')
  const maxBytes = 2_000_000
  const lane = async () => {
    const ends: unknown[] = []
    for (let round = 0; round < rounds; round++) ends.push(await killed(folder, maxBytes))
    return ends
  }
  const ends = await Promise.all([lane(), lane(), lane(), lane()])
  expect(ends.flat()).toEqual(Array.from({ length: rounds * 4 }, () => ['ready\n', 'SIGKILL']))
  const store = await openStore({ folder, maxBytes })
  let found = 0
  for (let name = 0; name < 40; name++) {
    const key = createHash('sha256').update(`${name}`).digest('hex')
    const bytes = await store.read(key)
    if (bytes === undefined) continue
    found += 1
    expect(Buffer.alloc(1 + name * 5000, `${name}`).equals(bytes)).toBe(true)
  }
  expect(found).toBeGreaterThan(0)
  // The next write cleans up: entries and drafts together fit, the entry of the moment included.
  await store.write('f'.repeat(64), new Uint8Array(1))
  const total = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
  expect(total).toBeLessThanOrEqual(maxBytes)
}, 300_000)

/** Why no small file system can be mounted, or undefined. */
const unmountable = (() => {
  try {
    mkdirSync(join(root, 'disk'))
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8k,mode=700', 'plangate', join(root, 'disk')], {
      stdio: 'ignore',
    })
    return undefined
  } catch {
    return 'no file system can be mounted here'
  }
})()
const guarded = unmountable === undefined ? test : test.skip
const because = unmountable === undefined ? '' : ` (${unmountable})`

afterAll(() => {
  if (unmountable === undefined) execFileSync('umount', [join(root, 'disk')])
  rmSync(root, { recursive: true })
})

const failures = async (folder: string) => {
  const messages: string[] = []
  const onError = (error: Error): void => void messages.push(error.message)
  const { bundle, diagnostics } = await compileBundle({ sources: sample, cache: { folder, onError } })
  expect({ bundle, diagnostics }).toEqual({ bundle: expect.any(Uint8Array), diagnostics: [] })
  return messages
}

guarded(`a full disk costs the cache and not the compile${because}`, async () => {
  const folder = join(root, 'disk')
  expect(await failures(folder)).toEqual([`the cache \`${folder}\` cannot be written: ENOSPC`])
  expect(readdirSync(folder)).toEqual([])
})

guarded(`a read-only disk still serves what it has${because}`, async () => {
  const folder = join(root, 'disk')
  const small = await openStore({ folder })
  await small.write('a'.repeat(64), new Uint8Array(3))
  execFileSync('mount', ['-o', 'remount,ro', folder])
  const messages: string[] = []
  const store = await openStore({ folder, onError: ({ message }) => messages.push(message) })
  expect([...((await store.read('a'.repeat(64))) ?? [])]).toEqual([0, 0, 0])
  expect([messages, await failures(folder)]).toEqual([[], [`the cache \`${folder}\` cannot be written: EROFS`]])
})

const isRoot = process.getuid?.() === 0

const guardedUser = isRoot ? test.skip : test

guardedUser(
  `a folder without the right to write costs the cache only${isRoot ? ' (root may write everywhere)' : ''}`,
  async () => {
    const folder = join(root, 'read-only')
    mkdirSync(folder)
    writeFileSync(join(folder, 'x'), '')
    chmodSync(folder, 0o500)
    expect(await failures(folder)).toEqual([`the cache \`${folder}\` cannot be written: EACCES`])
    chmodSync(folder, 0o700)
  },
)
