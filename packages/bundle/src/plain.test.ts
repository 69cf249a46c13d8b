import { isDeepStrictEqual } from 'node:util'
import { gunzipSync, gzipSync } from 'node:zlib'
import { expect, test } from '@jest/globals'
import { packTar, type TarEntry, unpackTar } from 'modern-tar'
import { plainEntries } from './plain.ts'

const file = (name: string, body: string, header: Partial<TarEntry['header']> = {}): TarEntry => ({
  header: { name, size: body.length, type: 'file', mtime: new Date(0), mode: 0o600, ...header },
  body,
})
const folder: TarEntry = { header: { name: 'lib/', size: 0, type: 'directory', mtime: new Date(0) } }
const good = await packTar([file('/data.json', '{}'), folder, file('lib/x', 'x'.repeat(70)), file('e', '')])

/** What the reader for all kinds of tar says, in the form of the other; `undefined` for what it refuses. */
const reference = async (tar: Uint8Array): Promise<unknown> => {
  const read = await unpackTar(tar, { strict: true }).catch(() => undefined)
  return read?.map(({ header: { name, size, type = 'file' }, data }) => ({
    header: { name, size, type },
    data: data === undefined || data.length === 0 ? [] : [...data],
  }))
}
const plain = (tar: Uint8Array): unknown => plainEntries(tar)?.map(({ header, data }) => ({ header, data: [...data] }))

/** The archive with a checksum that agrees, in the header at an offset. */
const summed = (tar: Uint8Array, at: number): Uint8Array => {
  tar.fill(0x20, at + 148, at + 156)
  const sum = tar.subarray(at, at + 512).reduce((total, byte) => total + byte, 0)
  tar.set(new TextEncoder().encode(`${sum.toString(8).padStart(6, '0')}\0 `), at + 148)
  return tar
}

test('reads files and folders as the reader for all kinds of tar does', async () => {
  expect(plain(good)).toEqual(await reference(good))
  expect(plainEntries(good)).toHaveLength(4)
})

test('what it takes of an archive with another byte anywhere, or cut anywhere, the other reader takes too', async () => {
  const few = [0x00, 0x2f, 0x35, 0x78]
  const values = process.env['PLANGATE_TEST_FULL'] ? [...few, 0x20, 0x30, 0x31, 0x37, 0x38, 0x41, 0x80, 0xff] : few
  const headers = [0, 1024, 1536]
  const changed = headers.flatMap((header) =>
    Array.from({ length: 512 }, (_, at) => values.map((value) => summed(good.with(header + at, value), header))).flat(),
  )
  const cut = Array.from({ length: good.length / 128 }, (_, pieces) => good.slice(0, pieces * 128))
  const taken = [...changed, ...cut].filter((tar) => plain(tar) !== undefined)
  const others = await Promise.all(taken.map(async (tar) => isDeepStrictEqual(plain(tar), await reference(tar))))
  expect(others).toEqual(taken.map(() => true))
  // Most names and sizes are as good as others.
  expect(taken.length).toBeGreaterThan(300)
}, 60_000)

test.each<[string, (tar: Uint8Array) => Uint8Array]>([
  ['a wrong checksum', (tar) => tar.with(3, 0x78)],
  ['a prefix', (tar) => summed(tar.with(345, 0x61), 0)],
  ['a link', (tar) => summed(tar.with(157, 0x61), 0)],
  ['a size beyond the end', (tar) => summed(tar.with(130, 0x37), 0)],
  ['a size in base 256', (tar) => summed(tar.with(124, 0x80), 0)],
  ['a type of pax', (tar) => summed(tar.with(156, 0x78), 0)],
  ['a name of all 100 bytes', (tar) => summed(Uint8Array.from(tar).fill(0x61, 0, 100), 0)],
  ['something after its end', (tar) => tar.with(tar.length - 1, 1)],
  ['no end', (tar) => tar.slice(0, -1024)],
  ['half an end', (tar) => tar.slice(0, -512)],
  ['nothing inside', (tar) => tar.slice(-1024)],
  ['no bytes', () => new Uint8Array()],
])('leaves %s to the other reader', (_, change) => {
  expect(plainEntries(change(Uint8Array.from(good)))).toBeUndefined()
})

test('takes an archive that was packed and unpacked', () => {
  expect(plainEntries(gunzipSync(gzipSync(good)))).toEqual(plainEntries(good))
})
