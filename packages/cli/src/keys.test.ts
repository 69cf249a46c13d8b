import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { PlangateError } from '@plangate/sdk'
import { readKey, verificationOf } from './keys.ts'

const canary = 'canary-7f3a9c51e2'
const pem = `-----BEGIN PRIVATE KEY-----\n${canary}\n-----END PRIVATE KEY-----\n`
const folder = mkdtempSync(join(tmpdir(), 'keys-'))
const file = join(folder, 'secret')

beforeAll(() => {
  writeFileSync(file, `${canary}\n`)
  writeFileSync(join(folder, 'huge'), Buffer.alloc(2 ** 20 + 1))
  process.env['PLANGATE_TEST_SECRET'] = canary
  process.env['PLANGATE_TEST_EMPTY'] = ''
})
afterAll(() => {
  delete process.env['PLANGATE_TEST_SECRET']
  delete process.env['PLANGATE_TEST_EMPTY']
  rmSync(folder, { recursive: true })
})

describe('readKey', () => {
  test.each<[string, string, string]>([
    ['the content of a file, to its last byte', file, `${canary}\n`],
    ['a variable', 'env:PLANGATE_TEST_SECRET', canary],
    ['a PEM as it stands', pem, pem],
    ['a secret as it stands', canary, canary],
    ['a secret that is too long for a path', canary.repeat(1000), canary.repeat(1000)],
    ['a secret with a NUL', `${canary}\0`, `${canary}\0`],
    ['a secret in base64', 'q83vEjRWeJCrze8/SNFZ4g==', 'q83vEjRWeJCrze8/SNFZ4g=='],
  ])('returns %s', (_, given, expected) => {
    expect(Buffer.from(readKey(given, '--key')).toString()).toBe(expected)
  })

  test.each<[string, string, string]>([
    ['nothing', '', 'the key of `--key` is empty'],
    [
      'a variable that is not set',
      `env:PLANGATE_TEST_${canary.replaceAll('-', '_')}`,
      'the environment variable of `--key` is not set',
    ],
    [
      'a variable that is empty',
      'env:PLANGATE_TEST_EMPTY',
      'the environment variable `PLANGATE_TEST_EMPTY` of `--key` is not set',
    ],
    ['what is no variable', `env:${canary}`, '`--key` names no variable after `env:`'],
    ['a path that leads nowhere', `./${canary}`, 'there is no file at the path that `--key` names'],
    ['the name of a key that is not there', `${canary}.pem`, 'there is no file at the path that `--key` names'],
    ['a folder', folder, '`--key` names a folder'],
    ['a file that is too large', join(folder, 'huge'), '`--key` names a file that is too large for a key'],
  ])('refuses %s', (_, given, message) => {
    let error: unknown
    try {
      readKey(given, '--key')
    } catch (thrown) {
      error = thrown
    }
    expect(error).toBeInstanceOf(PlangateError)
    expect(error).toMatchObject({ code: 'ERR_USAGE', message: expect.stringContaining(message) })
    expect(inspect(error, { depth: null, showHidden: true }).replaceAll('_', '-')).not.toContain(canary)
  })
})

describe('verificationOf', () => {
  test('asks for nothing where nothing is said', () => {
    expect(verificationOf({}, '--')).toBeUndefined()
  })

  test('trusts the key under any name, or under the one that is said', () => {
    const trusted = { key: canary, algorithm: 'HS256' }
    expect(verificationOf({ key: canary, alg: 'HS256' }, '--')).toEqual({
      keys: { default: trusted },
      keyId: 'default',
    })
    const flags = { key: canary, alg: 'HS256', keyId: 'k1', scope: 's', exclude: ['docs/*'] }
    expect(verificationOf(flags, '--')).toEqual({ keys: { k1: trusted }, scope: 's', exclude: ['docs/*'] })
  })

  test.each([{ alg: 'RS256' }, { keyId: 'k' }, { scope: 's' }, { exclude: ['x'] }, { key: '' }])(
    'does not take %j for no wish to verify',
    (flags) => {
      expect(() => verificationOf(flags, '--verification-')).toThrow(PlangateError)
    },
  )
})
