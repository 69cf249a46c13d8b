import { readFileSync, writeFileSync } from 'node:fs'
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

  const commands = ['test', 'baseline', 'init', 'build', 'check', 'verify', 'fmt', 'deps', 'inspect', 'capabilities']
  test.each(['', ...commands, 'list', 'explain', 'report', 'bundle sign', 'bundle verify'])(
    'the help of `%s` names the exit codes, and flags that there are in its examples',
    async (name) => {
      await plangate(...name.split(' ').filter((part) => part !== ''), '--help')
        .expectStdout((stdout) => {
          expect(stdout).toContain('\nExit codes: 0 ')
          const [options = '', examples = ''] = stdout.split('\nExamples:\n')
          const lines = examples.split('\n').filter((line) => line.includes(`plangate ${name}`))
          expect(lines.length).toBeGreaterThan(0)
          const own = lines.flatMap((line) => line.split('|').filter((part) => part.includes(`plangate ${name} `)))
          const named = own.flatMap((part) => part.match(/(?<= )--[\w-]+/g) ?? [])
          expect(named.filter((flag) => !new RegExp(`${flag}[ ,\\n]`).test(options))).toEqual([])
        })
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

describe('the help of a command', () => {
  test.each([
    [['build'], 'plangate build --help'],
    [['bundle', 'verify'], 'plangate bundle verify --help'],
    [['xyzzy'], 'plangate --help'],
  ])('is what %j is told to see', async (args, see) => {
    await plangate(...args)
      .expectCode(2)
      .expectStderr((stderr) => expect(stderr).toContain(`hint: see \`${see}\`\n`))
      .verify()
  })

  test.each([
    [['help'], 'Usage: plangate [options] [command]'],
    [['help', 'build'], 'Usage: plangate build [options]'],
    [['help', 'bundle', 'sign'], 'Usage: plangate bundle sign [options]'],
    [['bundle', 'help'], 'Usage: plangate bundle [options] [command]'],
    [['bundle', 'help', 'sign'], 'Usage: plangate bundle sign [options]'],
  ])('is what %j shows, and ends with 0', async (args, usage) => {
    await plangate(...args)
      .expectStdout((stdout) => expect(stdout.slice(0, usage.length)).toBe(usage))
      .verify()
  })

  test('is not there for an unknown command', async () => {
    await plangate('help', 'xyzzy').expectCode(2).expectStderr(coded('ERR_USAGE')).verify()
  })
})

describe('variables of flags', () => {
  const folder = folderOf({
    'a.rego': 'package a\n\nimport data.unused\n',
    'a_test.rego': 'package a_test\n\ntest_a if true\n',
  })

  test.each([
    [
      'check',
      { PLANGATE_STRICT: '0', PLANGATE_BUNDLE_MODE: 'false', PLANGATE_V0_COMPATIBLE: '', PLANGATE_V0_V1: '0' },
      '',
    ],
    [
      'verify',
      { PLANGATE_VERBOSE: '0', PLANGATE_BENCH: 'false', PLANGATE_COVERAGE: '', PLANGATE_V0_COMPATIBLE: '0' },
      '1 test: 1 passed\n',
    ],
  ])('of a switch of %s leave it off with nothing, 0 and false', async (command, env, stdout) => {
    await plangate(command, '.').in(folder).env(env).expectStdout(stdout).verify()
  })

  test('of a switch turn it on', async () => {
    await plangate('check', '.')
      .in(folder)
      .env({ PLANGATE_STRICT: '1' })
      .expectCode(2)
      .expectStderr((stderr) => expect(stderr).toContain('import data.unused unused'))
      .verify()
  })

  test('have the same choices in each command', async () => {
    const meanings = new Map<string, Set<string>>()
    for (const flag of await flags()) {
      const [, variable] = /env:\s+(\w+)/.exec(flag) ?? []
      if (variable === undefined) continue
      const choices = /choices:([^)]*?),?\s+(default|preset|env):/.exec(flag)?.[1]?.replaceAll(/\s+/g, ' ') ?? ''
      const kind = /^[^\n]*?--[\w-]+ [<[]/.test(flag) ? `value${choices}` : 'switch'
      meanings.set(variable, (meanings.get(variable) ?? new Set()).add(kind))
    }
    expect(meanings.size).toBeGreaterThan(60)
    expect([...meanings].filter(([, kinds]) => kinds.size > 1)).toEqual([])
  })

  test('the README names each flag that there is, and no other', async () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8').replaceAll(/^```sh$.*?^```$/gms, '')
    const heads = (await flags()).map((flag) => flag.split(/ [<[]|\s{2,}|\n/)[0] ?? '')
    expect(names(readme)).toEqual(names(heads.join('\n')))
  })
})

/** The long names of flags in a text, each once. */
function names(text: string): readonly string[] {
  return [...new Set(text.match(/(?<![\w-])--[a-z][\w-]*/g) ?? [])].sort()
}

/** The flags of all commands, each as the help describes it. */
async function flags(): Promise<readonly string[]> {
  const { stdout: help } = await plangate('--help').outcome()
  const [, commands = ''] = /^Commands:\n(.*?)\n\n/ms.exec(help) ?? []
  const plain = [...commands.matchAll(/^ {2}(\w+) /gm)].map(([, name = '']) => name)
  const found: string[] = []
  for (const command of [
    ...plain.filter((name) => name !== 'bundle' && name !== 'help'),
    'bundle sign',
    'bundle verify',
  ]) {
    const { stdout } = await plangate(...command.split(' '), '--help').outcome()
    const [, options = ''] = /^Options:\n {2}(.*?)(?=\n\n|\n$|$(?![^]))/ms.exec(stdout) ?? []
    found.push(...options.split(/\n {2}(?=-)/))
  }
  return found
}

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
