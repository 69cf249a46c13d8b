import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { bundleLimits, PlangateError, readArchive } from '@plangate/bundle'
import { afterAll, expect, test } from '@jest/globals'
import { type CompileSettings, compileBundle } from '../src/index.ts'

const folders: string[] = []

const folderOf = (files: Readonly<Record<string, string | Uint8Array>>): string => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'bad-')))
  folders.push(folder)
  for (const [path, contents] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), contents)
  }
  return folder
}

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

/** A tar archive, entry by entry, as no tool would write it. */
const archive = (
  ...entries: readonly { readonly name: string; readonly text?: string; readonly link?: string }[]
): Buffer => {
  const blocks = entries.map(({ name, text = '', link }) => {
    const header = Buffer.alloc(512)
    header.write(name, 0)
    header.write('0000600\0', 100)
    header.write(`${text.length.toString(8).padStart(11, '0')}\0`, 124)
    header.write('        ', 148)
    header.write(link === undefined ? '0' : '2', 156)
    header.write(link ?? '', 157)
    header.write('ustar\x0000', 257)
    const sum = header.reduce((total, byte) => total + byte, 0)
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
    const padded = Buffer.alloc(Math.ceil(text.length / 512) * 512)
    padded.write(text)
    return Buffer.concat([header, padded])
  })
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]))
}

const build = async (settings: CompileSettings): Promise<readonly string[]> => {
  const { bundle, diagnostics } = await compileBundle({ thread: 'caller', target: 'rego', ...settings })
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  expect(bundle === undefined).toBe(errors.length > 0)
  return diagnostics.map(({ code, message, file, line }) => `${file}:${line}: ${message} [${code}]`)
}

/** What a folder is refused for: its diagnostics, or the error that is thrown, without the name of the folder. */
const refusal = async (
  files: Readonly<Record<string, string | Uint8Array>>,
  settings: Omit<CompileSettings, 'sources'> & { readonly names?: readonly string[] } = {},
): Promise<readonly string[]> => {
  const folder = folderOf(files)
  const { names = ['.'], ...rest } = settings
  const found = await build({ sources: names.map((name) => join(folder, name)), ...rest }).catch((error: unknown) => {
    if (!(error instanceof PlangateError)) throw error
    expect(error.hint).toBeDefined()
    return [`${error.message} [${error.code}]`]
  })
  return found.map((line) => line.replaceAll(`${folder}/`, ''))
}

const ok = 'package a\n\np := 1\n'
const latin1 = Buffer.from('{"a": "\xfc"}', 'latin1')
const manifest = (fields: object): string => JSON.stringify(fields)

