import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import type { BundleSource } from '../../src/read/bundle.ts'
import { type BundleService, type BundleServiceOptions, openBundleService } from '../../src/service/service.ts'
import { bundleOf, outcome, planWith } from '../bundle.ts'
import { serving, startServer, type TestServer } from './server.ts'

const folder = mkdtempSync(join(tmpdir(), 'service-'))
let one: Uint8Array
let two: Uint8Array
let unfit: Uint8Array
let server: TestServer
let service: BundleService | undefined
const told: string[] = []
beforeAll(async () => {
  one = await bundleOf({ 'main.rego': 'package main\ndeny contains "one"' }, ['main/deny'])
  two = await bundleOf({ 'main.rego': 'package main\ndeny contains "two"' }, ['main/deny'])
  unfit = await bundleOf({ 'main.rego': 'package main\nx := 1' }, ['main/x'])
})
beforeEach(async () => {
  told.length = 0
  server = await startServer()
  server.answer = serving(one, '"1"')
})
afterEach(async () => {
  await service?.close()
  await server.close()
})
afterAll(() => rmSync(folder, { recursive: true }))

const open = async (more: Partial<BundleServiceOptions> & { readonly lastGood?: string } = {}) => {
  const { lastGood, ...options } = more
  const source: BundleSource = {
    url: `${server.url}/b`,
    unverified: true,
    timeoutMs: 2000,
    ...(lastGood === undefined ? {} : { lastGood: join(folder, lastGood) }),
  }
  service = await openBundleService({
    source,
    onSwap: (to, from) => told.push(`swapped ${from.sha256 === to.sha256}`),
    onError: (error) => told.push(String(error)),
    ...options,
  })
  return service
}
const said = async ({ gate }: BundleService) => (await gate.evaluate(planWith())).findings.map(({ msg }) => msg)
const until = async (holds: () => boolean) => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10))
}

describe('a bundle service', () => {
  test('puts a new bundle in force when there is one, and says how it is doing', async () => {
    const running = await open()
    expect(await said(running)).toEqual(['one'])
    const first = running.status()
    expect(first).toMatchObject({ etag: '"1"', isStale: false, failures: 0, lastError: undefined })
    expect(await running.poll()).toBe('unchanged')
    server.answer = serving(two, '"2"')
    expect(await running.poll()).toBe('swapped')
    expect(await said(running)).toEqual(['two'])
    expect(running.status()).toMatchObject({ etag: '"2"', sha256: running.gate.bundle.sha256 })
    expect(running.status().sha256).not.toBe(first.sha256)
    expect(server.requests.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"1"', '"1"'])
    expect(told).toEqual(['swapped false'])
  })

  test('does not swap for the same bundle under another tag', async () => {
    const running = await open()
    server.answer = serving(one, '"again"')
    expect(await running.poll()).toBe('unchanged')
    expect(running.status().etag).toBe('"again"')
    expect(told).toEqual([])
  })

  test('stays with the old bundle, and says why, as long as there is no better one', async () => {
    const running = await open()
    const wrong: readonly TestServer['answer'][] = [
      (_, r) => void r.writeHead(500).end(),
      (_, r) => void r.writeHead(404).end(),
      (_, r) => void r.socket?.destroy(),
      serving(two.subarray(0, 500), '"2"'),
      serving(unfit, '"3"'),
    ]
    for (const answer of wrong) {
      server.answer = answer
      expect(await running.poll()).toBe('failed')
      expect(await said(running)).toEqual(['one'])
    }
    expect(running.status()).toMatchObject({
      etag: '"1"',
      failures: 5,
      lastError: { code: 'ERR_NAMESPACE_UNKNOWN' },
    })
    const at = `\`${server.url}/b\``
    expect(told.map((text) => text.replace('PlangateError: ', ''))).toEqual([
      `cannot get the bundle from ${at}: it answers 500`,
      `${at} answers 404`,
      `cannot get the bundle from ${at}: the connection ended early`,
      'the bundle is not a gzip stream, or a damaged or truncated one',
      expect.any(String),
    ])
    server.answer = serving(two, '"4"')
    expect(await running.poll()).toBe('swapped')
    expect(running.status()).toMatchObject({ failures: 0, lastError: undefined })
    expect(server.requests.at(-1)?.headers['if-none-match']).toBe('"1"')
  })

  test('polls by itself until it is closed', async () => {
    const running = await open({ minDelayMs: 5, maxDelayMs: 10 })
    server.answer = serving(two, '"2"')
    await until(() => told.length > 0)
    expect(await said(running)).toEqual(['two'])
    await running.close()
    const asked = server.requests.length
    await new Promise((resolve) => setTimeout(resolve, 60))
    expect(await running.poll()).toBe('failed')
    expect(server.requests).toHaveLength(asked)
    expect(await outcome(running.gate.evaluate(planWith()))).toMatchObject({ code: 'ERR_ABORTED' })
  })

  test('keeps no process alive, even while it waits for an answer', async () => {
    const index = new URL('../../dist/index.js', import.meta.url).href
    const source = JSON.stringify({ url: `${server.url}/b`, unverified: true })
    const script = `const { openBundleService } = await import('${index}')
      const service = await openBundleService({ source: ${source}, minDelayMs: 5, maxDelayMs: 5, onError: console.log })
      process.stdin.once('data', () => process.stdin.unref())`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['pipe', 'inherit', 'inherit'],
    })
    const ended = new Promise((resolve) => child.once('exit', resolve))
    server.answer = (request, response) => {
      if (request.headers['if-none-match'] === undefined) return serving(one, '"1"')(request, response)
      // This one is never answered.
      child.stdin.write('end')
    }
    expect(await ended).toBe(0)
    expect(server.requests).toHaveLength(2)
  })

  test('is asked again at once by a server that waits until there is a new bundle', async () => {
    const type = { 'content-type': 'application/vnd.openpolicyagent.bundles' }
    let give: (() => void) | undefined
    server.answer = async (request, response) => {
      const etag = request.headers['if-none-match']
      if (etag === '"1"') await new Promise<void>((resolve) => (give = resolve))
      response.writeHead(200, { ...type, etag: etag === undefined ? '"1"' : '"2"' }).end(etag === undefined ? one : two)
    }
    const running = await open({ minDelayMs: 5, maxDelayMs: 10, longPollSeconds: 30 })
    await until(() => give !== undefined)
    expect(server.requests.at(-1)?.headers.prefer).toBe('modes=snapshot;wait=30')
    give?.()
    await until(() => told.length > 0)
    expect(await said(running)).toEqual(['two'])
  })

  test('ends what it waits for when it is closed, by its signal too', async () => {
    const abort = new AbortController()
    const running = await open({ signal: abort.signal })
    let asked = false
    server.answer = () => {
      asked = true
    }
    const polled = running.poll()
    await until(() => asked)
    abort.abort()
    expect(await polled).toBe('failed')
    expect(told).toEqual([])
    expect(await outcome(running.gate.evaluate(planWith()))).toMatchObject({ code: 'ERR_ABORTED' })
    expect(await outcome(open({ signal: AbortSignal.abort() }))).toMatchObject({ code: 'ERR_ABORTED' })
  })

  test('does not end because a callback throws', async () => {
    const running = await open({
      onError: () => {
        throw new Error('mine')
      },
    })
    const warning = jest.spyOn(process, 'emitWarning').mockReturnValue()
    server.answer = (_, response) => void response.writeHead(500).end()
    expect(await running.poll()).toBe('failed')
    expect(warning.mock.calls).toEqual([['`onError` has thrown Error: mine', { code: 'ERR_CALLBACK' }]])
    warning.mockRestore()
    expect(await said(running)).toEqual(['one'])
  })
})

