import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from '@jest/globals'
import { packTar, type TarEntry, unpackTar } from 'modern-tar'
import { readBundle, signBundle, signFolder, verifyBundle } from '../src/index.ts'
import { archived, secret, small, token } from './signed.ts'

const hs = { key: secret, algorithm: 'HS256' } as const
const verification = { keys: { k: hs } }
const folder = mkdtempSync(join(tmpdir(), 'sign-'))
afterAll(() => rmSync(folder, { recursive: true }))
const write = (name: string, files: Readonly<Record<string, string>>): string => {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, path, '..'), { recursive: true })
    writeFileSync(join(folder, name, path), content)
  }
  return join(folder, name)
}
const refusal = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'done',
    ({ code, message }: { code: string; message: string }) => ({ code, message }),
  )

/** The header and the payload of a signature that is made with these options. */
const payload = async (options: object): Promise<unknown> => {
  const { files } = await readBundle(await signBundle(await archived({ '.manifest': '{}' }), { ...hs, ...options }))
  const [jwt = ''] = JSON.parse(Buffer.from(files.get('.signatures.json') ?? '').toString()).signatures
  return jwt
    .split('.')
    .slice(0, 2)
    .map((part: string) => Buffer.from(part, 'base64url').toString())
}

describe('signBundle', () => {
  test('leaves every other entry as it is: names, folders, modes and times', async () => {
    const entries: TarEntry[] = [
      { header: { name: './', size: 0, type: 'directory', mode: 0o755, mtime: new Date(7000) } },
      {
        header: { name: './.manifest', size: 2, mode: 0o640, mtime: new Date(8000), uid: 5, gid: 6, uname: 'a' },
        body: '{}',
      },
      { header: { name: './empty.rego', size: 0, mode: 0o600, mtime: new Date(9000) } },
      { header: { name: `./${'deep/'.repeat(60)}é.txt`, size: 1, mode: 0o600, mtime: new Date(9000) }, body: 'x' },
    ]
    const tar = await packTar(entries)
    const before = await unpackTar(tar)
    const after = await unpackTar(gunzipSync(await signBundle(gzipSync(tar), hs)))
    expect(after.slice(0, -1)).toEqual(before)
    expect(after.at(-1)?.header).toMatchObject({ name: './.signatures.json', mode: 0o600, mtime: new Date(0), uid: 0 })
  })

  test('puts a new signature in the place of the old one, and gives the same bytes for the same key', async () => {
    const once = await signBundle(await archived(small), hs)
    const twice = await signBundle(await signBundle(once, { ...hs, key: 'other' }), hs)
    expect(Buffer.from(twice).equals(once)).toBe(true)
    expect(await verifyBundle(twice, verification)).toMatchObject({ files: 4 })
  })

  test.each(['SHA-256', 'SHA-384', 'SHA-512'] as const)('hashes files with %s', async (hash) => {
    const signed = await signBundle(await archived(small), { ...hs, hash })
    const { files } = await readBundle(signed, { verification })
    expect(files.size).toBe(5)
  })

  test('says what it is given to say, digit for digit, and names the key as OPA does', async () => {
    const listed =
      '"files":[{"name":".manifest","hash":"44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a","algorithm":"SHA-256"}]'
    expect(await payload({})).toEqual(['{"alg":"HS256","typ":"JWT"}', `{${listed}}`])
    expect(await payload({ keyId: 'k' })).toEqual(['{"alg":"HS256","kid":"k","typ":"JWT"}', `{${listed},"keyid":"k"}`])
    expect(await payload({ keyId: 'k', scope: 's', claims: '{"z":1.50,"a":{"files":0},"scope":"t"}' })).toEqual([
      '{"alg":"HS256","kid":"k","typ":"JWT"}',
      `{"a":{"files":0},${listed},"scope":"s","z":1.50}`,
    ])
    expect(await payload({ claims: { iss: '<us>', iat: 7 } })).toEqual([
      '{"alg":"HS256","typ":"JWT"}',
      `{${listed},"iat":7,"iss":"\\u003cus\\u003e"}`,
    ])
  })

  test.each<[string, object, string]>([
    ['that are not JSON', { claims: '{' }, 'the claims are not JSON'],
    ['that are no object', { claims: '[]' }, 'the claims are not an object'],
    ['that name files', { claims: { files: [] } }, 'the claims name `files`, which the bundle does'],
    ['that expire at no number', { claims: { exp: 'never' } }, 'the claims give `exp` no number of seconds'],
    ['whose scope is no text', { claims: { scope: 1 } }, 'the claims give `scope` no text'],
  ])('refuses claims %s', async (_, options, message) => {
    const signing = signBundle(await archived(small), { ...hs, ...options })
    expect(await refusal(signing)).toEqual({ code: 'ERR_CONFIG_INVALID', message })
  })

  test('refuses what it could not read again', async () => {
    expect(await refusal(signBundle(await archived({ 'x/.signatures.json': '{}' }), hs))).toEqual({
      code: 'ERR_BUNDLE_INVALID',
      message: 'the bundle holds another signature, `x/.signatures.json`',
    })
    expect(await refusal(signBundle(await archived({ 'a/data.yaml': 'a: 1' }), hs))).toEqual({
      code: 'ERR_BUNDLE_INVALID',
      message: 'the bundle holds its data as `a/data.yaml`',
    })
    expect(await refusal(signBundle(new TextEncoder().encode('{}'), hs))).toMatchObject({ code: 'ERR_BUNDLE_INVALID' })
    expect(await refusal(signBundle(await archived({ '../x': '' }), hs))).toMatchObject({
      code: 'ERR_BUNDLE_UNSAFE_PATH',
    })
    expect(await refusal(signBundle(await archived(small), { ...hs, limits: { entries: 3 } }))).toMatchObject({
      code: 'ERR_BUNDLE_TOO_LARGE',
    })
  })
})

