import { describe, expect, test } from '@jest/globals'
import { readBundle, signBundle, type Verification } from '../src/index.ts'
import { verifyFiles } from '../src/verify.ts'
import { ec, rsa } from './keys.ts'
import { archived, secret, small } from './signed.ts'

const trust = (key: string, algorithm?: 'HS256'): Verification => ({
  keys: { k: algorithm === undefined ? { key } : { key, algorithm } },
})
const flipped = (bytes: Uint8Array, at: number, mask: number): Uint8Array =>
  bytes.map((byte, index) => (index === at ? byte ^ mask : byte))
/** What is turned over at a place: every bit and all of them, or without much time one bit and all of them. */
const masks = (at: number): readonly number[] =>
  process.env['PLANGATE_TEST_FULL'] ? [1, 2, 4, 8, 16, 32, 64, 128, 255] : [1 << (at % 8), 255]

const holds = (files: ReadonlyMap<string, Uint8Array>, verification: Verification): Promise<boolean> =>
  verifyFiles({ files }, verification).then(
    () => true,
    (error: { code?: unknown }) => {
      if (typeof error.code !== 'string') throw error
      return false
    },
  )

describe('a change of one byte', () => {
  test('in any file, at any place, is caught', async () => {
    const verification = trust(secret, 'HS256')
    const signed = await signBundle(await archived(small), { key: secret, algorithm: 'HS256' })
    const { files } = await readBundle(signed, { verification })
    const missed: string[] = []
    let tried = 0
    for (const [path, bytes] of files) {
      for (const at of bytes.keys()) {
        for (const mask of masks(at)) {
          tried += 1
          const changed = new Map([...files, [path, flipped(bytes, at, mask)]])
          if (await holds(changed, verification)) missed.push(`${path} ${at} ^${mask}`)
        }
      }
    }
    expect(missed).toEqual([])
    expect(tried).toBe([...files.values()].reduce((sum, { length }) => sum + length * masks(0).length, 0))
  })

  const pairs = { RS256: rsa(), ES256: ec('P-256') }
  test.each(['RS256', 'ES256'] as const)('of the token, at any place, is caught with %s', async (name) => {
    const verification = trust(pairs[name].trusted)
    const { files } = await readBundle(await signBundle(await archived(small), { key: pairs[name].secret }), {
      verification,
    })
    const bytes = files.get('.signatures.json') ?? new Uint8Array()
    const missed: number[] = []
    for (const at of bytes.keys()) {
      const changed = new Map([...files, ['.signatures.json', flipped(bytes, at, 1 << (at % 8))]])
      if (await holds(changed, verification)) missed.push(at)
    }
    expect(missed).toEqual([])
  })

  test('of the archive is caught or changes no file', async () => {
    const verification = trust(secret, 'HS256')
    const signed = await signBundle(await archived(small), { key: secret, algorithm: 'HS256' })
    const { files } = await readBundle(signed, { verification })
    const changed: number[] = []
    const refused = new Set<unknown>()
    for (let at = 0; at < signed.length; at += process.env['PLANGATE_TEST_FULL'] ? 1 : 5) {
      const outcome = await readBundle(flipped(signed, at, 1 << (at % 8)), { verification }).then(
        (read) => (same(read.files, files) ? 'the same' : 'changed'),
        (error: { code?: unknown }) => error.code,
      )
      if (outcome === 'changed') changed.push(at)
      refused.add(outcome)
    }
    expect(changed).toEqual([])
    expect([...refused].filter((outcome) => !/^ERR_BUNDLE_|^the same$/.test(String(outcome)))).toEqual([])
    expect(refused).toContain('ERR_BUNDLE_INVALID')
  })

  test('of white space, which says nothing, is no change to data, as in OPA', async () => {
    const verification = trust(secret, 'HS256')
    const signed = await signBundle(await archived(small), { key: secret, algorithm: 'HS256' })
    const { files } = await readBundle(signed, { verification })
    const changed = (path: string) =>
      new Map([...files, [path, (files.get(path) ?? new Uint8Array()).map((byte) => (byte === 0x0a ? 0x20 : byte))]])
    expect(await holds(changed('data.json'), verification)).toBe(true)
    expect(await holds(changed('a.rego'), verification)).toBe(false)
  })
})

const same = (a: ReadonlyMap<string, Uint8Array>, b: ReadonlyMap<string, Uint8Array>): boolean =>
  a.size === b.size && [...a].every(([path, bytes]) => Buffer.from(bytes).equals(b.get(path) ?? Buffer.alloc(0)))
