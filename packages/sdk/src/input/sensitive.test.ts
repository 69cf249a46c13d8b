import { expect, test } from '@jest/globals'
import { planWith } from '../../test/bundle.ts'
import { readInput } from './read.ts'

const found = (more: Readonly<Record<string, unknown>>): readonly string[] =>
  [...readInput(Buffer.from(JSON.stringify(planWith(more)))).facts.sensitive].sort()
const change = (before: unknown, before_sensitive: unknown, after: unknown, after_sensitive: unknown) => ({
  change: { before, before_sensitive, after, after_sensitive },
})

test.each<[string, Readonly<Record<string, unknown>>, readonly string[]]>([
  [
    'marked attributes of changes and drift',
    {
      resource_changes: [
        change(
          { p: 'before-one' },
          { p: true },
          { p: 'after-one', q: 'not-marked-1', list: [{ k: 'inner-one' }] },
          { p: true, list: [{ k: true }] },
        ),
      ],
      resource_drift: [change({ p: 'drift-one' }, { p: true }, null, false)],
    },
    ['after-one', 'before-one', 'drift-one', 'inner-one'],
  ],
  [
    'everything under a marked object',
    { resource_changes: [change(null, false, { env: { A: 'first-value', B: ['second-value'] } }, { env: true })] },
    ['first-value', 'second-value'],
  ],
  ['a whole marked resource', { resource_changes: [change(null, false, { a: 'whole-value' }, true)] }, ['whole-value']],
  [
    'sensitive outputs',
    { output_changes: { o: { before: null, after: 'output-value', before_sensitive: false, after_sensitive: true } } },
    ['output-value'],
  ],
  [
    'the planned and the prior state, in child modules too',
    {
      planned_values: {
        outputs: { o: { sensitive: true, value: 'planned-out' } },
        root_module: {
          child_modules: [
            { child_modules: [{ resources: [{ values: { s: 'planned-deep' }, sensitive_values: { s: true } }] }] },
          ],
        },
      },
      prior_state: {
        values: { root_module: { resources: [{ values: { s: 'prior-value' }, sensitive_values: { s: true } }] } },
      },
    },
    ['planned-deep', 'planned-out', 'prior-value'],
  ],
  [
    'variables that are declared sensitive',
    {
      variables: { a: { value: 'variable-a' }, b: { value: 'variable-b' } },
      configuration: { root_module: { variables: { a: { sensitive: true }, b: {} } } },
    },
    ['variable-a'],
  ],
  [
    'what JSON and URLs inside hold',
    {
      resource_changes: [
        change(
          null,
          false,
          { s: '{"password":"in-the-json"}', u: 'postgres://app:Tr4ck1ngPa55@db:5432/x' },
          { s: true, u: true },
        ),
      ],
    },
    ['Tr4ck1ngPa55', 'in-the-json', 'postgres://app:Tr4ck1ngPa55@db:5432/x', '{"password":"in-the-json"}'],
  ],
  [
    'the text of base64, and lines that are more than words',
    {
      resource_changes: [
        change(
          null,
          false,
          { u: Buffer.from('#!/bin/sh\nexport KEY="of-the-shell"\n').toString('base64') },
          { u: true },
        ),
      ],
    },
    [
      '#!/bin/sh\nexport KEY="of-the-shell"',
      '#!/bin/sh\nexport KEY="of-the-shell"\n',
      Buffer.from('#!/bin/sh\nexport KEY="of-the-shell"\n').toString('base64'),
      'export KEY="of-the-shell"',
    ],
  ],
  [
    'deferred changes and the arguments of actions',
    {
      deferred_changes: [{ reason: 'x', resource_change: change(null, false, { p: 'deferred-one' }, { p: true }) }],
      action_invocations: [{ config_values: { p: 'action-one' }, config_sensitive: { p: true } }],
      deferred_action_invocations: [
        { action_invocation: { config_values: { p: 'action-two' }, config_sensitive: { p: true } } },
      ],
    },
    ['action-one', 'action-two', 'deferred-one'],
  ],
  [
    'what the configuration writes out: defaults of sensitive variables, write-only arguments and passwords of providers',
    {
      configuration: {
        provider_config: {
          pg: { expressions: { host: { constant_value: 'db.example' }, password: { constant_value: 'provider-1' } } },
        },
        root_module: {
          variables: { a: { default: 'default-one', sensitive: true }, b: { default: 'default-two' } },
          resources: [
            {
              expressions: {
                name: { constant_value: 'plain-name-1' },
                password_wo: { constant_value: 'write-only-1' },
              },
            },
          ],
          module_calls: { m: { module: { variables: { c: { default: ['default-of-m'], sensitive: true } } } } },
        },
      },
    },
    ['default-of-m', 'default-one', 'provider-1', 'write-only-1'],
  ],
  [
    'no short texts, numbers, booleans or single words',
    {
      resource_changes: [
        change(
          null,
          false,
          {
            a: 'short',
            b: 123456789012,
            c: true,
            d: 'production',
            e: 'PRODUCTION',
            f: '123456789012',
            g: null,
            h: 'us-east-1',
            i: 'europe-west4-b',
            j: '10.0.0.1/16',
          },
          true,
        ),
      ],
    },
    [],
  ],
])('finds %s', (_, more, expected) => {
  expect(found(more)).toEqual([...expected].sort())
})