test.each<readonly [string, Parameters<typeof refusal>, readonly string[]]>([
  [
    'bytes in Rego that are no UTF-8',
    [{ 'a.rego': Buffer.from('package a\n\n\xff := 1', 'latin1') }],
    ['a.rego:3: illegal utf-8 character [rego_parse_error]'],
  ],
  [
    'bytes in data that are no UTF-8',
    [{ 'a.rego': ok, 'x/data.json': latin1 }],
    ['x/data.json:1: the file is not UTF-8 [encoding_error]'],
  ],
  [
    'packages that need each other',
    [{ 'a.rego': 'package a\n\nimport data.b\n\np if b.q\n', 'b.rego': 'package b\n\nimport data.a\n\nq if a.p\n' }],
    [
      'a.rego:5: rule data.a.p is recursive: data.a.p -> data.b.q -> data.a.p [rego_recursion_error]',
      'b.rego:5: rule data.b.q is recursive: data.b.q -> data.a.p -> data.b.q [rego_recursion_error]',
    ],
  ],
  [
    'a built-in that the capabilities lack',
    [{ 'a.rego': 'package a\n\np := count([])\n' }, { capabilities: { builtins: [], features: ['rego_v1'] } }],
    ['a.rego:3: undefined function count [rego_type_error]'],
  ],
  [
    'capabilities that are older than Rego v1',
    [{ 'a.rego': ok }, { capabilities: 'v0.22.0' }],
    ['a.rego:0: illegal capabilities: rego_v1 feature required for parsing v1 Rego [rego_parse_error]'],
  ],
  [
    'capabilities that no OPA has',
    [{ 'a.rego': ok }, { capabilities: 'v9.9.9' }],
    [':0: no capabilities version found v9.9.9 [capabilities_error]'],
  ],
  [
    'capabilities of another WebAssembly',
    [
      { 'a.rego': ok },
      {
        target: 'wasm',
        entrypoints: ['a/p'],
        capabilities: { features: ['rego_v1'], wasm_abi_versions: [{ version: 9, minor_version: 1 }] },
      },
    ],
    [
      expect.stringMatching(
        /^:0: compiler ABI version not in capabilities .*\[capabilities_error\]$/,
      ) as unknown as string,
    ],
  ],
  [
    'two bundles that own the same',
    [
      {
        'a/a.rego': ok,
        'b/b.rego': 'package a.b\n',
        'a/.manifest': manifest({ roots: ['a'] }),
        'b/.manifest': manifest({ roots: ['a/b'] }),
      },
      { names: ['a', 'b'] },
    ],
    [
      expect.stringMatching(
        /^[ab]\/\.manifest:0: manifest has overlapped roots: 'a(\/b)?' and 'a(\/b)?' \[roots_error\]$/,
      ) as unknown as string,
    ],
  ],
  [
    'two bundles that own everything',
    [
      { 'a/a.rego': ok, 'b/b.rego': 'package b\n' },
      { names: ['a', 'b'], bundle: true },
    ],
    [
      expect.stringMatching(
        /^(a\/a|b\/b)\.rego:0: manifest has overlapped roots: '' and '' \[roots_error\]$/,
      ) as unknown as string,
    ],
  ],
  [
    'a package outside the roots of its bundle',
    [{ 'a.rego': ok, '.manifest': manifest({ roots: ['b'] }) }],
    [".manifest:0: manifest roots [b] do not permit 'package a' in module 'a.rego' [roots_error]"],
  ],
  [
    'a manifest that is no JSON',
    [{ 'a.rego': ok, '.manifest': '{"roots": [' }],
    ['.manifest:0: unexpected EOF [manifest_error]'],
  ],
  [
    'a version of Rego that is none',
    [{ 'a.rego': ok, '.manifest': manifest({ rego_version: 7 }) }],
    [".manifest:0: unknown bundle rego-version 7 for file '/a.rego' [manifest_error]"],
  ],
  [
    'a pattern in a manifest that is none',
    [{ 'a.rego': ok, '.manifest': manifest({ file_rego_versions: { '[': 1 } }) }],
    [
      expect.stringMatching(
        /^\.manifest:0: .*failed to compile glob pattern \[.*\[manifest_error\]$/,
      ) as unknown as string,
    ],
  ],
  [
    'two manifests',
    [{ 'a.rego': ok, '.manifest': '{}', 'sub/.manifest': '{}' }],
    ['.manifest:0: bundle contains multiple manifest files: "/.manifest" and "/sub/.manifest" [manifest_error]'],
  ],
  [
    'roots for what has roots',
    [{ 'a.rego': ok, '.manifest': '{}' }, { roots: ['a'] }],
    [':0: a bundle among the sources says itself which roots it owns [roots_error]'],
  ],
  [
    'a bundle that is signed',
    [{ 'a.rego': ok, '.manifest': '{}', '.signatures.json': '{"signatures": ["x"]}' }],
    [':0: the bundle is signed, and nothing here verifies it [signature_error]'],
  ],
  [
    'a bundle that was compiled already',
    [
      { 'a.rego': ok, '.manifest': '{}', 'policy.wasm': '' },
      { target: 'plan', entrypoints: ['a/p'] },
    ],
    [
      expect.stringMatching(
        /^policy\.wasm:0: a bundle with WebAssembly cannot be compiled again.*\[source_error\]$/,
      ) as unknown as string,
    ],
  ],
  [
    'a patch of a bundle',
    [{ '.manifest': '{}', 'patch.json': '{"data": [{"op": "add", "path": "/a", "value": 1}]}', 'a.rego': ok }],
    [expect.stringMatching(/delta bundle expected to contain only patch file/) as unknown as string],
  ],
  [
    'an archive that leaves its folder',
    [{ 'x.tar.gz': archive({ name: '../a.rego', text: ok }) }, { names: ['x.tar.gz'] }],
    ['`x.tar.gz`: the bundle holds the unsafe path "../a.rego" [ERR_BUNDLE_UNSAFE_PATH]'],
  ],
  [
    'an archive with a link',
    [{ 'x.tar.gz': archive({ name: 'a.rego', link: '/etc/passwd' }) }, { names: ['x.tar.gz'] }],
    ["`x.tar.gz`: the bundle's `a.rego` is a symlink, not a file [ERR_BUNDLE_LINK]"],
  ],
  [
    'an archive with a path twice',
    [{ 'x.tar.gz': archive({ name: 'a.rego', text: ok }, { name: '/a.rego', text: ok }) }, { names: ['x.tar.gz'] }],
    ['`x.tar.gz`: the bundle holds `a.rego` more than once [ERR_BUNDLE_DUPLICATE]'],
  ],
  [
    'an archive that is cut off',
    [{ 'x.tar.gz': archive({ name: 'a.rego', text: ok }).subarray(0, 60) }, { names: ['x.tar.gz'] }],
    [expect.stringMatching(/^`x\.tar\.gz`: the bundle is not a .* \[ERR_BUNDLE_INVALID\]$/) as unknown as string],
  ],
  [
    'a file of Rego as a bundle',
    [{ 'a.rego': ok }, { names: ['a.rego'], bundle: true }],
    [
      expect.stringMatching(
        /^`a\.rego`: the bundle is not a gzip stream.* \[ERR_BUNDLE_INVALID\]$/,
      ) as unknown as string,
    ],
  ],
])('%s: refused with a code', async (_, args, expected) => {
  expect(await refusal(...args)).toEqual(expected)
})

test('50 MB of Rego are refused before they are read', async () => {
  const folder = folderOf({ 'big.rego': 'package big\n' })
  truncateSync(join(folder, 'big.rego'), 50 * 1024 * 1024)
  await expect(compileBundle({ sources: folder })).rejects.toMatchObject({
    code: 'ERR_SOURCE_TOO_LARGE',
    message: `\`${folder}/big.rego\` is 52428800 bytes of Rego, and 8388608 is the most`,
  })
})

test('much Rego in many files is refused as well', async () => {
  const text = `package a\n\n# ${'x'.repeat(1024 * 1024)}\n`
  const sources = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`${index}.rego`, text]))
  await expect(compileBundle({ sources })).rejects.toMatchObject({ code: 'ERR_SOURCE_TOO_LARGE' })
})

