import { generateKeyPairSync, createHash } from 'node:crypto'
import { inspect } from 'node:util'
import { describe, expect, test } from '@jest/globals'
import { PlangateError, readBundle, signBundle, verifyBundle, type Verification } from '../src/index.ts'
import { ec, rsa } from './keys.ts'
import { archived, lone, line, secret, small, token } from './signed.ts'

const noon = new Date('2026-01-01T12:00:00Z')
const seconds = noon.getTime() / 1000
const verification = { keys: { k: { key: secret, algorithm: 'HS256' } }, clock: () => noon } as const
const one = rsa()
const other = rsa()

/** How a bundle is refused, as code and message; nothing of it may hold a key. */
const refusal = async (bytes: Uint8Array, given: Verification = verification): Promise<unknown> => {
  const error: unknown = await readBundle(bytes, { verification: given }).then(
    () => 'accepted',
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof PlangateError)) return error
  const all = inspect(error, { depth: null, showHidden: true }) + JSON.stringify(error)
  for (const { key } of Object.values(given.keys)) {
    for (const text of String(key).split('\n'))
      if (text.length > 12 && !text.startsWith('-----')) expect(all).not.toContain(text)
  }
  expect(error.hint).toMatch(/^[^\n]+$/)
  return { code: error.code, message: error.message }
}
const invalid = (message: string) => ({ code: 'ERR_BUNDLE_SIGNATURE_INVALID', message })
const mismatch = (message: string) => ({ code: 'ERR_BUNDLE_SIGNATURE_MISMATCH', message })
const untrusted = (message: string) => ({ code: 'ERR_BUNDLE_SIGNATURE_UNTRUSTED', message })
const keyInvalid = (message: string) => ({ code: 'ERR_KEY_INVALID', message })

describe('a signature holds', () => {
  test('and says what it proves', async () => {
    const jwt = token(
      { files: [line], scope: 'gate', iat: 7, exp: seconds + 1, nbf: seconds, iss: 'us' },
      { alg: 'HS256', kid: 'k' },
    )
    const { signature } = await readBundle(await lone(jwt), { verification: { ...verification, scope: 'gate' } })
    expect(signature).toEqual({
      algorithm: 'HS256',
      keyId: 'k',
      scope: 'gate',
      files: 1,
      excluded: [],
      claims: { scope: 'gate', iat: 7, exp: seconds + 1, nbf: seconds, iss: 'us' },
    })
  })

  test.each<[string, unknown, unknown, Verification]>([
    ['with the key of the header', { files: [line], keyid: 'x' }, { alg: 'HS256', kid: 'k' }, verification],
    ['with the key of the payload', { files: [line], keyid: 'k' }, { alg: 'HS256' }, verification],
    ['with the only key, where it names none', { files: [line] }, { alg: 'HS256', kid: '' }, verification],
    [
      'with the key that is said, whatever it names',
      { files: [line] },
      { alg: 'HS256', kid: 'x' },
      { ...verification, keyId: 'k' },
    ],
    [
      'with the scope of the key',
      { files: [line], scope: 's' },
      { alg: 'HS256' },
      { ...verification, keys: { k: { ...verification.keys.k, scope: 's' } } },
    ],
    [
      'with a hash in capitals',
      { files: [{ ...line, hash: line.hash.toUpperCase() }] },
      { alg: 'HS256' },
      verification,
    ],
    ['with a leading slash', { files: [{ ...line, name: '/.manifest' }] }, { alg: 'HS256' }, verification],
  ])('%s', async (_, payload, header, given) => {
    expect(await verifyBundle(await lone(token(payload, header)), given)).toMatchObject({ keyId: 'k', files: 1 })
  })

  test.each([
    ['MD5', 'md5'],
    ['SHA-1', 'sha1'],
    ['SHA-224', 'sha224'],
    ['SHA-256', 'sha256'],
    ['SHA-384', 'sha384'],
    ['SHA-512', 'sha512'],
    ['SHA-512-224', 'sha512-224'],
    ['SHA-512-256', 'sha512-256'],
  ])('with the hash %s', async (algorithm, name) => {
    const files = [{ name: '.manifest', algorithm, hash: createHash(name).update('{}').digest('hex') }]
    expect(await verifyBundle(await lone(token({ files })), verification)).toMatchObject({ files: 1 })
  })

  test('and files that are excluded need not be covered', async () => {
    const bytes = await lone(token({ files: [line] }), { 'docs/a.md': 'x', 'docs/b/c.md': 'y' })
    const { signature } = await readBundle(bytes, {
      verification: { ...verification, exclude: ['docs/*', 'docs/*/*'] },
    })
    expect(signature?.excluded).toEqual(['docs/a.md', 'docs/b/c.md'])
    expect(await refusal(bytes, { ...verification, exclude: ['docs/*'] })).toEqual(
      mismatch("the signature does not cover the bundle's `docs/b/c.md`"),
    )
  })
})

