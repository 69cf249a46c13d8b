import { spawnSync } from 'node:child_process'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Worker } from 'node:worker_threads'
import { afterAll, expect, test } from '@jest/globals'
import { compileBundle } from './compile.ts'
import { closeCompiler } from './engine.ts'

const sources = { 'a.rego': 'package a\n\n# METADATA\n# entrypoint: true\np := 1\n' }
// A list that the parser needs long for, and much memory.
const large = { 'a.rego': `package a\n\n# METADATA\n# entrypoint: true\np := [${'[1, 2], '.repeat(500_000)}0]\n` }
const little = { memoryBytes: 128 * 1024 ** 2 }

afterAll(closeCompiler)

test('an abort ends a compile with the reason as its cause', async () => {
  const controller = new AbortController()
  setTimeout(() => controller.abort('enough'), 200)
  await expect(compileBundle({ sources: large, signal: controller.signal })).rejects.toMatchObject({
    name: 'PlangateError',
    code: 'ERR_ABORTED',
    message: 'OPA was stopped while it worked',
    cause: { cause: 'enough' },
  })
})

test('a time limit ends a compile, and the next one works', async () => {
  await expect(compileBundle({ sources: large, limits: { timeoutMs: 100 } })).rejects.toMatchObject({
    name: 'PlangateError',
    code: 'ERR_TIME_LIMIT',
    message: 'OPA took too long',
    hint: 'give it more time, or less to do',
  })
  expect((await compileBundle({ sources })).entrypoints).toEqual(['a/p'])
})

test.each(['own', 'caller'] as const)(
  'a memory limit holds in the thread `%s`, and the next compile works',
  async (thread) => {
    await expect(compileBundle({ sources: large, thread, limits: little })).rejects.toMatchObject({
      name: 'PlangateError',
      code: 'ERR_MEMORY_LIMIT',
      message: 'OPA needs more than 134217728 bytes of memory',
      hint: 'make the sources smaller, or the limit larger',
    })
    expect((await compileBundle({ sources, thread, limits: little })).entrypoints).toEqual(['a/p'])
  },
)

/** A list of twelve times the list before it. */
const level = (name: string, of: string) => `${name}: &${name} [${Array.from({ length: 12 }, () => `*${of}`)}]\n`

test('YAML that would grow beyond all memory is a diagnostic', async () => {
  const levels = ['b', 'c', 'd', 'e', 'f', 'g'].map((name, index) => level(name, 'abcdef'.charAt(index)))
  const yaml = `a: &a [1, 2, 3]\n${levels.join('')}`
  const { diagnostics } = await compileBundle({ sources: { ...sources, 'data.yaml': yaml }, limits: little })
  expect(diagnostics.map(({ code, message, file }) => [code, message, file])).toEqual([
    ['data_error', 'yaml: document contains excessive aliasing', 'data.yaml'],
  ])
})

test('what only a thread of its own can do is refused elsewhere', async () => {
  const options = { sources, thread: 'caller', limits: { timeoutMs: 1 } } as const
  await expect(compileBundle(options)).rejects.toMatchObject({ code: 'ERR_ARGUMENT_INVALID' })
})

test('a thread gives its memory back when it is idle, and later work starts another', async () => {
  const started: Worker[] = []
  // `as`: https://nodejs.org/docs/latest-v20.x/api/diagnostics_channel.html#worker-thread
  const see = (message: unknown) => started.push((message as { readonly worker: Worker }).worker)
  await closeCompiler()
  subscribe('worker_threads', see)
  const compiled = [await compileBundle({ sources, idleMs: 0 })]
  await Promise.all(started.map((worker) => once(worker, 'exit')))
  compiled.push(await compileBundle({ sources }), await compileBundle({ sources }))
  unsubscribe('worker_threads', see)
  expect(started).toHaveLength(2)
  expect(compiled.map(({ entrypoints }) => entrypoints)).toEqual([['a/p'], ['a/p'], ['a/p']])
})

test('a warm thread does not keep the process alive', () => {
  const script = `
    import { register } from 'node:module'
    if (process.features.typescript === undefined) register('../../opa/test/typescript.mjs', '${import.meta.url}')
    const { compileBundle } = await import('${new URL('compile.ts', import.meta.url).href}')
    console.log((await compileBundle({ sources: ${JSON.stringify(sources)}, idleMs: 600_000 })).entrypoints[0])`
  const args = ['--conditions=@plangate/source', '--input-type=module', '--eval', script]
  const cwd = fileURLToPath(new URL('.', import.meta.url))
  const { status, stdout } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8', timeout: 55_000 })
  expect({ status, stdout }).toEqual({ status: 0, stdout: 'a/p\n' })
})