describe('signFolder', () => {
  const files = { '.manifest': '{}', 'a.rego': 'package a\n' }

  test('gives a signature that holds wherever the folder lies, with and without a manifest', async () => {
    for (const [name, content] of [
      ['with', files],
      ['without', { 'a.rego': 'package a\n' }],
    ] as const) {
      const text = await signFolder(write(name, content), hs)
      write(name, { '.signatures.json': text })
      const there = await verifyBundle(join(folder, name), verification)
      expect(there.files).toBe(Object.keys(content).length)
    }
    const moved = write('moved', { ...files, '.signatures.json': await signFolder(join(folder, 'with'), hs) })
    expect(await verifyBundle(moved, verification)).toMatchObject({ files: 2 })
    expect((await readBundle(moved, { verification })).signature).toMatchObject({ files: 2 })
  })

  test('gives none that holds for a file beside the folder', async () => {
    const hash = '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'
    const line = (name: string) => ({ name, hash, algorithm: 'SHA-256' })
    const jwt = token({ files: [line('x/.manifest'), line('y/data.json')] })
    const forged = { '.manifest': '{}', 'y/data.json': '{}', '.signatures.json': JSON.stringify({ signatures: [jwt] }) }
    expect(await refusal(verifyBundle(write('forged', forged), verification))).toEqual({
      code: 'ERR_BUNDLE_SIGNATURE_INVALID',
      message: 'the signature lists `y/data.json`, which this bundle cannot hold',
    })
  })

  test('refuses a folder that is not there, and an archive', async () => {
    expect(await refusal(signFolder(join(folder, 'nothing'), hs))).toMatchObject({ code: 'ERR_BUNDLE_NOT_FOUND' })
    writeFileSync(join(folder, 'a.tar.gz'), await archived(small))
    await expect(signFolder(join(folder, 'a.tar.gz'), hs)).rejects.toMatchObject({ code: 'ERR_ARGUMENT_INVALID' })
  })
})
