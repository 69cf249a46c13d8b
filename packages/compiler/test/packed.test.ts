import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from '@jest/globals'
import { compileBundle, dependencies, inspectBundle, runTests } from '../src/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'packed-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** One entry of a tar as `ustar` has it; a link leads to `link`. */
const entry = (name: string, text: string, link = ''): Buffer => {
  const header = Buffer.alloc(512)
  header.write(name, 0)
  header.write('0000644\0', 100)
  header.write(`${text.length.toString(8).padStart(11, '0')}\0`, 124)
  header.write('        ', 148)
  header.write(link === '' ? '0' : '2', 156)
  header.write(link, 157)
  header.write('ustar\x0000', 257)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return Buffer.concat([header, Buffer.from(text.padEnd(Math.ceil(text.length / 512) * 512, '\0'))])
}

const rego = 'package a\n\np := 1\n'
const packed = (...entries: readonly Buffer[]): Buffer => gzipSync(Buffer.concat([...entries, Buffer.alloc(1024)]))

const readers: Readonly<Record<string, (path: string) => Promise<unknown>>> = {
  compileBundle: (path) => compileBundle({ sources: path, entrypoints: ['a/p'], thread: 'caller' }),
  inspectBundle: (path) => inspectBundle(path, { thread: 'caller' }),
  runTests: (path) => runTests({ sources: path, bundle: true, thread: 'caller' }),
  'dependencies of bundles': (path) => dependencies('data.a.p', { bundles: [path], thread: 'caller' }),
  'dependencies of data': (path) => dependencies('data.a.p', { data: [path], thread: 'caller' }),
}

const hostile = {
  'a path that leaves it': [packed(entry('../evil.rego', rego), entry('a.rego', rego)), 'ERR_BUNDLE_UNSAFE_PATH'],
  'a file twice': [packed(entry('a.rego', rego), entry('/a.rego', rego)), 'ERR_BUNDLE_DUPLICATE'],
  'a symlink': [packed(entry('a.rego', rego), entry('b.rego', '', '/etc/passwd')), 'ERR_BUNDLE_LINK'],
  'an end too soon': [packed(entry('a.rego', rego)).subarray(0, 60), 'ERR_BUNDLE_INVALID'],
} as const

test.each(
  Object.keys(readers).flatMap((name) =>
    Object.entries(hostile).map(([what, [bytes, code]]) => [name, what, bytes, code] as const),
  ),
)('%s refuses an archive with %s', async (name, what, bytes, code) => {
  const path = join(folder, `${what.replaceAll(' ', '-')}.tar.gz`)
  writeFileSync(path, bytes)
  await expect(readers[name]?.(path)).rejects.toMatchObject({ code })
})

test.each(Object.keys(readers))('%s reads an archive that is well', async (name) => {
  const path = join(folder, 'well.tar.gz')
  writeFileSync(path, packed(entry('/a.rego', rego)))
  await expect(readers[name]?.(path)).resolves.toMatchObject({})
})
