import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { folderOf } from './fixtures.ts'
import { coded, plangate } from './runner.ts'

const entrypoint = (value: string): string => `package a\n\n# METADATA\n# entrypoint: true\np := ${value}\n`

// What OPA's parser needs many seconds for, and hundreds of megabytes.
const folder = folderOf({
  'long/a.rego': entrypoint(`[${'[1, 2], '.repeat(500_000)}0]`),
  'short/a.rego': entrypoint('1'),
})

const commands = [
  ['build', ['build', 'long', '--no-cache', '-o', 'bundle.tar.gz']],
  ['check', ['check', 'long']],
  ['inspect', ['inspect', 'long']],
  ['deps', ['deps', 'data.a.p', '--data', 'long']],
  ['fmt', ['fmt', '--list', 'long']],
] as const

describe('a limit ends a command with 3, and nothing is written', () => {
  test.each(commands)('the time of %s', async (_, args) => {
    await plangate(...args, '--time-limit', '500ms')
      .in(folder)
      .expectCode(3)
      .expectStderr('error: OPA took too long [ERR_TIME_LIMIT]\nhint: give it more time, or less to do\n')
      .verify()
    expect(existsSync(join(folder, 'bundle.tar.gz'))).toBe(false)
  })

  test.each(commands)('the memory of %s', async (_, args) => {
    await plangate(...args, '--memory-limit', '80MiB')
      .in(folder)
      .expectCode(3)
      .expectStderr(
        'error: OPA needs more than 83886080 bytes of memory [ERR_MEMORY_LIMIT]\n' +
          'hint: make the sources smaller, or the limit larger\n',
      )
      .verify()
    expect(existsSync(join(folder, 'bundle.tar.gz'))).toBe(false)
  })
})

test('variables of the environment say the same, and a flag wins', async () => {
  const env = { PLANGATE_TIME_LIMIT: '1ms', PLANGATE_MEMORY_LIMIT: '1k' }
  await plangate('check', 'short').in(folder).env(env).expectCode(3).expectStderr(coded('ERR_TIME_LIMIT')).verify()
  const long = ['--time-limit', '10m']
  await plangate('check', 'short', ...long)
    .in(folder)
    .env(env)
    .expectCode(3)
    .expectStderr(coded('ERR_MEMORY_LIMIT'))
    .verify()
  await plangate('check', 'short', ...long, '--memory-limit', '1GiB')
    .in(folder)
    .env(env)
    .verify()
})

test('variables without a value limit nothing', () =>
  plangate('check', 'short').in(folder).env({ PLANGATE_TIME_LIMIT: '', PLANGATE_MEMORY_LIMIT: '' }).verify())

test.each([
  ['a time without a unit', ['--time-limit', '30']],
  ['a size without a unit', ['--memory-limit', '512']],
  ['a size that WebAssembly cannot have', ['--memory-limit', '5GiB']],
  ['a size that is none', ['--memory-limit', 'much']],
])('%s is wrong use', (_, args) =>
  plangate('check', 'short', ...args)
    .in(folder)
    .expectCode(2)
    .expectStderr(coded('ERR_USAGE'))
    .verify(),
)