describe('a bundle service that starts', () => {
  test('does not start without a bundle', async () => {
    server.answer = (_, response) => void response.writeHead(500).end()
    expect(await outcome(open())).toMatchObject({ code: 'ERR_BUNDLE_UNAVAILABLE' })
    expect(await outcome(open({ lastGood: 'none' }))).toMatchObject({ code: 'ERR_BUNDLE_UNAVAILABLE' })
  })

  test('starts with the last good copy, whatever is wrong, and goes on from there', async () => {
    await (await open({ lastGood: 'copy' })).close()
    for (const answer of [(_, r) => void r.writeHead(404).end(), serving(unfit, '"3"')] as TestServer['answer'][]) {
      told.length = 0
      server.answer = answer
      const running = await open({ lastGood: 'copy' })
      expect(await said(running)).toEqual(['one'])
      expect(running.status()).toMatchObject({ isStale: true, failures: 1, lastSuccess: undefined, etag: '"1"' })
      expect(told).toHaveLength(1)
      server.answer = serving(one, '"1"')
      expect(await running.poll()).toBe('unchanged')
      expect(running.status()).toMatchObject({ isStale: false, failures: 0, lastError: undefined })
      await running.close()
    }
    // What was of no use did not take the place of the copy.
    server.answer = (_, response) => void response.writeHead(500).end()
    expect(await said(await open({ lastGood: 'copy' }))).toEqual(['one'])
  })

  test('follows a file as well', async () => {
    const path = join(folder, 'local.tar.gz')
    writeFileSync(path, one)
    const running = await open({ source: path })
    expect(await running.poll()).toBe('unchanged')
    writeFileSync(path, two)
    expect(await running.poll()).toBe('swapped')
    rmSync(path)
    expect(await running.poll()).toBe('failed')
    expect(await said(running)).toEqual(['two'])
    expect(running.status().lastError).toMatchObject({ code: 'ERR_BUNDLE_NOT_FOUND' })
  })
})
