import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readBundle, type Verification } from '@plangate/bundle'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { compileBundle, signBundle, signFolder, verifyBundle } from '../src/index.ts'

const opa = process.env['PLANGATE_OPA'] ?? fileURLToPath(new URL('../../../.cache/oracle/opa', import.meta.url))
const reason = existsSync(opa) ? '' : ' (there is no `opa`: `npm test` builds one, PLANGATE_OPA names another)'
const guarded = reason === '' ? test : test.skip
const folder = mkdtempSync(join(tmpdir(), 'sign-'))
afterAll(() => rmSync(folder, { recursive: true }))

const words = `1 1.0 -0 +1 0x1F 0o17 017 0b11 1_000 1e3 1e21 1E-7 .5 1. 9007199254740993 18446744073709551616 1e400x
  yes no on off Yes TRUE true False null ~ Null y n 2023-01-01 2023-01-01T00:00:00Z 12:30:45 a.b <&> é 😀 "" [] {}`
const scalars = [
  ...words.split(/\s+/),
  '"a\\u2028\\x41\\e"',
  "'it''s'",
  '!!str 1',
  '!!float 1',
  '!!int "7"',
  '!!binary aGk=',
  '[1, {a: b}]',
  '|\n    two\n    lines\n',
  '>-\n    folded\n    text\n',
  '|2+\n     kept\n\n',
  '# nothing',
  '',
]
const whole = [
  '',
  '# nothing',
  '---\na: 1\n---\nb: 2\n',
  'base: &base {a: 1, b: 2}\nother:\n  <<: *base\n  b: 3\n',
  'a: {<<: {x: 1}, <<: {y: 2}}\n',
  'a: 1\na: 2\n',
  '1: one\n1.5: half\ntrue: yes\n',
  '- 1\n- [2, 3]\n-\n  - 4\n',
  'text',
  '\ufeffa: b\n',
  '{"a": 1, a: 2}',
  'a: &x [1, 2]\nb: *x\n',
]

const files = (): Readonly<Record<string, string>> => {
  const nested = scalars.map((scalar, at) => `k${at}: ${scalar}`).join('\n')
  const documents = [...scalars.map((scalar) => `value: ${scalar}\n`), ...whole, `${nested}\n`]
  return Object.fromEntries(documents.map((text, at) => [`d${at}/data.${at % 2 === 0 ? 'yaml' : 'yml'}`, text]))
}

guarded(`data in YAML has the digest that opa gives it${reason}`, async () => {
  const root = join(folder, 'yaml')
  const all = files()
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(join(root, path, '..'), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  const signing = ['--signing-key', 'canary', '--signing-alg', 'HS256', '--output-file-path', root]
  execFileSync(opa, ['sign', '--bundle', root, ...signing])
  const theirs = readFileSync(join(root, '.signatures.json'), 'utf8')
  const verification = { keys: { k: { key: 'canary', algorithm: 'HS256' } } } as const
  expect(await signFolder(root, { key: 'canary', algorithm: 'HS256' })).toBe(theirs)
  expect(await verifyBundle(root, verification)).toMatchObject({ files: Object.keys(all).length })
})

test.each([
  ['that is none', 'a: [1\n'],
  ['whose keys are no text', '? [1, 2]\n: 3\n'],
  ['with a number that JSON does not have', 'a: .inf\n'],
])('YAML %s is refused', async (name, text) => {
  const root = join(folder, name)
  mkdirSync(root)
  writeFileSync(join(root, 'data.yaml'), text)
  await expect(signFolder(root, { key: 'canary', algorithm: 'HS256' })).rejects.toMatchObject({
    code: 'ERR_BUNDLE_INVALID',
    message: "the bundle's `data.yaml` is not YAML",
  })
})

describe('compileBundle with a key', () => {
  const hs = { key: 'canary', algorithm: 'HS256' } as const
  const verification = { keys: { k: hs } }
  const source = join(folder, 'signed.tar.gz')
  const compile = (from: string, given: Verification = verification): Promise<unknown> =>
    compileBundle({ sources: from, target: 'rego', thread: 'caller', verification: given }).then(
      ({ diagnostics, bundle }) => diagnostics.map(({ code }) => code).concat(bundle === undefined ? [] : ['built']),
      ({ code, message }: { code: string; message: string }) => ({ code, message: message.replaceAll(folder, '') }),
    )

  beforeAll(async () => {
    const { bundle } = await compileBundle({
      sources: { 'a.rego': 'package a\n\nx := data.d\n', 'd/data.json': '{"y": 1}' },
      target: 'rego',
      thread: 'caller',
    })
    writeFileSync(source, await signBundle(bundle ?? new Uint8Array(), hs))
    const unpacked = join(folder, 'unpacked')
    for (const [path, contents] of (await readBundle(source)).files) {
      mkdirSync(join(unpacked, path, '..'), { recursive: true })
      writeFileSync(join(unpacked, path), contents)
    }
  })

  test('takes bundles that are signed with it', async () => {
    expect(await compile(source)).toEqual(['built'])
    expect(await compile(join(folder, 'unpacked'))).toEqual(['built'])
  })

  test('takes no other bundle, and nothing that is none', async () => {
    expect(await compile(source, { keys: { k: { ...hs, key: 'other' } } })).toEqual({
      code: 'ERR_BUNDLE_SIGNATURE_INVALID',
      message: '`/signed.tar.gz`: the signature was not made with the given key, or was changed since',
    })
    writeFileSync(join(folder, 'unpacked/a.rego'), 'package a\n\nx := 7\n')
    expect(await compile(join(folder, 'unpacked'))).toEqual({
      code: 'ERR_BUNDLE_SIGNATURE_MISMATCH',
      message: "`/unpacked`: the bundle's `a.rego` is not what was signed",
    })
    expect(await compile(join(folder, 'unpacked/a.rego'))).toEqual({
      code: 'ERR_BUNDLE_SIGNATURE_MISSING',
      message: '`/unpacked/a.rego` is no bundle, and only a bundle can be signed',
    })
  })
})
