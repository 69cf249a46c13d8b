import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { packTar } from 'modern-tar'
import { readBundle } from './read.ts'

const wasm = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)
const manifest = {
  revision: 'r1',
  roots: ['a', 'lib'],
  wasm: [{ entrypoint: 'a/deny', module: '/policy.wasm' }],
  extra: 1,
}
const good: Record<string, string | Uint8Array> = {
  '.manifest': JSON.stringify(manifest),
  'policy.wasm': wasm,
  'data.json': '{"a":{"x":1},"__proto__":{"y":2}}',
  'a/b/data.json': '{"z":[3]}',
}
const tarGz = async (files: Record<string, string | Uint8Array>): Promise<Uint8Array> =>
  gzipSync(
    await packTar(
      Object.entries(files).map(([name, body]) => ({
        header: { name: `/${name}`, size: body.length, mtime: new Date(0) },
        body,
      })),
    ),
  )

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plangate-bundle-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))
const write = async (name: string, files: Record<string, string | Uint8Array>): Promise<string> => {
  for (const [path, body] of Object.entries(files)) {
    await mkdir(join(folder, name, path, '..'), { recursive: true })
    await writeFile(join(folder, name, path), body)
  }
  return join(folder, name)
}
const failure = async (source: string | Uint8Array): Promise<unknown> =>
  readBundle(source).then(
    () => 'no error',
    ({ code, message }: { code: string; message: string }) => ({ code, message }),
  )

describe('readBundle', () => {
  test('returns manifest, module, merged data, files and digest, from bytes, a file and a folder alike', async () => {
    const bytes = await tarGz(good)
    const path = join(folder, 'good.tar.gz')
    await writeFile(path, bytes)
    const fromBytes = await readBundle(bytes)
    const { sha256, ...rest } = await readBundle(await write('good', good))
    expect(fromBytes).toEqual({
      manifest: { ...manifest, metadata: {} },
      wasm: new Uint8Array(wasm),
      data: JSON.parse('{"a":{"x":1,"b":{"z":[3]}},"__proto__":{"y":2}}'),
      files: new Map(
        Object.entries(good).map(([name, body]) => [
          name,
          typeof body === 'string' ? new TextEncoder().encode(body) : body,
        ]),
      ),
      sha256: createHash('sha256').update(bytes).digest('hex'),
    })
    expect(await readBundle(path)).toEqual({
      ...fromBytes,
      files: new Map([...fromBytes.files].map(([name, body]) => [name, new Uint8Array(body)])),
    })
    expect({ manifest: rest.manifest, data: rest.data }).toEqual({ manifest: fromBytes.manifest, data: fromBytes.data })
    const listing = ['.manifest', 'a/b/data.json', 'data.json', 'policy.wasm'].flatMap((name) => {
      const body = Buffer.from(good[name] ?? '')
      return [Buffer.from(`${name}\0${body.length}\0`), body]
    })
    expect(sha256).toBe(createHash('sha256').update(Buffer.concat(listing)).digest('hex'))
  })

  test('returns no module for a bundle that names none', async () => {
    const bundle = await readBundle(await tarGz({ '.manifest': '{}', 'a.rego': 'package a' }))
    expect({ manifest: bundle.manifest, wasm: bundle.wasm, data: bundle.data }).toEqual({
      manifest: { revision: '', roots: [''], wasm: [], metadata: {} },
      wasm: undefined,
      data: {},
    })
  })

  test.each<[string, Record<string, string>, { code: string; message: string }]>([
    ['no manifest', { 'data.json': '{}' }, { code: 'ERR_BUNDLE_INVALID', message: 'the bundle has no `.manifest`' }],
    [
      'a manifest that is not JSON',
      { '.manifest': '{' },
      { code: 'ERR_BUNDLE_INVALID', message: '`.manifest` is not JSON' },
    ],
    [
      'a manifest of another shape',
      { '.manifest': '{"wasm":[{"module":7}]}' },
      {
        code: 'ERR_BUNDLE_INVALID',
        message: '`.manifest` is not valid: `wasm.0.entrypoint`: Invalid input: expected string, received undefined',
      },
    ],
    [
      'a catalogue that is not ours',
      { '.manifest': '{"metadata":{"plangate":{"compiler":"1","opa":"1","catalogue":[],"more":1}}}' },
      {
        code: 'ERR_BUNDLE_INVALID',
        message: '`.manifest` is not valid: `metadata.plangate`: Unrecognized key: "more"',
      },
    ],
    [
      'a manifest that names a missing module',
      { '.manifest': JSON.stringify(manifest) },
      { code: 'ERR_BUNDLE_NO_WASM', message: 'the manifest names `policy.wasm`, which the bundle does not hold' },
    ],
    [
      'two modules',
      { '.manifest': '{"wasm":[{"entrypoint":"a","module":"/a.wasm"},{"entrypoint":"b","module":"/b.wasm"}]}' },
      { code: 'ERR_BUNDLE_INVALID', message: 'the manifest names 2 WASM modules, expected one' },
    ],
    [
      'a module outside of the bundle',
      { '.manifest': '{"wasm":[{"entrypoint":"a","module":"/../a.wasm"}]}' },
      { code: 'ERR_BUNDLE_UNSAFE_PATH', message: 'the bundle holds the unsafe path "/../a.wasm"' },
    ],
    [
      'data that is not JSON',
      { '.manifest': '{}', 'a/data.json': '{"a":' },
      { code: 'ERR_BUNDLE_INVALID', message: "the bundle's `a/data.json` is not JSON" },
    ],
    [
      'data that is not an object',
      { '.manifest': '{}', 'data.json': '[]' },
      { code: 'ERR_BUNDLE_INVALID', message: "the bundle's `data.json` is not a JSON object" },
    ],
    [
      'data twice at one path',
      { '.manifest': '{}', 'data.json': '{"a":{"b":1}}', 'a/data.json': '{"b":1}' },
      { code: 'ERR_BUNDLE_INVALID', message: 'in the bundle, two values are given for data `a.b`' },
    ],
    [
      'data in YAML, which would be left out in silence',
      { '.manifest': '{}', 'a/data.yaml': 'b: 1' },
      { code: 'ERR_BUNDLE_INVALID', message: 'the bundle holds its data as `a/data.yaml`' },
    ],
  ])('refuses %s', async (_, files, expected) => {
    expect(await failure(await tarGz(files))).toEqual(expected)
  })

  test('refuses a symlink in a folder, a folder without a manifest and a path that is not there', async () => {
    const linked = await write('linked', { '.manifest': '{}' })
    await symlink('/etc/hostname', join(linked, 'data.json'))
    expect(await failure(linked)).toEqual({
      code: 'ERR_BUNDLE_LINK',
      message: "the bundle's `data.json` is a symlink, not a file",
    })
    expect(await failure(await write('rego', { 'a.rego': 'package a' }))).toEqual({
      code: 'ERR_BUNDLE_INVALID',
      message: 'the bundle has no `.manifest`',
    })
    expect(await failure('no/such.tar.gz')).toEqual({
      code: 'ERR_BUNDLE_NOT_FOUND',
      message: 'cannot read a bundle at `no/such.tar.gz`',
    })
  })

  test('counts a folder too', async () => {
    const path = await write('big', { '.manifest': '{}', 'data.json': `{"a":"${'x'.repeat(100)}"}` })
    await expect(readBundle(path, { bytes: 50 })).rejects.toMatchObject({
      code: 'ERR_BUNDLE_TOO_LARGE',
      message: 'the bundle holds more than 50 bytes',
      hint: 'raise `limits` if the bundle comes from a source that you trust',
    })
  })
})
