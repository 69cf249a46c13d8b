import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from '@jest/globals'
import { signFolder } from '../src/index.ts'
import { jsonDocument, randomNumbers } from './documents.ts'

const opa = process.env['PLANGATE_OPA'] ?? fileURLToPath(new URL('../../../.cache/oracle/opa', import.meta.url))
const reason = existsSync(opa) ? '' : ' (there is no `opa`: `npm test` builds one, PLANGATE_OPA names another)'
const guarded = reason === '' ? test : test.skip
const folder = mkdtempSync(join(tmpdir(), 'hashes-'))
afterAll(() => rmSync(folder, { recursive: true }))

interface Listed {
  readonly name: string
  readonly hash: string
}

/** The files and digests in the text of a `.signatures.json`. */
const listed = (signatures: string): readonly Listed[] => {
  const [token = ''] = JSON.parse(signatures).signatures
  return JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString()).files
}

/** What `opa sign` and we say about a folder with these files. */
const both = async (name: string, files: Readonly<Record<string, string | Uint8Array>>) => {
  const root = join(folder, name)
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true })
    writeFileSync(join(root, path), content)
  }
  const signing = ['--signing-key', 'canary', '--signing-alg', 'HS256', '--output-file-path', folder]
  execFileSync(opa, ['sign', '--bundle', root, ...signing])
  const theirs = readFileSync(join(folder, '.signatures.json'), 'utf8')
  return { theirs, ours: await signFolder(root, { key: 'canary', algorithm: 'HS256' }) }
}

describe('the digest of a file', () => {
  const count = process.env['PLANGATE_TEST_FULL'] ? 5000 : 400
  guarded(`is OPA’s for ${count} documents made at random${reason}`, async () => {
    const random = randomNumbers(20)
    const documents = Array.from({ length: count }, () => jsonDocument(random))
    const { theirs, ours } = await both(
      'random',
      Object.fromEntries(documents.map((text, at) => [`d${at}/data.json`, text])),
    )
    const place = (name: string) => documents[Number(/d(\d+)\/data/.exec(name)?.[1])]
    const expected = new Map(listed(theirs).map(({ name, hash }) => [name, hash]))
    const wrong = listed(ours).filter(({ name, hash }) => expected.get(name) !== hash)
    expect(wrong.map(({ name }) => place(name))).toEqual([])
    expect(ours).toBe(theirs)
  })

  guarded(`is OPA’s for each kind of file and for odd names${reason}`, async () => {
    const deep = `${'['.repeat(9999)}${']'.repeat(9999)}`
    const files = {
      '.manifest': '\ufeff{"b":[1.0],"a":"<"}\n',
      'x/.manifest': ' [ 1 , 2 ] ',
      'data.json': '{"a": {"b": 1, "b": 2}, "\u{10000}": 1, "\ue000": 2, "\uffff": 3}',
      'a/data.json': deep,
      'a/other.json': ' { } ',
      'a/xdata.json': ' { } ',
      'a/data.json.rego': '',
      'a/data.yaml': '{"n": 1.0, "z": 1, "a": [1e400]}',
      'a/data.yml': '"text"',
      'a b/é <&> 😀.txt': Buffer.from([0, 255, 254]),
      'a-/b': 'x',
      'a/b': 'x',
      'a.rego': 'package a',
      'policy.wasm': Buffer.from([0, 97, 115, 109]),
      '.hidden/.x': '',
      'signatures.json': '{ }',
    }
    const { theirs, ours } = await both('kinds', files)
    expect(listed(ours)).toEqual(listed(theirs))
    expect(ours).toBe(theirs)
  })

  test('of bytes is that of the bytes, with the hash that is asked for', async () => {
    mkdirSync(join(folder, 'bytes'))
    writeFileSync(join(folder, 'bytes/a.txt'), 'text')
    const text = await signFolder(join(folder, 'bytes'), { key: 'canary', algorithm: 'HS256', hash: 'SHA-384' })
    const [file] = listed(text)
    expect(file).toEqual({
      name: `${folder.slice(1)}/bytes/a.txt`,
      hash: createHash('sha384').update('text').digest('hex'),
      algorithm: 'SHA-384',
    })
  })

  test.each<[string, string, string | Uint8Array]>([
    ['data that is not JSON', 'data.json', '{"a":}'],
    ['data that is not UTF-8', 'data.json', Buffer.from([0x22, 0xff, 0x22])],
    ['data that nests too deeply', 'data.json', `${'['.repeat(10_001)}${']'.repeat(10_001)}`],
    ['a manifest that is not JSON', '.manifest', 'a: 1'],
  ])('is refused for %s', async (name, path, content) => {
    const root = join(folder, name)
    mkdirSync(root)
    writeFileSync(join(root, path), content)
    await expect(signFolder(root, { key: 'canary', algorithm: 'HS256' })).rejects.toMatchObject({
      code: 'ERR_BUNDLE_INVALID',
      message: `the bundle's \`${path}\` is not JSON`,
    })
  })
})