describe('a signature is refused', () => {
  const files = [line]
  test.each<[string, () => string | Uint8Array, unknown]>([
    ['that is not JSON', () => '{', invalid('`.signatures.json` is not JSON')],
    ['that is not UTF-8', () => Buffer.from([0x22, 0xff, 0x22]), invalid('`.signatures.json` is not JSON')],
    [
      'that says nothing',
      () => '{}',
      invalid('`.signatures.json` is not valid: `signatures`: Invalid input: expected array, received undefined'),
    ],
    ['that is none', () => '{"signatures":[]}', invalid('the bundle holds 0 signatures, expected one')],
    [
      'that is two',
      () => JSON.stringify({ signatures: [token({ files }), token({ files })] }),
      invalid('the bundle holds 2 signatures, expected one'),
    ],
    [
      'of a plugin',
      () => JSON.stringify({ signatures: [token({ files })], plugin: 'kms' }),
      invalid('`.signatures.json` is not valid: `plugin`: Invalid option: expected one of ""|"_default"'),
    ],
    [
      'that is huge',
      () => `${' '.repeat(8 * 1024 * 1024)}{}`,
      invalid("the bundle's signature is larger than 8388608 bytes"),
    ],
  ])('%s', async (_, text, expected) => {
    expect(await refusal(await archived({ '.manifest': '{}', '.signatures.json': text() }))).toEqual(expected)
  })

  test.each<[string, string, unknown]>([
    ['of two parts', 'e30.e30', invalid("the bundle's signature is not a JWT")],
    ['of four parts', `${token({ files })}.e30`, invalid("the bundle's signature is not a JWT")],
    ['in base64 with padding', `${token({ files })}=`, invalid("the bundle's signature is not a JWT")],
    [
      'with bits that say nothing',
      token({ files }).replace(/.$/, (last) => String.fromCharCode(last.charCodeAt(0) + 1)),
      invalid("the bundle's signature is not a JWT"),
    ],
    ['whose header is not JSON', token({ files }, 'x'), invalid("the signature's header is not JSON")],
    [
      'whose payload is not JSON',
      token('x', { alg: 'HS256', kid: 'k' }),
      invalid("the signature's payload is not JSON"),
    ],
    [
      'that names its key by a number',
      token({ files }, { alg: 'HS256', kid: 7 }),
      invalid("the signature's header is not valid: `kid`: Invalid input: expected string, received number"),
    ],
    [
      'with `none`',
      `${token({ files }, { alg: 'none' }).replace(/[^.]*$/, '')}`,
      invalid('the signature says `none` for its algorithm, so it proves nothing'),
    ],
    [
      'with `nOnE` and a good signature',
      token({ files }, { alg: 'nOnE' }),
      invalid('the signature says `none` for its algorithm, so it proves nothing'),
    ],
    [
      'with another algorithm',
      token({ files }, { alg: 'HS512' }),
      invalid('the signature says `HS512` for its algorithm, the key is for `HS256`'),
    ],
    [
      'of another secret',
      token({ files }, { alg: 'HS256' }, 'other'),
      invalid('the signature was not made with the given key, or was changed since'),
    ],
    [
      'with a header that must be understood',
      token({ files }, { alg: 'HS256', crit: ['x'], x: 1 }),
      invalid('the signature was not made with the given key, or was changed since'),
    ],
    [
      'by a key that is not given',
      token({ files }, { alg: 'HS256', kid: 'x\n\u001b[31m' }),
      untrusted('no key is given for the id `x\\n\\u001b[31m`'),
    ],
    [
      'by the prototype',
      token({ files }, { alg: 'HS256', kid: '__proto__' }),
      untrusted('no key is given for the id `__proto__`'),
    ],
    [
      'of a scope that was not asked for',
      token({ files, scope: 'write' }),
      untrusted('the signature is for the scope `write`'),
    ],
    [
      'that has expired',
      token({ files, exp: seconds }),
      { code: 'ERR_BUNDLE_SIGNATURE_EXPIRED', message: 'the signature has expired' },
    ],
    [
      'that holds later',
      token({ files, nbf: seconds + 1 }),
      { code: 'ERR_BUNDLE_SIGNATURE_EXPIRED', message: 'the signature does not hold yet' },
    ],
    [
      'that expires at no number',
      token({ files, exp: '2020-01-01' }),
      invalid("the signature's payload is not valid: `exp`: Invalid input: expected number, received string"),
    ],
    [
      'without files',
      token({}),
      invalid("the signature's payload is not valid: `files`: Invalid input: expected array, received undefined"),
    ],
    [
      'that lists a file twice',
      token({ files: [line, { ...line, name: '/.manifest' }] }),
      invalid('the signature lists `.manifest` more than once'),
    ],
    [
      'that lists what no bundle can hold',
      token({ files: [line, { ...line, name: '../x' }] }),
      invalid('the signature lists `../x`, which this bundle cannot hold'),
    ],
    [
      'with an unknown hash',
      token({ files: [{ ...line, algorithm: 'SHA256' }] }),
      invalid('the signature lists `.manifest` with the unknown hash `SHA256`'),
    ],
    [
      'with a hash of the prototype',
      token({ files: [{ ...line, algorithm: 'constructor' }] }),
      invalid('the signature lists `.manifest` with the unknown hash `constructor`'),
    ],
    [
      'with a wrong hash',
      token({ files: [{ ...line, hash: line.hash.replace(/^./, (first) => (first === '0' ? '1' : '0')) }] }),
      mismatch("the bundle's `.manifest` is not what was signed"),
    ],
    [
      'with no hash',
      token({ files: [{ ...line, hash: '' }] }),
      mismatch("the bundle's `.manifest` is not what was signed"),
    ],
    ['that covers nothing', token({ files: [] }), mismatch("the signature does not cover the bundle's `.manifest`")],
    [
      'that covers more',
      token({ files: [line, { ...line, name: 'a.rego' }] }),
      mismatch('the bundle lacks `a.rego`, which was signed with it'),
    ],
  ])('%s', async (_, jwt, expected) => {
    expect(await refusal(await lone(jwt))).toEqual(expected)
  })

  test('that is not there', async () => {
    expect(await refusal(await archived(small))).toEqual({
      code: 'ERR_BUNDLE_SIGNATURE_MISSING',
      message: 'the bundle is not signed',
    })
  })

  test('for a file beside those it covers, and for a second signature', async () => {
    expect(await refusal(await lone(token({ files }), { 'b.rego': 'package b' }))).toEqual(
      mismatch("the signature does not cover the bundle's `b.rego`"),
    )
    expect(await refusal(await lone(token({ files }), { 'x/.signatures.json': '{}' }))).toEqual(
      mismatch('the bundle holds another signature, `x/.signatures.json`'),
    )
  })

  test('that names no key where there are several, and where none is given', async () => {
    const keys = { a: verification.keys.k, b: verification.keys.k }
    expect(await refusal(await lone(token({ files })), { keys })).toEqual(untrusted('the signature names no key'))
    expect(await refusal(await lone(token({ files })), { keys: {} })).toEqual(untrusted('the signature names no key'))
    expect(await refusal(await lone(token({ files })), { keys, keyId: 'c' })).toEqual(
      untrusted('no key is given for the id `c`'),
    )
  })

  test('that was made with a public key for its secret', async () => {
    const forged = await lone(token({ files }, { alg: 'HS256' }, one.trusted))
    expect(await refusal(forged, { keys: { k: { key: one.trusted } } })).toEqual(
      invalid('the signature says `HS256` for its algorithm, the key is for `RS256`'),
    )
    expect(await refusal(forged, { keys: { k: { key: one.trusted, algorithm: 'HS256' } } })).toEqual(
      keyInvalid('the verification key `k` is a PEM, and `HS256` takes a secret'),
    )
  })

  test('that another key made', async () => {
    const signed = await signBundle(await archived(small), { key: one.secret })
    expect(await refusal(signed, { keys: { k: { key: other.trusted } } })).toEqual(
      invalid('the signature was not made with the given key, or was changed since'),
    )
  })
})

