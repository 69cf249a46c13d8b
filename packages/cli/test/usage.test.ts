import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { folderOf, testPlan } from './fixtures.ts'
import { coded, plangate } from './runner.ts'

const small = testPlan('inputs', 'small.plan.json')

function configOf(stdout: string): unknown {
  return JSON.parse(stdout).config
}

describe('wrong use ends with 2 and says what to do', () => {
  test.each([
    ['an unknown command', ['tset'], 'ERR_USAGE'],
    ['an unknown flag', ['test', '--fail-onn', 'high', small], 'ERR_USAGE'],
    ['no plan', ['test'], 'ERR_USAGE'],
    ['standard input twice', ['test', '-', '-'], 'ERR_USAGE'],
    ['an unknown output', ['test', '--output', 'xml', small], 'ERR_USAGE'],
    ['an unknown environment', ['test', '--env', 'qa', small], 'ERR_USAGE'],
    ['an unknown severity', ['test', '--fail-on', 'bad', small], 'ERR_USAGE'],
    ['a config that is not there', ['test', '--config', 'nowhere.yaml', small], 'ERR_USAGE'],
    ['data that is not there', ['test', '--data', 'nowhere.yaml', small], 'ERR_USAGE'],
    ['a folder of policies that is not there', ['test', '--policy', 'nowhere', small], 'ERR_SOURCE_NOT_FOUND'],
    ['a bundle that is not there', ['test', '--policy', 'nowhere.tar.gz', small], 'ERR_USAGE'],
    ['nothing to build', ['build'], 'ERR_USAGE'],
    ['sources that are not there', ['build', 'nowhere'], 'ERR_SOURCE_NOT_FOUND'],
  ])('%s', async (_, args, code) => {
    await plangate(...args)
      .in(folderOf({}))
      .expectCode(2)
      .expectStderr(coded(code))
      .verify()
  })

  test('a folder `policy` lies there and nothing says which policies are meant', async () => {
    const folder = folderOf({ 'policy/main.rego': 'package main\n' })
    await plangate('test', small)
      .in(folder)
      .expectCode(2)
      .expectStderr(
        'error: a folder `policy` lies here and nothing says which policies are meant [ERR_USAGE]\n' +
          'hint: choose with `--policy policy` or `--policy builtin`, or give both\n',
      )
      .verify()
  })

  test.each([
    ['a misspelt key', 'enviroment: dev\n', 'ERR_CONFIG_INVALID'],
    ['a value that is none', 'environment: qa\n', 'ERR_CONFIG_INVALID'],
    ['a list', '- 1\n', 'ERR_CONFIG_INVALID'],
    ['broken YAML', 'a: [\n', 'ERR_CONFIG_INVALID'],
  ])('a config with %s', async (_, content, code) => {
    const folder = folderOf({ 'plangate.yaml': content })
    await plangate('test', '--policy', 'builtin', small).in(folder).expectCode(2).expectStderr(coded(code)).verify()
  })
})

describe('help and version', () => {
  test('the version is that of the package', async () => {
    await plangate('--version').expectStdout('0.1.0\n').verify()
  })

  test.each([[['--help']], [['test', '--help']], [['build', '--help']], [['list', '--help']]])(
    '%j shows examples',
    async (args) => {
      await plangate(...args)
        .expectStdout((stdout) => expect(stdout).toContain('Examples:\n  $ '))
        .verify()
    },
  )

  test('no command at all shows the help and ends with 2', async () => {
    await plangate()
      .expectCode(2)
      .expectStderr((stderr) => expect(stderr).toMatch(/^Usage: plangate /))
      .verify()
  })
})

describe('settings', () => {
  const settled = { environment: 'prod', fail_on: 'medium', undecided: 'warn' }

  test.each([
    ['nothing said is the strictest', {}, [], {}, settled],
    [
      'the file',
      { 'plangate.yaml': 'environment: dev\n' },
      [],
      {},
      { ...settled, environment: 'dev', fail_on: 'high' },
    ],
    [
      'the environment wins over the file',
      { 'plangate.yaml': 'environment: dev\nfail_on: low\n' },
      [],
      { PLANGATE_ENV: 'stage' },
      { ...settled, environment: 'stage', fail_on: 'low' },
    ],
    [
      'a flag wins over both',
      { 'plangate.yaml': 'environment: dev\n' },
      ['--env', 'prod', '--fail-on', 'critical', '--undecided', 'fail'],
      { PLANGATE_ENV: 'stage', PLANGATE_FAIL_ON: 'low' },
      { environment: 'prod', fail_on: 'critical', undecided: 'fail' },
    ],
  ])('%s', async (_, files, args, env, expected) => {
    await plangate('test', '--policy', 'builtin', '--output', 'json', ...args, small)
      .in(folderOf(files))
      .env(env)
      .expectStdout((stdout) => expect(configOf(stdout)).toEqual(expected))
      .verify()
  })

  test('the nearest file above is found, unless another is named', async () => {
    const folder = folderOf({
      'plangate.yaml': 'environment: dev\n',
      'a/b/.keep': '',
      'other.yaml': 'environment: stage\n',
    })
    const args = ['test', '--policy', 'builtin', '--output', 'json', small]
    await plangate(...args)
      .in(join(folder, 'a/b'))
      .expectStdout((stdout) => expect(configOf(stdout)).toEqual({ ...settled, environment: 'dev', fail_on: 'high' }))
      .verify()
    writeFileSync(join(folder, 'a/b/empty.yaml'), '# nothing\n')
    await plangate(...args, '--config', 'empty.yaml')
      .in(join(folder, 'a/b'))
      .expectStdout((stdout) => expect(configOf(stdout)).toEqual(settled))
      .verify()
  })
})
