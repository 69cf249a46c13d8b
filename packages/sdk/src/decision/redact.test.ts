import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { stack } from '../../test/bundle.ts'
import { readInput } from '../input/read.ts'
import { redactor } from './redact.ts'

const value = 'a "quoted" <Value>/1+?'
const redact = redactor(new Set([value, 'plain-secret-1', 'plain-secret-1-longer', '{"x":"it\'s a \\"secret\\""}']))
const base64 = (text: string) => Buffer.from(text).toString('base64')

describe('sensitive values', () => {
  test.each<[string, string, string]>([
    ['as they stand', `x ${value} y`, 'x (redacted) y'],
    ['escaped for JSON', `x ${JSON.stringify(value)} y`, 'x "(redacted)" y'],
    ['escaped twice', JSON.stringify(JSON.stringify({ value })), '"{\\"value\\":\\"(redacted)\\"}"'],
    ['escaped as Go does', 'a \\"quoted\\" \\u003cValue\\u003e/1+?', '(redacted)'],
    ['escaped four times', [1, 2, 3, 4].reduce((text) => JSON.stringify(text).slice(1, -1), value), '(redacted)'],
    ['escaped twice as Go does', JSON.stringify('a \\"quoted\\" \\u003cValue\\u003e/1+?'), '"(redacted)"'],
    ['in quotes of YAML inside of JSON', JSON.stringify(`a: '{"x":"it''s a \\"secret\\""}'`), '"a: \'(redacted)\'"'],
    ['percent-encoded', encodeURIComponent(value), '(redacted)'],
    ['percent-encoded as Go does', 'a+%22quoted%22+%3CValue%3E%2F1%2B%3F', '(redacted)'],
    ['in hexadecimal digits', Buffer.from(value).toString('hex'), '(redacted)'],
    ['in base64 of JSON', base64(JSON.stringify(value)).replaceAll('=', ''), 'Im(redacted)yI'],
    ['in base64', `b ${base64('plain-secret-1')} e`, 'b (redacted) e'],
    ['the longest first', 'plain-secret-1-longer', '(redacted)'],
    ['more than once', 'plain-secret-1,plain-secret-1', '(redacted),(redacted)'],
  ])('are masked %s', (_, text, expected) => {
    expect(redact(text)).toBe(expected)
  })

  test.each([0, 1, 2, 3, 4, 5])('are masked in base64 of a longer text, %d bytes in', (before) => {
    for (const alphabet of ['base64', 'base64url'] as const) {
      const text = Buffer.from(`${'#'.repeat(before)}${value}; more text`).toString(alphabet)
      const masked = redact(text)
      expect(masked).toContain('(redacted)')
      expect(Buffer.from(masked.replaceAll('(redacted)', ''), alphabet).toString('latin1')).not.toContain('quoted')
    }
  })

  test('leave other text alone', () => {
    const text =
      'module.store.aws_s3_bucket.models: bucket of models or datasets is not encrypted with a customer managed key'
    expect(redact(text)).toBe(text)
  })
})

describe('credentials', () => {
  const none = redactor(new Set())
  const planted: readonly string[] = JSON.parse(readFileSync(stack('../secrets.json'), 'utf8'))

  test.each<[string, string]>([
    ['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', '(redacted)'],
    ['glpat-7xQ2mZr9KdVwPyTbNc4L', '(redacted)'],
    ['sk-proj-9f3KxQ2LmZ7vTbYcR4WdHs1NpUeJ8oAgXi6yCqVt0rBw5zMk', '(redacted)'],
    ['WANDB_API_KEY=4f1c0a9be7d2538646aa0d1c7be93f25d8a6e013', 'WANDB_API_KEY=(redacted)'],
    ['postgres://app:Tr4ck1ngPa55@db:5432/x', 'postgres://app:(redacted)@db:5432/x'],
    ['key AKIAIOSFODNN7EXAMPLE here', 'key (redacted) here'],
    ['at %5B%22glpat-7xQ2mZr9KdVwPyTbNc4L%22%5D it', 'at (redacted) it'],
    [Buffer.from('glpat-7xQ2mZr9KdVwPyTbNc4L').toString('hex'), '(redacted)'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----.', '(redacted).'],
    [
      `user data ${base64('#!/bin/sh\nexport HF_TOKEN=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\n')}`,
      'user data (redacted)',
    ],
  ])('%j becomes %j', (text, expected) => {
    expect(none(text)).toBe(expected)
  })

  test.each([1, 2, 3])('are masked in base64 that begins %d characters into a group of four', (from) => {
    const text = base64('a long line before it; export GITLAB_TOKEN=glpat-7xQ2mZr9KdVwPyTbNc4L; and after it')
    expect(none(`(redacted)${text.slice(from)}`)).toBe('(redacted)(redacted)')
  })

  test.each([
    'sk-learn-inference-container-of-the-platform',
    'arn:aws:kms:eu-west-1:123456789012:key/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0',
    'module.key_management_service_for_the_whole_platform_team.this',
    'image@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    'set `kms_key_arn = aws_kms_key.<name>.arn`, or `token = var.token`',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/mkt-algo-model-internet-free.html',
  ])('%j stays', (text) => {
    expect(none(text)).toBe(text)
  })

  test('what is planted in the plans is marked there or looks like a credential', () => {
    const plan = readFileSync(stack('training-cluster/open.plan.json'))
    const both = redactor(readInput(plan).facts.sensitive)
    const shown = planted.filter((secret) => plan.includes(secret) && both(`token = ${secret}`).includes(secret))
    expect(shown).toEqual([])
  })
})
