import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { PlangateError } from '@plangate/bundle'
import { odd } from '../../bundle/test/odd.ts'
import * as compiler from '../src/index.ts'

jest.setTimeout(60_000)

const folder = mkdtempSync(join(tmpdir(), 'arguments-'))
const home = process.cwd()
// What takes a folder may make one where it stands.
beforeAll(() => process.chdir(folder))
afterAll(async () => {
  process.chdir(home)
  rmSync(folder, { recursive: true })
  await compiler.closeCompiler()
})

const sources = { 'a.rego': 'package a\n\nx if input.y\n', 'a_test.rego': 'package a_test\n\ntest_x if true\n' }
const base = { sources, thread: 'caller', entrypoints: ['a/x'] } as const
const keys = { key: 'a-secret-of-thirty-two-characters', algorithm: 'HS256' } as const

type Call = (value: never) => unknown

/** A call with something odd in place of one option. */
const each = (name: string, call: (options: never) => unknown, options: readonly string[]): Record<string, Call> =>
  Object.fromEntries(
    options.map((option) => [
      `${name}({ ${option} })`,
      // `as`: what types forbid
      (value: unknown) => call({ ...base, [option]: value } as never),
    ]),
  )

/** What is called with something odd in place of an argument or an option: what types forbid. */
const calls: Readonly<Record<string, Call>> = {
  'compileBundle(options)': (value) => compiler.compileBundle(value),
  'checkPolicies(options)': (value) => compiler.checkPolicies(value),
  'analyseReads(options)': (value) => compiler.analyseReads(value),
  'formatSource(source)': (value) => compiler.formatSource(value, { thread: 'caller' }),
  'formatSource(options)': (value) => compiler.formatSource('package a', value),
  'inspectBundle(path)': (value) => compiler.inspectBundle(value, { thread: 'caller' }),
  'inspectBundle(options)': (value) => compiler.inspectBundle('a.rego', value),
  'dependencies(query)': (value) => compiler.dependencies(value, { thread: 'caller' }),
  'dependencies(options)': (value) => compiler.dependencies('data.a', value),
  'describeCapabilities(options)': (value) => compiler.describeCapabilities(value),
  'runTests(options)': (value) => compiler.runTests(value),
  'compileTests(options)': (value) => compiler.compileTests(value),
  'openStore(options)': (value) => compiler.openStore(value),
  'signBundle(bytes)': (value) => compiler.signBundle(value, keys),
  'signBundle(options)': (value) => compiler.signBundle(new Uint8Array(8), value),
  'signFolder(folder)': (value) => compiler.signFolder(value, keys),
  'signFolder(options)': (value) => compiler.signFolder(folder, value),
  'verifyBundle(source)': (value) => compiler.verifyBundle(value, { keys: {} }),
  'verifyBundle(verification)': (value) => compiler.verifyBundle(new Uint8Array(8), value),
  'verifyBundle(limits)': (value) => compiler.verifyBundle(new Uint8Array(8), { keys: {} }, value),
  ...each('formatSource', (options) => compiler.formatSource('package a', options), [
    'thread',
    'signal',
    'limits',
    'idleMs',
    'file',
    'v0Compatible',
    'regoV1',
    'checkResult',
    'diff',
    'failFast',
    'capabilities',
  ]),
  ...each('compileBundle', compiler.compileBundle, [
    'sources',
    'bundle',
    'ignore',
    'followSymlinks',
    'data',
    'target',
    'entrypoints',
    'namespaces',
    'revision',
    'roots',
    'metadata',
    'regoVersion',
    'capabilities',
    'optimize',
    'partialNamespace',
    'planFormat',
    'planAddons',
    'typeIndex',
    'verification',
    'cache',
    'onProgress',
  ]),
  ...each('checkPolicies', compiler.checkPolicies, [
    'sources',
    'strict',
    'bundle',
    'maxErrors',
    'ignore',
    'capabilities',
    'schemas',
    'providerSchemas',
    'regoVersion',
    'onProgress',
  ]),
  ...each('analyseReads', compiler.analyseReads, ['sources', 'entrypoints', 'regoVersion', 'capabilities']),
  ...each('dependencies', (options) => compiler.dependencies('data.a', options), [
    'data',
    'bundles',
    'ignore',
    'format',
  ]),
  ...each('describeCapabilities', compiler.describeCapabilities, ['version', 'file', 'current', 'v0Compatible']),
  ...each('runTests', compiler.runTests, [
    'sources',
    'bundle',
    'run',
    'only',
    'testTimeoutMs',
    'schemas',
    'explain',
    'coverage',
    'profile',
    'words',
    'onProgress',
  ]),
}

describe('whatever is given, what is thrown is coded', () => {
  test.each(Object.entries(calls))('%s', async (_, call) => {
    const wrong: unknown[] = []
    for (const [name, make] of Object.entries(odd)) {
      try {
        // `as`: what types forbid
        await call(make() as never)
      } catch (error) {
        if (!(error instanceof PlangateError)) wrong.push([name, String(error), (error as Error).stack?.split('\n')[1]])
      }
    }
    expect(wrong).toEqual([])
  })
})
