import { createHash } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import { packTar, type TarEntry } from 'modern-tar'
import { readArchive } from './archive.ts'
import { bundleLimits } from './limits.ts'

const limits = bundleLimits()
const file = (name: string, body: string, header: Partial<TarEntry['header']> = {}): TarEntry => ({
  header: { name, size: body.length, type: 'file', mtime: new Date(0), ...header },
  body,
})
const archive = async (...entries: TarEntry[]): Promise<Uint8Array> => gzipSync(await packTar(entries))
const failure = async (bytes: Uint8Array, given = limits): Promise<unknown> =>
  readArchive(bytes, given).then(
    (files) => ({ files: [...files.keys()] }),
    ({ code, message }: { code: string; message: string }) => ({ code, message }),
  )

/** The archive with its first header's size field saying `size`, and a checksum that agrees. */
const claimSize = (gz: Uint8Array, size: number): Uint8Array => {
  const tar = new Uint8Array(gunzipSync(gz))
  const put = (text: string, at: number) => tar.set(new TextEncoder().encode(text), at)
  put(`${size.toString(8).padStart(11, '0')}\0`, 124)
  put('        ', 148)
  const sum = tar.subarray(0, 512).reduce((total, byte) => total + byte, 0)
  put(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return gzipSync(tar)
}

const unsafe = (name: string) => ({
  code: 'ERR_BUNDLE_UNSAFE_PATH',
  message: `the bundle holds the unsafe path ${JSON.stringify(name)}`,
})

describe('readArchive', () => {
  test('returns files by path without the leading slash that opa build writes, and leaves folders out', async () => {
    const bytes = await archive(
      file('/data.json', '{}'),
      { header: { name: 'lib/', size: 0, type: 'directory' } },
      file('./lib/a.rego', 'package lib.a'),
      file(`${'deep/'.repeat(40)}empty.rego`, ''),
    )
    const files = await readArchive(bytes, limits)
    expect([...files].map(([path, body]) => [path, new TextDecoder().decode(body)])).toEqual([
      ['data.json', '{}'],
      ['lib/a.rego', 'package lib.a'],
      [`${'deep/'.repeat(40)}empty.rego`, ''],
    ])
  })

  test.each(['../x', '/../x', 'a/../../x', 'a/./x', '//abs', '/a//b', 'a\\..\\x', 'C:/x', 'a\nb'])(
    'refuses the path %j',
    async (name) => {
      expect(await failure(await archive(file('data.json', '{}'), file(name, 'x')))).toEqual(unsafe(name))
    },
  )

  test('refuses a traversal that only a pax header names', async () => {
    expect(await failure(await archive(file('ok', 'x', { pax: { path: '../x' } })))).toEqual(unsafe('../x'))
  })

  test.each(['symlink', 'link', 'character-device', 'block-device', 'fifo'] as const)('refuses a %s', async (type) => {
    const entry = { header: { name: 'policy.wasm', size: 0, type, linkname: '/etc/passwd' } }
    expect(await failure(await archive(file('data.json', '{}'), entry))).toEqual({
      code: 'ERR_BUNDLE_LINK',
      message: `the bundle's \`policy.wasm\` is a ${type}, not a file`,
    })
  })

  test.each([
    ['twice', 'data.json', 'data.json'],
    ['with and without the leading slash', 'data.json', '/data.json'],
    ['with a leading dot', './lib/data.json', 'lib/data.json'],
  ])('refuses one path %s', async (_, first, second) => {
    expect(await failure(await archive(file(first, '{}'), file(second, '{"a":1}')))).toEqual({
      code: 'ERR_BUNDLE_DUPLICATE',
      message: `the bundle holds \`${second.replace(/^\//, '')}\` more than once`,
    })
  })

  test('refuses a gzip bomb before it is unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024))
    expect(await failure(bomb)).toEqual({
      code: 'ERR_BUNDLE_TOO_LARGE',
      message: 'the bundle holds more than 16777216 unpacked bytes',
    })
  })

  test('refuses more than the caller allows, in bytes and in entries', async () => {
    const bytes = await archive(file('a', 'x'.repeat(5000)), file('b', 'x'), file('c', 'x'))
    expect(await failure(bytes, bundleLimits({ bytes: 4000 }))).toEqual({
      code: 'ERR_BUNDLE_TOO_LARGE',
      message: 'the bundle holds more than 4000 unpacked bytes',
    })
    expect(await failure(bytes, bundleLimits({ entries: 2 }))).toEqual({
      code: 'ERR_BUNDLE_TOO_LARGE',
      message: 'the bundle holds more than 2 entries',
    })
  })

  test.each([
    [
      '8 GiB',
      2 ** 33 - 1,
      { code: 'ERR_BUNDLE_TOO_LARGE', message: 'the bundle holds more than 16777216 unpacked bytes' },
    ],
    [
      'more than follows',
      4096,
      { code: 'ERR_BUNDLE_INVALID', message: 'the bundle is not a tar archive, or a damaged or truncated one' },
    ],
  ])('refuses a header that claims %s', async (_, size, expected) => {
    expect(await failure(claimSize(await archive(file('data.json', '{}')), size))).toEqual(expected)
  })

  const notGzip = {
    code: 'ERR_BUNDLE_INVALID',
    message: 'the bundle is not a gzip stream, or a damaged or truncated one',
  }
  const notTar = {
    code: 'ERR_BUNDLE_INVALID',
    message: 'the bundle is not a tar archive, or a damaged or truncated one',
  }
  const noise = Buffer.concat(Array.from({ length: 64 }, (_, i) => createHash('sha512').update(`${i}`).digest()))
  test.each<[string, (good: Uint8Array) => Uint8Array, unknown]>([
    ['no bytes', () => new Uint8Array(), notGzip],
    ['something that is not gzip', () => new TextEncoder().encode('{}'), notGzip],
    ['a truncated gzip stream', (good) => good.subarray(0, good.length - 12), notGzip],
    ['a damaged gzip stream', (good) => good.map((byte, at) => (at === 20 ? byte ^ 0xff : byte)), notGzip],
    ['text after the gzip stream', (good) => Buffer.concat([good, Buffer.from('and more')]), notGzip],
    [
      'NULs after the gzip stream',
      (good) => Buffer.concat([good, Buffer.alloc(600)]),
      { ...notGzip, message: 'the bundle is a gzip stream with other bytes after its end' },
    ],
    ['gzip of something that is not tar', () => gzipSync(noise), notTar],
    ['gzip of nothing', () => gzipSync(new Uint8Array()), notTar],
    ['a tar that stops inside a file', (good) => gzipSync(gunzipSync(good).subarray(0, 700)), notTar],
    ['a tar that stops between entries', (good) => gzipSync(gunzipSync(good).subarray(0, 1024)), notTar],
    [
      'a tar with a wrong checksum',
      (good) => gzipSync(gunzipSync(good).map((b, at) => (at === 3 ? b ^ 1 : b))),
      notTar,
    ],
  ])('refuses %s', async (_, damage, expected) => {
    expect(await failure(damage(await archive(file('data.json', noise.toString('hex')))))).toEqual(expected)
  })
})
