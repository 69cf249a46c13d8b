import { expect, test } from '@jest/globals'
import { namespacesOf } from './namespaces.ts'

const rule = (entrypoint: string, namespace: string, status: 'fail' | 'warn') => ({
  entrypoint,
  namespace,
  id: entrypoint,
  status,
})

test('rules are told by the names that conftest gives them', () => {
  const names = [
    'main/deny',
    'main/deny_all',
    'team/net/violation_x',
    'main/warn',
    'main/warnings',
    'main/denied',
    'main/allow',
    'main',
  ]
  expect(namespacesOf(names)).toEqual({
    names: ['main', 'team.net'],
    library: undefined,
    rules: [
      rule('main/deny', 'main', 'fail'),
      rule('main/deny_all', 'main', 'fail'),
      rule('main/warn', 'main', 'warn'),
      rule('team/net/violation_x', 'team.net', 'fail'),
    ],
  })
})

test('the library decides through one entrypoint, beside a user’s rules', () => {
  const names = [
    'plangate/main/findings',
    'plangate/main/deny',
    'plangate/main/warn_undecided',
    'plangate/policies/a/b/deny',
    'main/deny',
  ]
  expect(namespacesOf(names)).toEqual({
    names: ['main', 'plangate.main'],
    library: 'plangate/main/findings',
    rules: [rule('main/deny', 'main', 'fail')],
  })
  expect(namespacesOf(names, ['main'])).toEqual({
    names: ['main'],
    library: undefined,
    rules: [rule('main/deny', 'main', 'fail')],
  })
  expect(namespacesOf(names, ['plangate.main'])).toEqual({
    names: ['plangate.main'],
    library: 'plangate/main/findings',
    rules: [],
  })
})

test.each<[readonly string[], readonly string[] | undefined, string, string]>([
  [['main/deny', 'b/warn'], ['main', 'man'], 'the bundle has no namespace `man`', 'it has `b`, `main`'],
  [
    ['main/allow'],
    undefined,
    'the bundle has no entrypoint that gives findings',
    'build it with entrypoints such as `main/deny` and `main/warn`',
  ],
  [
    ['main/deny', 'b/warn'],
    [],
    'no namespace is chosen, so that nothing would be decided',
    'leave `namespaces` out for all, or take of `b`, `main`',
  ],
])('%j with %j is refused', (entrypoints, chosen, message, hint) => {
  expect(() => namespacesOf(entrypoints, chosen)).toThrow(
    expect.objectContaining({ code: 'ERR_NAMESPACE_UNKNOWN', message, hint }),
  )
})