const encrypted = (): string => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'p' }).toString()
}
const ed25519 = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

describe('a key', () => {
  test('that verifies may be private, and PKCS #1 or SEC 1', async () => {
    for (const { secret: key } of [one, ec('P-384')]) {
      const signed = await signBundle(await archived(small), { key })
      expect(await verifyBundle(signed, { keys: { k: { key: Buffer.from(key) } } })).toMatchObject({ files: 4 })
    }
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const signed = await signBundle(await archived(small), { key: privateKey.export({ type: 'pkcs1', format: 'pem' }) })
    const key = publicKey.export({ type: 'pkcs1', format: 'pem' })
    expect(await verifyBundle(signed, { keys: { k: { key } } })).toMatchObject({ algorithm: 'RS256' })
    const { privateKey: curve } = generateKeyPairSync('ec', { namedCurve: 'P-521' })
    const sec1 = await signBundle(await archived(small), { key: curve.export({ type: 'sec1', format: 'pem' }) })
    const trusted = { k: { key: curve.export({ type: 'sec1', format: 'pem' }) } }
    expect(await verifyBundle(sec1, { keys: trusted })).toMatchObject({ algorithm: 'ES512' })
  })

  test.each<[string, () => Parameters<typeof signBundle>[1], string]>([
    ['that is empty', () => ({ key: '', algorithm: 'HS256' }), 'the signing key is empty'],
    // `as`: what a caller in JavaScript may hand over
    [
      'that is not there',
      () => ({ key: undefined as unknown as string, algorithm: 'HS256' }),
      'the signing key is empty',
    ],
    ['that is a secret without an algorithm', () => ({ key: secret }), 'the signing key is not a PEM'],
    [
      'that is a secret for RS256',
      () => ({ key: secret, algorithm: 'RS256' }),
      'the signing key is not a PEM, as `RS256` needs one',
    ],
    [
      'that is a PEM for HS256',
      () => ({ key: one.secret, algorithm: 'HS256' }),
      'the signing key is a PEM, and `HS256` takes a secret',
    ],
    [
      'that is a broken PEM',
      () => ({ key: one.secret.replace(/\n./, '\n!') }),
      'the signing key is not a PEM that can be read',
    ],
    ['that is public', () => ({ key: one.trusted }), 'the signing key is not a PEM that can be read'],
    ['that needs a passphrase', () => ({ key: encrypted() }), 'the signing key is not a PEM that can be read'],
    [
      'on another curve',
      () => ({ key: ec('P-384').secret, algorithm: 'ES256' }),
      'the signing key is on the curve P-384, which does not fit `ES256`',
    ],
    [
      'on a curve that OPA does not know',
      () => ({ key: ec('secp256k1').secret }),
      'the signing key is of a kind that OPA does not sign with',
    ],
    ['of Ed25519', () => ({ key: ed25519() }), 'the signing key is of a kind that OPA does not sign with'],
    [
      'of RSA for ES256',
      () => ({ key: one.secret, algorithm: 'ES256' }),
      'the signing key is an RSA key, which does not fit `ES256`',
    ],
    ['of 1024 bits', () => ({ key: rsa(1024).secret }), 'the signing key has 1024 bits'],
    // `as`: what a caller in JavaScript may hand over
    [
      'for an algorithm that is none',
      () => ({ key: secret, algorithm: 'none' as 'HS256' }),
      'the signature algorithm is not one of OPA’s',
    ],
  ])('%s is refused', async (_, options, message) => {
    const given = options()
    const error: unknown = await signBundle(await archived(small), given).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'ERR_KEY_INVALID', message, hint: expect.any(String) })
    const all = inspect(error, { depth: null, showHidden: true }) + JSON.stringify(error)
    for (const text of String(given.key)
      .split('\n')
      .filter((part) => part.length > 12 && !part.startsWith('-----'))) {
      expect(all).not.toContain(text)
    }
  })
})
