import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { compileBundle, inspectBundle, type InspectOptions, signBundle } from '../src/index.ts'
import { because, guarded, opa } from './reference.ts'
import { sample, sampleCatalogue } from './sample.ts'

const folder = mkdtempSync(join(tmpdir(), 'inspect-'))
const here = process.cwd()
afterAll(() => {
  process.chdir(here)
  rmSync(folder, { recursive: true })
})

const own: Readonly<Record<string, string>> = {
  'own/.manifest':
    '{"revision": "r", "roots": ["a", "b"], "rego_version": 1, "metadata": {"big": 12345678901234567890}}',
  'own/a/a.rego':
    '# METADATA\n# title: Package <a>\n# authors:\n# - a & b\npackage a\n\n# METADATA\n# description: one\n# entrypoint: true\np if sprintf("%d", [input.x]) == "1"\n\nq contains x if some x in data.b.y\n',
  'own/b/data.yaml': 'y: [1]\n',
  'own/a/data.json': '{"z": 1}',
  'own/a/notes.txt': 'x',
  'old/a.rego': 'package old\n\np { input.x }\n',
  'bad/a.rego': 'package bad\n\np if {',
}

const secret = 'env-secret-of-enough-length-0123456789'

beforeAll(async () => {
  for (const [path, text] of Object.entries({ ...own, ...prefixed('sample/', sample) })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  symlinkSync('../a', join(folder, 'own/b/link'))
  const { bundle = new Uint8Array() } = await compileBundle({
    sources: join(folder, 'sample'),
    revision: '7',
    thread: 'caller',
  })
  writeFileSync(join(folder, 'b.tar.gz'), bundle)
  const signed = await signBundle(bundle, { key: secret, algorithm: 'HS256', keyId: 'ours' })
  writeFileSync(join(folder, 'signed.tar.gz'), signed)
  writeFileSync(join(folder, 'broken.tar.gz'), bundle.subarray(0, 100))
  process.chdir(folder)
})

const prefixed = (prefix: string, files: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(files)
      .filter(([path]) => !path.startsWith('.') && !path.startsWith('node_modules'))
      .map(([path, text]) => [`${prefix}${path}`, text]),
  )

const cases: readonly (readonly [args: readonly string[], path: string, options: InspectOptions])[] = [
  [[], 'own', {}],
  [['--annotations'], 'own', { annotations: true }],
  [[], './own/', {}],
  [[], join(folder, 'own'), {}],
  [[], 'own/a/a.rego', {}],
  [['-a'], 'own/a/a.rego', { annotations: true }],
  [['--v0-compatible'], 'old', { v0Compatible: true }],
  [[], 'sample', {}],
  [[], 'b.tar.gz', {}],
  [['-a'], 'b.tar.gz', { annotations: true }],
  [['-a'], join(folder, 'signed.tar.gz'), { annotations: true }],
]

for (const [args, path, options] of cases) {
  guarded(`opa inspect ${args.join(' ')} ${path} and ours agree about every byte${because}`, async () => {
    const { opa: text, diagnostics } = await inspectBundle(path, { ...options, thread: 'caller' })
    const { stdout, stderr } = spawnSync(opa, ['inspect', '-f', 'json', ...args, path], {
      encoding: 'utf8',
      cwd: folder,
      maxBuffer: 2 ** 26,
    })
    expect({ text, diagnostics, stderr }).toEqual({ text: stdout, diagnostics: [], stderr: '' })
  })
}

test('a signed bundle has its catalogue, entrypoints, built-in functions, sizes and signature', async () => {
  const { plangate } = await inspectBundle('signed.tar.gz', { thread: 'caller' })
  expect(plangate).toEqual({
    kind: 'archive',
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    entrypoints: ['plangate/main/deny'],
    builtins: { native: ['eq', 'gt'], host: ['sprintf'] },
    catalogue: sampleCatalogue,
    sizes: {
      packed: expect.any(Number),
      unpacked: expect.any(Number),
      wasm: expect.any(Number),
      files: [
        '.manifest',
        '.signatures.json',
        'data.json',
        'plangate/main/main.rego',
        'plangate/policies/storage/disk/disk.rego',
        'policy.wasm',
      ].map((path) => ({ path, bytes: expect.any(Number) })),
    },
    signature: { algorithm: 'HS256', keyId: 'ours' },
  })
})

test('a folder says what its METADATA says', async () => {
  const { plangate } = await inspectBundle('sample', { thread: 'caller' })
  expect(plangate).toMatchObject({
    kind: 'folder',
    entrypoints: ['plangate/main/deny'],
    catalogue: sampleCatalogue,
    signature: null,
  })
})

test('Rego that is none is a diagnostic', async () => {
  const { opa: text, diagnostics } = await inspectBundle('bad', { thread: 'caller' })
  const found = diagnostics.map(({ file, line, code }) => `${file}:${line}: ${code}`)
  expect({ text, found }).toEqual({ text: undefined, found: ['bad/a.rego:3: rego_parse_error'] })
})

test.each([
  ['nowhere', 'ERR_BUNDLE_NOT_FOUND'],
  ['broken.tar.gz', 'ERR_BUNDLE_INVALID'],
  ['own/a/notes.txt', 'ERR_BUNDLE_INVALID'],
])('%s is %s', async (path, code) => {
  await expect(inspectBundle(path, { thread: 'caller' })).rejects.toMatchObject({ code })
})
