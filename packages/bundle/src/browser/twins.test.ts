import { createHash, randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import * as nodeGunzip from '../gunzip.ts'
import * as node from '../text.ts'
import * as browserGunzip from './gunzip.ts'
import { sha256 } from './sha256.ts'
import * as browser from './text.ts'

/** Bytes in which what is UTF-8, what nearly is, and what is not come alike. */
const samples: readonly Uint8Array[] = [
  new Uint8Array(),
  ...['a', 'é😀', '\ufeffa', '\u0000b', '\ud7ff\ue000\uffff'].map((text) => new TextEncoder().encode(text)),
  ...[[0x80], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xf0, 0x9f, 0x98], [0xef, 0xbb, 0xbf]].map(
    (bytes) => Uint8Array.from(bytes),
  ),
  ...Array.from({ length: 500 }, (_, size) => Uint8Array.from(randomBytes(size % 40))),
  ...Array.from({ length: 200 }, (_, size) => new TextEncoder().encode('é😀a'.repeat(size)).slice(0, 1 + 3 * size)),
  new TextEncoder().encode(`${'é'.repeat(600_000)}😀`),
]

const textsOf = ({ textAt }: Pick<typeof node, 'textAt'>): readonly string[] =>
  samples.map((bytes) => {
    const memory = new Uint8Array(bytes.length + 8)
    memory.set(bytes, 3)
    return textAt(memory.buffer, 3)
  })

const unpacked = async (bytes: Uint8Array, { gunzip }: typeof nodeGunzip): Promise<unknown> => {
  const hash = createHash('sha256')
  try {
    for await (const chunk of gunzip(bytes)) hash.update(chunk)
    return hash.digest('hex')
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error
  }
}

describe('what stands for Node in a browser answers as Node does', () => {
  test('about UTF-8', () => {
    expect(samples.map(browser.isUtf8)).toEqual(samples.map(node.isUtf8))
  })

  test('about text in memory', () => {
    expect(textsOf(browser)).toEqual(textsOf(node))
  })

  test('about base64', () => {
    expect(samples.map(browser.base64Of)).toEqual(samples.map(node.base64Of))
    const texts = samples.flatMap((bytes) => {
      const text = node.base64Of(bytes)
      const url = text.replaceAll('+', '-').replaceAll('/', '_')
      return [text, url, text.replaceAll('=', ''), text.slice(1).replaceAll('=', ''), `${url.slice(3)}==`]
    })
    expect(texts.map(browser.latin1OfBase64)).toEqual(texts.map(node.latin1OfBase64))
  })

  test('about sha256', () => {
    const ours = samples.map((bytes) => sha256().update(bytes).update('é\u0000').update(bytes).digest('hex'))
    const theirs = samples.map((bytes) => {
      const hash = createHash('sha256').update(bytes).update('é\u0000')
      return hash.update(bytes).digest('hex')
    })
    expect(ours).toEqual(theirs)
  })

  test('about gzip, and what is none', async () => {
    const packed = gzipSync(randomBytes(300_000))
    const damaged = packed.map((byte, at) => (at === packed.length - 6 ? byte ^ 1 : byte))
    const archives = [
      packed,
      packed.subarray(0, -4),
      packed.subarray(0, 1000),
      damaged,
      Buffer.from('abc'),
      Buffer.of(),
    ]
    const cases = [...archives, Buffer.concat([packed, Buffer.from('abc')])].map((bytes) => Uint8Array.from(bytes))
    const ours = await Promise.all(cases.map((bytes) => unpacked(bytes, browserGunzip)))
    expect(ours).toEqual(await Promise.all(cases.map((bytes) => unpacked(bytes, nodeGunzip))))
  })
})
