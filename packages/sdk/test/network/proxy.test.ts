import { createServer } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { createHash } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { proxyFor } from '../../src/read/proxy.ts'
import { loadGate } from '../../src/gate.ts'
import { bundleOf, outcome } from '../bundle.ts'
import { certificate } from './certificate.ts'
import { serving, startServer, type TestServer } from './server.ts'

test.each([
  ['nothing is named', 'https://a.example/x', {}, undefined],
  ['https', 'https://a.example/x', { HTTPS_PROXY: 'http://p:1' }, 'http://p:1/'],
  ['http', 'http://a.example/x', { HTTP_PROXY: 'http://p:1', HTTPS_PROXY: 'http://q:1' }, 'http://p:1/'],
  ['lower case, without a scheme', 'https://a.example', { https_proxy: 'p:8080' }, 'http://p:8080/'],
  ['a CGI script', 'http://a.example', { HTTP_PROXY: 'http://p:1', REQUEST_METHOD: 'GET' }, undefined],
  ['this machine', 'https://localhost/x', { HTTPS_PROXY: 'http://p:1' }, undefined],
  ['every host exempt', 'https://a.example', { HTTPS_PROXY: 'http://p:1', NO_PROXY: '*' }, undefined],
  ['the host exempt', 'https://a.example', { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'b, a.example' }, undefined],
  ['a host above exempt', 'https://x.a.example', { HTTPS_PROXY: 'http://p:1', no_proxy: 'a.example' }, undefined],
  [
    'only hosts below exempt',
    'https://a.example',
    { HTTPS_PROXY: 'http://p:1', NO_PROXY: '.a.example' },
    'http://p:1/',
  ],
  ['another port exempt', 'https://a.example', { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'a.example:1' }, 'http://p:1/'],
  ['the port exempt', 'https://a.example', { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'a.example:443' }, undefined],
  ['a name that ends alike', 'https://aa.example', { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'a.example' }, 'http://p:1/'],
] satisfies [string, string, Record<string, string>, string | undefined][])('%s', (_, url, env, proxy) => {
  expect(proxyFor(new URL(url), env)?.href).toBe(proxy)
})

describe('a bundle behind a proxy', () => {
  const host = 'bundles.example'
  const { key, cert } = certificate(host)
  let bundle: Uint8Array
  let digest: string
  let server: TestServer
  const asked: unknown[] = []
  let status = 200
  // Opens each tunnel to the one server that there is, and answers for plain HTTP itself.
  const proxy = createServer((request, response) => {
    asked.push([request.method, request.url, request.headers['proxy-authorization']])
    response.writeHead(200).end(bundle)
  })
  const sockets = new Set<Socket>()
  proxy.on('connection', (socket) => sockets.add(socket))
  proxy.on('connect', (request, socket) => {
    asked.push([request.method, request.url, request.headers['proxy-authorization']])
    if (status !== 200) return void socket.end(`HTTP/1.1 ${status} no\r\n\r\n`)
    const other = connect(Number(new URL(server.url).port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 yes\r\n\r\n')
      socket.pipe(other).pipe(socket)
    })
    other.on('error', () => socket.destroy())
    socket.on('error', () => other.destroy())
  })
  const before = { ...process.env }
  const secret = 'hunter2-hunter2'
  beforeAll(async () => {
    bundle = await bundleOf({ 'main.rego': 'package main\n\ndeny contains "x" if input.y\n' }, ['main/deny'])
    digest = `sha256:${createHash('sha256').update(bundle).digest('hex')}`
    server = await startServer({ key, cert })
    server.answer = serving(bundle)
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
    // `as`: it listens on a port
    const { port } = proxy.address() as AddressInfo
    const url = `http://me:${secret}@127.0.0.1:${port}`
    Object.assign(process.env, { HTTPS_PROXY: url, HTTP_PROXY: url })
  })
  afterEach(() => {
    asked.length = 0
    status = 200
  })
  afterAll(async () => {
    process.env = before
    await server.close()
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => proxy.close(resolve))
  })
  const credentials = `Basic ${Buffer.from(`me:${secret}`).toString('base64')}`

  test('comes through a tunnel, which proves the host itself', async () => {
    await using gate = await loadGate({ url: `https://${host}/b.tar.gz`, digest, ca: cert })
    expect(gate.bundle.sha256).toBe(digest.slice(7))
    expect(asked).toEqual([['CONNECT', `${host}:443`, credentials]])
    const other = loadGate({ url: 'https://other.example/b.tar.gz', digest, ca: cert })
    expect(await outcome(other)).toMatchObject({ code: 'ERR_BUNDLE_UNAVAILABLE' })
  })

  test('comes over plain HTTP, where that is allowed', async () => {
    const url = `http://${host}/b.tar.gz`
    await using gate = await loadGate({ url, digest, insecure: true })
    expect(gate.bundle.sha256).toBe(digest.slice(7))
    expect(asked).toEqual([['GET', url, credentials]])
  })

  test('is not to be had where the proxy refuses, and no message tells its password', async () => {
    status = 407
    const error = await loadGate({ url: `https://${host}/b.tar.gz`, digest, ca: cert }).catch((each: unknown) => each)
    expect(error).toMatchObject({ code: 'ERR_BUNDLE_UNAVAILABLE', message: expect.stringContaining('says 407') })
    expect(JSON.stringify(error) + String(error)).not.toContain('hunter2')
  })

  test('is asked for without a proxy where that is said', async () => {
    const source = { url: `https://${host}.invalid/b.tar.gz`, digest, proxy: 'none' } as const
    expect(await outcome(loadGate(source))).toMatchObject({ code: 'ERR_BUNDLE_UNAVAILABLE' })
    expect(asked).toEqual([])
  })
})
