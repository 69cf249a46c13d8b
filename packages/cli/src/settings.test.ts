import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { relative, resolve } from 'node:path'
import { Config } from '@plangate/sdk'
import { expect, test } from '@jest/globals'
import { flagsOf, parseSettings, Settings } from './settings.ts'

test('the schema of plangate.yaml knows each key that is read', () => {
  const path = createRequire(import.meta.url).resolve('@plangate/policies/plangate.schema.json')
  const { properties } = JSON.parse(readFileSync(path, 'utf8'))
  expect(Object.keys(properties).sort()).toEqual([...Object.keys(Config.shape), ...Object.keys(Settings.shape)].sort())
})

test('config and settings are told apart', () => {
  expect(parseSettings({ environment: 'dev', output: ['json'], policies: ['SM-011'] }, 'it')).toEqual({
    config: { environment: 'dev', policies: ['SM-011'] },
    settings: { output: ['json'] },
  })
})

test.each<[unknown, string, string]>([
  [{ enviroment: 'dev' }, 'there is no key `enviroment`', 'did you mean `environment`?'],
  [{ zzz: 1 }, 'there is no key `zzz`', 'keys are `environment`'],
  [{ environment: 'live' }, '`environment`: Invalid option', 'keys are'],
  [{ output: 'json' }, '`output`: Invalid input', 'keys are'],
  [['environment'], 'expected keys and values', 'keys are'],
  [null, 'expected keys and values', 'keys are'],
])('%j is refused', (value, message, hint) => {
  expect(() => parseSettings(value, 'it')).toThrow(
    expect.objectContaining({
      code: 'ERR_CONFIG_INVALID',
      message: expect.stringContaining(`it is invalid: ${message}`),
      hint: expect.stringContaining(hint),
    }),
  )
})

const at = (path: string): string => relative('.', resolve('/repo/infra', path))

test('paths are those from the folder of the file', () => {
  expect(
    flagsOf(
      {
        policy: ['builtin', 'rego', 'oci://host/a:v1', '/abs.tar.gz'],
        data: ['d.json'],
        waiver_files: ['../w.yaml'],
        baseline: 'b.json',
        source: '.',
        output: ['stdout', 'sarif=out/a=b.sarif'],
        strict_builtin_errors: true,
        verification_key: 'env:KEY',
      },
      '/repo/infra',
    ),
  ).toEqual({
    policy: ['builtin', at('rego'), 'oci://host/a:v1', at('/abs.tar.gz')],
    data: [at('d.json')],
    waivers: [at('../w.yaml')],
    baseline: at('b.json'),
    source: at('.'),
    output: ['stdout', `sarif=${at('out/a=b.sarif')}`],
    strictBuiltinErrors: true,
    verificationKey: 'env:KEY',
  })
  expect(flagsOf({ source: 'off', verification_key: 'k.pem' }, '/k')).toEqual({
    source: 'off',
    verificationKey: at('/k/k.pem'),
  })
})
