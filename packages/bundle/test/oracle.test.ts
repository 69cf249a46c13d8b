import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { SIGNATURE_ALGORITHMS, signBundle, signFolder, verifyBundle } from '../src/index.ts'
import { pairs } from './keys.ts'
import { archived, line, lone, secret, token } from './signed.ts'

const opa = process.env['PLANGATE_OPA'] ?? fileURLToPath(new URL('../../../.cache/oracle/opa', import.meta.url))
const reason = existsSync(opa) ? '' : ' (there is no `opa`: `npm test` builds one, PLANGATE_OPA names another)'
const guarded = describe.each([reason])
const folder = mkdtempSync(join(tmpdir(), 'signatures-'))
const keys = pairs()

const sources: Readonly<Record<string, string>> = {
  'bundle/.manifest': '{"revision":"1 < 2","roots":["a","lib"],"metadata":{"x":1.50}}',
  'bundle/data.json': '{"a":{"n":1e2,"s":"<&>\\u2028\\/"}}',
  'bundle/lib/b/data.json': '{ "z": [1.0, -0, 12345678901234567890] }',
  'bundle/lib/lib.rego': 'package lib\n\nx := 1\n',
  'bundle/lib.rego': 'package a.b\n\ny := 1\n',
  'bundle/docs/read me.txt': 'text',
}

const at = (name: string): string => join(folder, name)
const keyFile = (name: string): string => at(`keys/${name}`)
const write = (name: string, content: string | Uint8Array): string => {
  mkdirSync(dirname(at(name)), { recursive: true })
  writeFileSync(at(name), content)
  return at(name)
}
const run = (...args: readonly string[]): string =>
  execFileSync(opa, args, { cwd: folder, encoding: 'utf8', input: '', stdio: ['pipe', 'pipe', 'pipe'] })
const refusal = (...args: readonly string[]): string => {
  try {
    return `accepted: ${run(...args)}`
  } catch (error) {
    // `as`: what execFileSync throws
    return String((error as { stdout: string }).stdout)
  }
}
const verifying = (algorithm: string, ...more: readonly string[]): readonly string[] => [
  '--verification-key',
  keyFile(`${algorithm}.pub`),
  '--signing-alg',
  algorithm,
  ...more,
]
/** What `opa build` says about a bundle; it verifies what it reads. */
const built = (bundle: string, ...args: readonly string[]): string =>
  run('build', '--bundle', bundle, ...args, '--output', at('out.tar.gz'))
const trust = (algorithm: keyof typeof keys) => ({ keys: { default: { key: keys[algorithm].trusted, algorithm } } })
const deterministic = SIGNATURE_ALGORITHMS.filter((name) => /^[HR]S/.test(name))

beforeAll(() => {
  for (const [name, content] of Object.entries(sources)) write(name, content)
  for (const [algorithm, pair] of Object.entries(keys)) {
    write(`keys/${algorithm}`, pair.secret)
    write(`keys/${algorithm}.pub`, pair.trusted)
  }
  if (reason === '') run('build', '--bundle', 'bundle', '--output', at('unsigned.tar.gz'))
})
afterAll(() => rmSync(folder, { recursive: true }))