test('many files become a bundle', async () => {
  const count = process.env['PLANGATE_TEST_FULL'] ? 10_000 : 200
  const files = Array.from({ length: count }, (_, index) => [
    `f${index}.rego`,
    `package many.f${index}\n\np := ${index}\n`,
  ])
  expect(await build({ sources: folderOf(Object.fromEntries(files)) })).toEqual([])
})

test('links are followed when that is asked for, but not in circles', async () => {
  const elsewhere = folderOf({ 'sub/b.rego': 'package b\n\nq := 1\n' })
  const folder = folderOf({ 'a.rego': ok })
  symlinkSync(join(elsewhere, 'sub'), join(folder, 'linked'))
  symlinkSync(join(elsewhere, 'sub', 'b.rego'), join(folder, 'c.rego'))
  const { bundle } = await compileBundle({ thread: 'caller', sources: folder, target: 'rego', followSymlinks: true })
  const files = await readArchive(bundle ?? new Uint8Array(), bundleLimits())
  expect([...files.keys()].sort()).toEqual(['.manifest', 'a.rego', 'c.rego', 'data.json', 'linked/b.rego'])
  symlinkSync('..', join(elsewhere, 'sub', 'up'))
  await expect(compileBundle({ sources: folder, followSymlinks: true })).rejects.toMatchObject({
    code: 'ERR_SOURCE_INVALID',
    message: `\`${folder}/linked/up/sub/up\` is a link to a folder that it lies in`,
  })
})
