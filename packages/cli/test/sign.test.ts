import { execFileSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { chmodSync, copyFileSync, existsSync, readFileSync, readdirSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { folderOf, testPlan } from './fixtures.ts'
import { coded, plangate } from './runner.ts'

const repository = fileURLToPath(new URL('../../..', import.meta.url))
const library = join(repository, 'policies', 'dist', 'library.tar.gz')
const opa = join(repository, '.cache', 'oracle', process.platform === 'win32' ? 'opa.exe' : 'opa')
const missing = existsSync(opa) ? '' : ' (needs `node scripts/oracle.mjs`)'
const guarded = missing === '' ? test : test.skip

const pair = (): { readonly secret: string; readonly trusted: string } => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    secret: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    trusted: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  }
}
const [ours, other] = [pair(), pair()]
const canary = 'canary-7f3a9c51e2'
const keys = {
  'private.pem': ours.secret,
  'public.pem': ours.trusted,
  'other.pem': other.trusted,
  'broken.pem': `-----BEGIN PRIVATE KEY-----\n${canary}\n-----END PRIVATE KEY-----\n`,
  'secret.key': canary,
}
const bundle = {
  'bundle/.manifest': '{"roots":["a"]}',
  'bundle/a/data.json': '{"n": 1.0, "s": "<"}',
  'bundle/a/b/data.json': '[1]',
  'bundle/a.rego': 'package a\n',
}

let folder = ''
beforeAll(() => {
  folder = folderOf({ ...keys, ...bundle })
  copyFileSync(library, join(folder, 'library.tar.gz'))
})
const decision = (text: string): unknown => ({ ...JSON.parse(text), bundle: {} })
const temporary = (): readonly string[] => readdirSync(folder).filter((name) => name.endsWith('.tmp'))