guarded(`signatures and opa%s`, () => {
  test.each(SIGNATURE_ALGORITHMS)('opa verifies a bundle that we sign with %s', async (algorithm) => {
    const bytes = readFileSync(at('unsigned.tar.gz'))
    const signed = write(`${algorithm}.tar.gz`, await signBundle(bytes, { key: keys[algorithm].secret, algorithm }))
    built(signed, ...verifying(algorithm))
    expect(run('eval', '--bundle', signed, '--format', 'raw', 'data.lib.x').trim()).toBe('1')
    expect(await verifyBundle(signed, trust(algorithm))).toMatchObject({ algorithm, keyId: 'default', files: 4 })
  })

  test.each(SIGNATURE_ALGORITHMS)('we verify a bundle that opa signs with %s', async (algorithm) => {
    const theirs = at(`theirs-${algorithm}.tar.gz`)
    const signing = ['--signing-key', keyFile(algorithm), '--signing-alg', algorithm]
    run('build', '--bundle', 'bundle', ...signing, '--output', theirs)
    expect(await verifyBundle(theirs, trust(algorithm))).toMatchObject({ algorithm, claims: { keyid: 'default' } })
  })

  test.each(deterministic)(
    'a folder and an archive get the signature of `opa sign`, byte for byte: %s',
    async (algorithm) => {
      const signing = ['--signing-key', keyFile(algorithm), '--signing-alg', algorithm, '-o', folder]
      const claims = '{"scope":"write","iat":1760000000,"b<":[1.50,{"z":1,"a":null}]}'
      const options = { key: keys[algorithm].secret, algorithm, claims }
      const more = [...signing, '--claims-file', write('claims.json', claims)]
      run('sign', '--bundle', `${at('bundle')}/`, ...more)
      expect(await signFolder(`${at('bundle')}/`, options)).toBe(readFileSync(at('.signatures.json'), 'utf8'))
      run('sign', '--bundle', 'unsigned.tar.gz', ...more)
      const signed = await signBundle(readFileSync(at('unsigned.tar.gz')), options)
      const text = execFileSync('tar', ['xzOPf', write('same.tar.gz', signed), '/.signatures.json'], {
        encoding: 'utf8',
      })
      expect(text).toBe(readFileSync(at('.signatures.json'), 'utf8'))
    },
  )

  test('opa and we both take a folder that the other has signed', async () => {
    const text = await signFolder(at('bundle'), { key: keys.ES256.secret })
    write('bundle/.signatures.json', text)
    built(at('bundle'), ...verifying('ES256'))
    expect(await verifyBundle(at('bundle'), trust('ES256'))).toMatchObject({ files: 6, algorithm: 'ES256' })
    run('sign', '--bundle', 'bundle', '--signing-key', keyFile('RS256'), '--output-file-path', 'bundle')
    expect(await verifyBundle(at('bundle'), trust('RS256'))).toMatchObject({ files: 6, algorithm: 'RS256' })
    rmSync(at('bundle/.signatures.json'))
  })

  test('an archive of a folder, with names as `./data.json`, is signed for opa too', async () => {
    execFileSync('tar', ['czf', at('dots.tar.gz'), '-C', at('bundle'), '.'])
    const signed = await signBundle(readFileSync(at('dots.tar.gz')), { key: keys.PS256.secret, algorithm: 'PS256' })
    built(write('dots-signed.tar.gz', signed), ...verifying('PS256'))
    expect(await verifyBundle(signed, trust('PS256'))).toMatchObject({ files: 6 })
  })

  test('`opa run` starts with our bundle and the key, and not with another key', async () => {
    const key = { key: keys.RS256.secret, scope: 'gate', keyId: 'ours' }
    const signed = write('run.tar.gz', await signBundle(readFileSync(at('unsigned.tar.gz')), key))
    expect(run('run', '--disable-telemetry', '--bundle', signed, ...verifying('RS256', '--scope', 'gate'))).toMatch(
      /^OPA 1\./,
    )
    expect(refusal('run', '--disable-telemetry', '--bundle', signed, ...verifying('RS256'))).toMatch(/scope mismatch/)
    expect(refusal('run', '--disable-telemetry', '--bundle', signed, ...verifying('RS384', '--scope', 'gate'))).toMatch(
      /verify JWT signature/,
    )
    expect(refusal('run', '--disable-telemetry', '--bundle', at('unsigned.tar.gz'), ...verifying('RS256'))).toMatch(
      /missing .signatures.json/,
    )
  })

  test('files that are left out are excluded in opa by the same patterns', async () => {
    const options = { key: keys.RS256.secret, exclude: ['d?cs/*', 'lib/*'] }
    execFileSync('tar', ['czf', at('plain.tar.gz'), '-C', at('bundle'), 'docs', 'lib', '.manifest', 'data.json'])
    const signed = write('excluded.tar.gz', await signBundle(readFileSync(at('plain.tar.gz')), options))
    const patterns = ['--exclude-files-verify', 'd?cs/*,lib/*']
    expect(built(signed, ...verifying('RS256', ...patterns))).toBe('')
    expect(await verifyBundle(signed, { ...trust('RS256'), exclude: ['d?cs/*', 'lib/*'] })).toMatchObject({ files: 3 })
  })

  test.each(['SHA-384', 'SHA-512'] as const)('opa takes files that are hashed with %s', async (hash) => {
    const options = { key: keys.ES256.secret, hash }
    const signed = write(`${hash}.tar.gz`, await signBundle(readFileSync(at('unsigned.tar.gz')), options))
    expect(built(signed, ...verifying('ES256'))).toBe('')
  })

  const files = [line]
  const upper = [{ ...line, hash: line.hash.toUpperCase() }]
  const stranger = { 'b.rego': 'package b' }
  test.each<[string, boolean, boolean, () => Promise<Uint8Array>]>([
    ['as it should be', true, true, () => lone(token({ files }))],
    ['with a hash in capitals', true, true, () => lone(token({ files: upper }))],
    ['with another file', false, false, () => lone(token({ files }), stranger)],
    ['without a file', false, false, () => lone(token({ files: [line, { ...line, name: 'b.rego' }] }))],
    ['with a changed file', false, false, () => lone(token({ files: [{ ...line, hash: '00' }] }))],
    ['without files', false, false, () => lone(token({}))],
    ['with an unknown hash', false, false, () => lone(token({ files: [{ ...line, algorithm: 'SHA256' }] }))],
    ['with a scope', false, false, () => lone(token({ files, scope: 's' }))],
    ['of another secret', false, false, () => lone(token({ files }, { alg: 'HS256' }, 'other'))],
    ['of two parts', false, false, () => lone('e30.e30')],
    ['of no JSON', false, false, () => lone(token('x'))],
    ['unsigned', false, false, () => archived({ '.manifest': '{}' })],
    ['with two signatures', false, false, () => signedBy({ signatures: [token({ files }), token({ files })] })],
    ['with no signature', false, false, () => signedBy({ signatures: [] })],
    ['with a plugin', false, false, () => signedBy({ signatures: [token({ files })], plugin: 'kms' })],
    // What OPA passes over, and we do not.
    ['that says `none`, and is signed', false, true, () => lone(token({ files }, { alg: 'none' }))],
    ['that says another algorithm', false, true, () => lone(token({ files }, { alg: 'RS256' }))],
    ['that has to be understood', false, true, () => lone(token({ files }, { alg: 'HS256', crit: ['x'], x: 1 }))],
    ['that has expired', false, true, () => lone(token({ files, exp: 1 }))],
    ['that holds later', false, true, () => lone(token({ files, nbf: 2 ** 33 }))],
    ['that lists a file twice', false, true, () => lone(token({ files: [line, line] }))],
    // A name that begins with a slash leads to no file in OPA, which takes the slash off the file only.
    ['with a leading slash', true, false, () => lone(token({ files: [{ ...line, name: '/.manifest' }] }))],
  ])('a signature %s holds for us: %j, for opa: %j', async (_, ours, theirs, make) => {
    const bundle = write('case.tar.gz', await make())
    const trusted = { keys: { k: { key: secret, algorithm: 'HS256' } } } as const
    const verified = await verifyBundle(bundle, trusted).then(() => true, judged)
    const key = ['--verification-key', secret, '--signing-alg', 'HS256', '--output', at('out.tar.gz')]
    const output = refusal('build', '--bundle', bundle, ...key)
    expect({ ours: verified, theirs: output === 'accepted: ' }).toEqual({ ours, theirs })
  })
})

/** False for a signature that does not hold; any other error is thrown again. */
const judged = (error: { code?: unknown }): false => {
  if (String(error.code).startsWith('ERR_BUNDLE_SIGNATURE_')) return false
  throw error
}

const signedBy = (signatures: object): Promise<Uint8Array> =>
  archived({ '.manifest': '{}', '.signatures.json': JSON.stringify(signatures) })
