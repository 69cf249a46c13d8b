import { expect, test } from '@jest/globals'
import { credentialMasker, MASK, maskCredentials } from './credentials.ts'

const word = (length: number): string => 'aB3dE5fG7hJ9'.repeat(10).slice(0, length)
const hex = (length: number): string => '0123456789abcdef'.repeat(4).slice(0, length)

/** Each form of a secret with what is left of it, none of them anybody's. */
const secrets: readonly (readonly [secret: string, masked?: string])[] = [
  [`-----BEGIN RSA PRIVATE KEY-----\n${word(30)}\n-----END RSA PRIVATE KEY-----`],
  [`-----BEGIN PRIVATE KEY-----\n${word(30)}`],
  [`sk-${word(24)}`],
  ...['sk_live', 'sk_test', 'rk_live', 'rk_test'].map((name) => [`${name}_${word(24)}`] as const),
  [`hf_${word(34)}`],
  [`api_org_${word(34)}`],
  ...['nvapi', 'pypi', 'xai', 'pplx'].map((name) => [`${name}-${word(44)}`] as const),
  ...['r8', 'gsk', 'npm', 'tgp_v1', 'dop_v1', 'lsv2_pt', 'lsv2_sk'].map((name) => [`${name}_${word(40)}`] as const),
  [`dapi${hex(32)}`],
  ...['pat', 'dt', 'rt', 'cbt', 'ptt', 'ft', 'soat', 'imt', 'agent'].map((name) => [`gl${name}-${word(20)}`] as const),
  ...['p', 'o', 'u', 's', 'r'].map((name) => [`gh${name}_${word(36)}`] as const),
  [`github_pat_${word(40)}`],
  ...['AKIA', 'ASIA', 'ABIA', 'ACCA'].map((name) => [`${name}ABCDEFGH234567AB`] as const),
  [`AIza${word(35)}`],
  [`ya29.${word(24)}`],
  ...['a', 'b', 'e', 'o', 'p', 'r', 's'].map((name) => [`xox${name}-${word(12)}`] as const),
  [`${word(14)}.atlasv1.${word(44)}`],
  ...['s', 'b', 'r'].map((name) => [`hv${name}.${word(24)}`] as const),
  [`eyJ${word(12)}.eyJ${word(12)}.${word(8)}`],
  ...['WANDB', 'w&b', 'api_key', 'Token', 'SECRET', 'password', 'passwd', 'credential'].map(
    (name) => [`${name}: ${hex(32)}`, `${name}: ${MASK}`] as const,
  ),
  [`API-KEY="${hex(40).toUpperCase()}`, `API-KEY="${MASK}`],
  [`AWS_SECRET_ACCESS_KEY=${word(40)}`, `AWS_SECRET_ACCESS_KEY=${MASK}`],
  [`AccountKey=${word(44)}`, `AccountKey=${MASK}`],
  [`SharedAccessSignature=${word(44)}`, `SharedAccessSignature=${MASK}`],
  ['postgres://me:secret@host', `postgres://me:${MASK}@host`],
]

test.each(secrets)('masks %j', (secret, masked = MASK) => {
  expect(maskCredentials(secret)).toBe(masked)
  expect(maskCredentials(`of module.x["a"]: ${secret}`)).toBe(`of module.x["a"]: ${masked}`)
  expect(maskCredentials(`is ${btoa(`a secret: ${secret}`)}`)).toBe(`is ${MASK}`)
})

test('tells words from secrets, seen before or not', () => {
  const mask = credentialMasker()
  const text = 'aws_sagemaker_endpoint_configuration.model-endpoint_production-eu has no kms_key_arn: task-x sk_x'
  expect([mask(text), mask(text)]).toEqual([text, text])
  const hidden = btoa(`a key: sk-${word(24)}`)
  expect([mask(`${hidden} ${text}`), mask(`${text} ${hidden}`)]).toEqual([`${MASK} ${text}`, `${text} ${MASK}`])
})