describe('plangate bundle', () => {
  test('signs an archive, verifies it, and gates with it', async () => {
    const sign = ['bundle', 'sign', 'library.tar.gz', '-k', 'private.pem', '--scope', 'gate', '-o', 'signed.tar.gz']
    await plangate(...sign)
      .in(folder)
      .expectStdout((text) => expect(text).toMatch(/^signed\.tar\.gz: signed, \d+ bytes\n$/))
      .verify()
    await plangate('bundle', 'verify', 'signed.tar.gz', '--key', 'public.pem', '--scope', 'gate')
      .in(folder)
      .expectStdout((text) =>
        expect(text).toMatch(/^signed\.tar\.gz: the signature holds \(ES256, \d+ files, scope "gate"\)\n$/),
      )
      .verify()
    const flags = ['--verification-key', 'public.pem', '--verification-scope', 'gate']
    const plan = testPlan('stacks', 'model-endpoint', 'prod.plan.json')
    const gated = await plangate('test', '-p', 'signed.tar.gz', ...flags, '-o', 'json', plan)
      .in(folder)
      .outcome()
    const plain = await plangate('test', '-p', 'library.tar.gz', '-o', 'json', plan).in(folder).outcome()
    expect(gated).toMatchObject({ code: 0, stderr: '' })
    expect(decision(gated.stdout)).toEqual(decision(plain.stdout))
  })

  test.each<[string, readonly string[], string]>([
    ['another key', ['-p', 'signed.tar.gz', '--verification-key', 'other.pem'], 'ERR_BUNDLE_SIGNATURE_INVALID'],
    ['another scope', ['-p', 'signed.tar.gz', '--verification-key', 'public.pem'], 'ERR_BUNDLE_SIGNATURE_UNTRUSTED'],
    ['no signature', ['-p', 'library.tar.gz', '--verification-key', 'public.pem'], 'ERR_BUNDLE_SIGNATURE_MISSING'],
  ])('judges no plan with %s', async (_, args, code) => {
    const plan = testPlan('stacks', 'model-endpoint', 'prod.plan.json')
    await plangate('test', ...args, plan)
      .in(folder)
      .expectCode(3)
      .expectStderr(coded(code))
      .verify()
  })

  test.each<[string, readonly string[], Readonly<Record<string, string>>]>([
    ['Rego beside a key', ['-p', 'bundle', '--verification-key', 'public.pem'], {}],
    ['a scope without a key', ['-p', 'signed.tar.gz', '--verification-scope', 'gate'], {}],
    ['an empty variable', ['-p', 'signed.tar.gz'], { PLANGATE_VERIFICATION_KEY: '' }],
    ['a variable that is not set', ['-p', 'signed.tar.gz', '--verification-key', 'env:NOTHING'], {}],
    ['a path that leads nowhere', ['-p', 'signed.tar.gz', '--verification-key', 'no/such.pem'], {}],
  ])('judges no plan with %s', async (_, args, env) => {
    const plan = testPlan('stacks', 'model-endpoint', 'prod.plan.json')
    await plangate('test', ...args, plan)
      .in(folder)
      .env(env)
      .expectCode(2)
      .expectStderr(coded('ERR_USAGE'))
      .verify()
  })

  test.each<[string, readonly string[], number, string]>([
    ['another key', ['signed.tar.gz', '-k', 'other.pem', '--scope', 'gate'], 1, 'ERR_BUNDLE_SIGNATURE_INVALID'],
    [
      'an id that it does not name',
      ['named.tar.gz', '-k', 'public.pem', '--key-id', 'k2'],
      1,
      'ERR_BUNDLE_SIGNATURE_UNTRUSTED',
    ],
    ['no signature', ['library.tar.gz', '-k', 'public.pem'], 1, 'ERR_BUNDLE_SIGNATURE_MISSING'],
    ['a key that does not fit', ['signed.tar.gz', '-k', 'public.pem', '-a', 'RS256'], 2, 'ERR_KEY_INVALID'],
    ['no algorithm', ['signed.tar.gz', '-k', 'public.pem', '-a', 'none'], 2, 'ERR_USAGE'],
    ['no key', ['signed.tar.gz'], 2, 'ERR_USAGE'],
    ['no bundle', ['nothing.tar.gz', '-k', 'public.pem'], 2, 'ERR_USAGE'],
    ['what is no bundle', ['public.pem', '-k', 'public.pem'], 3, 'ERR_BUNDLE_INVALID'],
  ])('verify refuses %s', async (_, args, code, error) => {
    if (!existsSync(join(folder, 'named.tar.gz'))) {
      await plangate('bundle', 'sign', 'library.tar.gz', '-k', 'private.pem', '--key-id', 'k1', '-o', 'named.tar.gz')
        .in(folder)
        .outcome()
    }
    await plangate('bundle', 'verify', ...args)
      .in(folder)
      .expectCode(code)
      .expectStderr(coded(error))
      .verify()
  })

  test('signs in place, keeps the mode and a link, and gives the same bytes again', async () => {
    copyFileSync(library, join(folder, 'real.tar.gz'))
    chmodSync(join(folder, 'real.tar.gz'), 0o640)
    symlinkSync('real.tar.gz', join(folder, 'link.tar.gz'))
    const sign = ['bundle', 'sign', 'link.tar.gz', '-a', 'HS256', '--claims-file', 'claims.json']
    const claims = folderOf({ 'claims.json': '{"iat": 1760000000, "exp": 4102444800.50}' })
    copyFileSync(join(claims, 'claims.json'), join(folder, 'claims.json'))
    await plangate(...sign, '-k', 'secret.key')
      .in(folder)
      .outcome()
    const first = readFileSync(join(folder, 'real.tar.gz'))
    await plangate(...sign)
      .in(folder)
      .env({ SECRET: canary, PLANGATE_SIGNING_KEY: 'env:SECRET' })
      .outcome()
    expect(readFileSync(join(folder, 'real.tar.gz')).equals(first)).toBe(true)
    expect(statSync(join(folder, 'real.tar.gz')).mode & 0o777).toBe(0o640)
    expect(statSync(join(folder, 'link.tar.gz')).ino).toBe(statSync(join(folder, 'real.tar.gz')).ino)
    const { stdout } = await plangate(
      'bundle',
      'verify',
      'real.tar.gz',
      '-k',
      'secret.key',
      '-a',
      'HS256',
      '-o',
      'json',
    )
      .in(folder)
      .outcome()
    expect(JSON.parse(stdout)).toMatchObject({ algorithm: 'HS256', claims: { iat: 1760000000, exp: 4102444800.5 } })
  })

  test('build signs what it writes, and builds from bundles that are signed', async () => {
    const flags = ['-t', 'rego', '-o', 'built.tar.gz', '--signing-key', 'private.pem', '--signing-key-id', 'k1']
    await plangate('build', 'bundle', ...flags)
      .in(folder)
      .expectStdout((text) => expect(text).toMatch(/^built\.tar\.gz: 0 entrypoints, \d+ bytes, signed\n$/))
      .verify()
    const again = ['build', 'built.tar.gz', '-t', 'rego', '-o', 'again.tar.gz', '--verification-key']
    const { code } = await plangate(...again, 'public.pem', '--verification-key-id', 'k1')
      .in(folder)
      .outcome()
    expect(code).toBe(0)
    await plangate(...again, 'other.pem')
      .in(folder)
      .expectCode(3)
      .expectStderr(coded('ERR_BUNDLE_SIGNATURE_INVALID'))
      .verify()
  })

  test('leaves nothing behind where it cannot write, or may not', async () => {
    const before = readFileSync(join(folder, 'library.tar.gz'))
    const sign = ['bundle', 'sign', 'library.tar.gz', '-k', 'private.pem']
    await plangate(...sign, '-o', 'no/such/folder.tar.gz')
      .in(folder)
      .expectCode(2)
      .expectStderr(coded('ERR_USAGE'))
      .verify()
    await plangate(...sign, '-o', 'bundle')
      .in(folder)
      .expectCode(2)
      .expectStderr(coded('ERR_USAGE'))
      .verify()
    await plangate('bundle', 'sign', 'library.tar.gz', '-k', 'broken.pem')
      .in(folder)
      .expectCode(2)
      .expectStderr(coded('ERR_KEY_INVALID'))
      .verify()
    expect(readFileSync(join(folder, 'library.tar.gz')).equals(before)).toBe(true)
    expect(temporary()).toEqual([])
  })

  guarded(`signs a folder as opa sign does, and opa takes it${missing}`, async () => {
    const signing = ['--signing-key', canary, '--signing-alg', 'HS384']
    execFileSync(opa, ['sign', '--bundle', './bundle/', ...signing], { cwd: folder })
    await plangate('bundle', 'sign', './bundle/', '-k', 'secret.key', '-a', 'HS384')
      .in(folder)
      .expectStdout((text) => expect(text).toMatch(/^bundle[/\\]\.signatures\.json: signed, \d+ bytes\n$/))
      .verify()
    const [theirs, signed] = ['.signatures.json', 'bundle/.signatures.json'].map((path) =>
      readFileSync(join(folder, path), 'utf8'),
    )
    expect(signed).toBe(theirs)
    const verifying = ['--verification-key', canary, '--signing-alg', 'HS384', '-o', 'out.tar.gz']
    execFileSync(opa, ['build', '--bundle', 'bundle', ...verifying], { cwd: folder })
    await plangate('bundle', 'verify', 'bundle', '-k', 'secret.key', '-a', 'HS384')
      .in(folder)
      .expectStdout('bundle: the signature holds (HS384, 4 files)\n')
      .verify()
  })
})

describe('a key is in no output', () => {
  test.each<[string, readonly string[], Readonly<Record<string, string>>]>([
    ['given by a flag', ['--key', canary], {}],
    ['given by a flag that is misspelt', [`--kye=${canary}`], {}],
    ['in the place of an algorithm', ['--key', 'private.pem', '--alg', canary], {}],
    ['in a variable', [], { PLANGATE_SIGNING_KEY: canary, PLANGATE_VERIFICATION_KEY: canary }],
    ['in a file that is broken', ['--key', 'broken.pem'], {}],
  ])('%s', async (_, args, env) => {
    for (const command of ['sign', 'verify']) {
      const run = plangate('bundle', command, 'library.tar.gz', ...args).in(folder)
      const { code, stdout, stderr } = await run.env({ ...env, PLANGATE_DEBUG: '1' }).outcome()
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).not.toContain(canary)
      expect(stderr).toMatch(/^error: [^\n]+ \[ERR_(KEY_INVALID|USAGE)\]\nhint: [^\n]+\n$/)
    }
  })
})
