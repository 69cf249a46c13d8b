import { createHash, generateKeyPairSync } from 'node:crypto'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type PlangateError, readBundle, signBundle } from '@plangate/bundle'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { loadGate } from '../../src/gate.ts'
import { loadPolicy } from '../../src/policy.ts'
import type { RemoteBundle } from '../../src/read/remote.ts'
import { archived } from '../../../bundle/test/signed.ts'
import { openBundleService } from '../../src/service/service.ts'
import { bundleOf, outcome, planWith } from '../bundle.ts'
import { withBody } from '../modules.ts'
import { certificate } from './certificate.ts'
import { serving, startServer, type TestServer } from './server.ts'

const tls = certificate()
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const pem = { type: 'spki', format: 'pem' } as const
const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const verification = { keys: { ours: { key: publicKey.export(pem).toString() } }, keyId: 'ours' }
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const folder = mkdtempSync(join(tmpdir(), 'network-'))

let bundle: Uint8Array
let other: Uint8Array
let server: TestServer
let secure: TestServer
let elsewhere: TestServer
beforeAll(async () => {
  bundle = await bundleOf({ 'main.rego': 'package main\ndeny contains "one"' }, ['main/deny'])
  other = await bundleOf({ 'main.rego': 'package main\ndeny contains "two"' }, ['main/deny'])
  ;[server, secure, elsewhere] = await Promise.all([startServer(), startServer(tls), startServer()])
})
afterEach(() => {
  for (const each of [server, secure, elsewhere]) {
    each.requests.length = 0
    each.answer = (_, response) => void response.writeHead(404).end()
  }
})
afterAll(async () => {
  await Promise.all([server, secure, elsewhere].map((each) => each.close()))
  rmSync(folder, { recursive: true })
})

const said = async (source: string | RemoteBundle, options = {}) => {
  const gate = await loadGate(source, options)
  return (await gate.evaluate(planWith())).findings.map(({ msg }) => msg)
}
const failure = (source: string | RemoteBundle, options = {}) => outcome(loadGate(source, options))
const at = (path = '/bundle.tar.gz', from = server) => `${from.url}${path}`

const credentialsOf = ({ headers }: TestServer['requests'][number]) => [headers.authorization, headers['x-token']]

const keeping = (name: string, notices: PlangateError[], more = {}): RemoteBundle => ({
  url: at(`/${name}`),
  unverified: true,
  lastGood: join(folder, name),
  onNotice: (notice) => notices.push(notice),
  timeoutMs: 500,
  ...more,
})

describe('a bundle over HTTP', () => {
  test('is taken with its digest, in the address or beside it', async () => {
    server.answer = serving(bundle)
    const digest = `sha256:${sha256(bundle)}`
    expect(await said(`${at()}#${digest}`)).toEqual(['one'])
    expect(await said({ url: at(), digest })).toEqual(['one'])
    const policy = await loadPolicy(`${at()}#${digest}`)
    expect((await policy.evaluate({ entrypoint: 'main/deny' })).value).toEqual(['one'])
    expect(server.requests.map(({ path }) => path)).toEqual(Array(3).fill('/bundle.tar.gz'))
  })

  test('is taken with its signature, or when the caller waives both by name', async () => {
    server.answer = serving(await signBundle(bundle, { key }))
    expect(await said(at(), { verification })).toEqual(['one'])
    expect(await said({ url: at(), verification })).toEqual(['one'])
    expect(await said({ url: at(), unverified: true })).toEqual(['one'])
  })

  test('comes over TLS from a server whose certificate is trusted', async () => {
    secure.answer = serving(bundle)
    const url = at('/x', secure)
    expect(await said({ url, unverified: true, ca: tls.cert })).toEqual(['one'])
    expect(await failure({ url, unverified: true })).toEqual({
      code: 'ERR_BUNDLE_UNAVAILABLE',
      message: `cannot get the bundle from \`${url}\`: DEPTH_ZERO_SELF_SIGNED_CERT`,
    })
  })

  test('is not taken when nothing proves it, and says what to do', async () => {
    const error = await loadGate(`${at()}?token=canary`).catch((thrown: PlangateError) => thrown.toJSON())
    expect(error).toEqual({
      code: 'ERR_BUNDLE_UNVERIFIED',
      message: `nothing proves the bundle at \`${at()}\``,
      hint: 'give its digest, `#sha256:…` at the end of the address, or a key for its signature, or waive both by `unverified`',
    })
    expect(server.requests).toEqual([])
  })

  test.each([
    ['as it is, called gzip', (bytes: Uint8Array) => bytes],
    ['packed once more', gzipSync],
  ])('is unpacked rightly when it is sent %s', async (_, pack) => {
    server.answer = (_request, response) =>
      void response.writeHead(200, { 'content-encoding': 'gzip' }).end(pack(bundle))
    expect(await said(`${at()}#sha256:${sha256(bundle)}`)).toEqual(['one'])
  })
})

const full = process.env['PLANGATE_TEST_FULL'] !== undefined
describe('a bundle from the network', () => {
  const guarded = full ? test : test.skip
  guarded(
    'a bundle whose WebAssembly never starts is ended, though nobody gave a limit',
    async () => {
      const { files, wasm = new Uint8Array() } = await readBundle(bundle)
      // `loop br 0 end`
      const hostile = withBody(wasm, 'opa_malloc_init', [0x03, 0x40, 0x0c, 0, 0x0b])
      server.answer = serving(await archived({ ...Object.fromEntries(files), 'policy.wasm': hostile }))
      const source = { url: at(), unverified: true }
      const late = { code: 'ERR_TIME_LIMIT', message: "the start of the bundle's WASM takes longer than 10000 ms" }
      const loads = [loadGate(source), loadPolicy(source), openBundleService({ source })]
      expect(await Promise.all(loads.map(outcome))).toEqual([late, late, late])
    },
    60_000,
  )
})

describe('an answer that is no bundle', () => {
  const cases: readonly [string, TestServer['answer'], unknown][] = [
    ['404', (_, r) => void r.writeHead(404).end('secret'), ['ERR_BUNDLE_NOT_FOUND', 'AT answers 404']],
    ['401', (_, r) => void r.writeHead(401).end(), ['ERR_BUNDLE_DENIED', 'AT answers 401']],
    [
      '500',
      (_, r) => void r.writeHead(500).end(),
      ['ERR_BUNDLE_UNAVAILABLE', 'cannot get the bundle from AT: it answers 500'],
    ],
    [
      '304 to nothing',
      (_, r) => void r.writeHead(304).end(),
      ['ERR_BUNDLE_UNAVAILABLE', 'cannot get the bundle from AT: it answers 304'],
    ],
    [
      '204',
      (_, r) => void r.writeHead(204).end(),
      ['ERR_BUNDLE_UNAVAILABLE', 'cannot get the bundle from AT: it answers 204'],
    ],
    [
      'a web page',
      (_, r) => void r.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<html>'),
      ['ERR_BUNDLE_INVALID', 'AT is a web page, not a bundle'],
    ],
    [
      'text',
      (_, r) => void r.end('hello'),
      ['ERR_BUNDLE_INVALID', 'the bundle is not a gzip stream, or a damaged or truncated one'],
    ],
    [
      'nothing',
      (_, r) => void r.end(),
      ['ERR_BUNDLE_INVALID', 'the bundle is not a gzip stream, or a damaged or truncated one'],
    ],
    [
      'a part of its body',
      (_, r) => {
        r.writeHead(200, { 'content-length': bundle.length })
        r.write(bundle.subarray(0, 100), () => r.destroy())
      },
      ['ERR_BUNDLE_UNAVAILABLE', 'cannot get the bundle from AT: the connection ended early'],
    ],
    [
      'a part of its body, without saying how long it is',
      (_, r) => void r.writeHead(200, { connection: 'close' }).end(bundle.subarray(0, 1000)),
      ['ERR_BUNDLE_INVALID', 'the bundle is not a gzip stream, or a damaged or truncated one'],
    ],
    [
      'what is not HTTP',
      (_, r) => void r.socket?.end('SSH-2.0 canary\r\n'),
      ['ERR_BUNDLE_UNAVAILABLE', 'cannot get the bundle from AT: HPE_INVALID_CONSTANT'],
    ],
    [
      'a header that never ends',
      (_, r) => void r.socket?.end(`HTTP/1.1 200 OK\r\nx: ${'a'.repeat(100_000)}`),
      ['ERR_BUNDLE_UNAVAILABLE', 'cannot get the bundle from AT: HPE_HEADER_OVERFLOW'],
    ],
    [
      'a redirect to itself',
      (_, r) => void r.writeHead(302, { location: '/bundle.tar.gz' }).end(),
      ['ERR_BUNDLE_UNAVAILABLE', 'cannot get the bundle from AT: more than 5 redirects'],
    ],
    [
      'a redirect to a file',
      (_, r) => void r.writeHead(302, { location: 'file:///etc/passwd' }).end(),
      ['ERR_BUNDLE_UNAVAILABLE', 'cannot get the bundle from `file:///etc/passwd`: a redirect to another protocol'],
    ],
    [
      'a redirect to nowhere',
      (_, r) => void r.writeHead(302, { location: 'http://' }).end(),
      ['ERR_BUNDLE_UNAVAILABLE', 'cannot get the bundle from AT: a redirect to what is no address'],
    ],
    [
      'nothing for too long',
      () => {},
      ['ERR_BUNDLE_UNAVAILABLE', 'cannot get the bundle from AT: no answer within 300 milliseconds'],
    ],
    [
      'a body that stalls',
      (_, r) => void r.writeHead(200).write('a'),
      ['ERR_BUNDLE_UNAVAILABLE', 'cannot get the bundle from AT: no answer within 300 milliseconds'],
    ],
  ]
  test.each(cases)('such as %s is an error of its own', async (_, answer, expected) => {
    server.answer = answer
    const slow = answer.length === 0 || /stalls/.test(_)
    const got = await failure({ url: at(), unverified: true, timeoutMs: slow ? 300 : 20_000 })
    const [code, message] = expected as [string, string]
    expect(got).toEqual({ code, message: message.replace('AT', `\`${at()}\``) })
  })

  test('such as one that is too large is not read to its end', async () => {
    let sent = 0
    server.answer = async (_, response) => {
      response.on('error', () => {})
      const chunk = Buffer.alloc(65_536)
      for (sent = 0; sent < 10_000 && !response.destroyed; sent += 1) {
        if (!response.write(chunk))
          await new Promise((resolve) => response.once('drain', resolve).once('close', resolve))
      }
    }
    const limits = { bytes: 1_000_000 }
    expect(await failure({ url: at(), unverified: true }, { limits })).toEqual({
      code: 'ERR_BUNDLE_TOO_LARGE',
      message: `\`${at()}\` sends more than 1000000 bytes`,
    })
    expect(sent).toBeLessThan(1000)
  })

  test('such as one with another digest, another signature or none is refused', async () => {
    const strange = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      .privateKey.export({ type: 'pkcs8', format: 'pem' })
      .toString()
    server.answer = serving(await signBundle(other, { key: strange }))
    expect(await failure(`${at()}#sha256:${sha256(bundle)}`)).toEqual({
      code: 'ERR_BUNDLE_DIGEST_MISMATCH',
      message: `\`${at()}\` gives a bundle with another digest`,
    })
    expect(await failure(at(), { verification })).toMatchObject({ code: 'ERR_BUNDLE_SIGNATURE_INVALID' })
    server.answer = serving(other)
    expect(await failure(at(), { verification })).toMatchObject({ code: 'ERR_BUNDLE_SIGNATURE_MISSING' })
  })

  test('such as none at all, since nobody is there', async () => {
    const gone = await startServer()
    await gone.close()
    expect(await failure({ url: `${gone.url}/x`, unverified: true })).toEqual({
      code: 'ERR_BUNDLE_UNAVAILABLE',
      message: `cannot get the bundle from \`${gone.url}/x\`: ECONNREFUSED`,
    })
  })
})

describe('what may be sent where', () => {
  test('credentials stay with the host that they were given for', async () => {
    server.answer = (request, response) =>
      void (
        request.url?.startsWith('/here?') === true
          ? response.writeHead(307, { location: '/there' })
          : response.writeHead(302, { location: `${elsewhere.url}/x` })
      ).end()
    elsewhere.answer = serving(bundle)
    const url = `http://me:canary@${server.host}/here?sig=canary`
    expect(await said({ url, unverified: true, headers: { 'X-Token': 'canary' } })).toEqual(['one'])
    const basic = `Basic ${Buffer.from('me:canary').toString('base64')}`
    expect(server.requests.map(credentialsOf)).toEqual([
      [basic, 'canary'],
      [basic, 'canary'],
    ])
    expect(elsewhere.requests.map(credentialsOf)).toEqual([[undefined, undefined]])
    expect(JSON.stringify(elsewhere.requests)).not.toContain('canary')
  })

  test('no error has a secret in it', async () => {
    const answers: readonly TestServer['answer'][] = [
      (_, r) => void r.writeHead(403).end('canary'),
      (_, r) => void r.writeHead(500, { 'x-canary': 'canary' }).end(),
      (_, r) => void r.socket?.end('canary canary\r\n'),
      (_, r) => void r.writeHead(302, { location: 'http://a:canary@127.0.0.1:1/?x=canary#canary' }).end(),
      (_, r) => void r.writeHead(302, { location: 'ftp://a:canary@127.0.0.1/?x=canary' }).end(),
      (_, r) => void r.writeHead(200, { 'content-type': 'text/html' }).end('canary'),
    ]
    const url = `http://me:canary-word@${server.host}/x?sig=canary-sig`
    for (const answer of answers) {
      server.answer = answer
      const error = await loadGate({ url, unverified: true, headers: { 'X-Token': 'canary-token' } }).catch(
        (e: unknown) => e,
      )
      expect(all(error)).not.toMatch(/canary|bWU6Y2FuYXJ5/)
    }
    for (const bad of ['https://canary:x@', 'ftp://canary/x', `${url}#sha256:canary`]) {
      expect(all(await loadGate({ url: bad, unverified: true }).catch((e: unknown) => e))).not.toContain('canary')
    }
    const split = await loadGate({ url, unverified: true, headers: { 'X-Token': 'canary\r\nx: y' } }).catch(
      (e: unknown) => e,
    )
    expect(split).toMatchObject({ code: 'ERR_BUNDLE_URL_INVALID', message: 'a header cannot be sent' })
    expect(all(split)).not.toContain('canary')
  })

  test('plain HTTP leaves this machine only where that is allowed, a redirect included', async () => {
    const url = 'http://bundles.invalid/x'
    const code = 'ERR_BUNDLE_URL_INVALID'
    expect(await failure({ url, unverified: true })).toEqual({ code, message: `\`${url}\` is plain HTTP` })
    expect(await failure({ url, unverified: true, insecure: true })).toMatchObject({ code: 'ERR_BUNDLE_UNAVAILABLE' })
    secure.answer = (_, response) => void response.writeHead(302, { location: at() }).end()
    expect(await failure({ url: at('/x', secure), unverified: true, ca: tls.cert })).toEqual({
      code,
      message: `\`${at()}\` is plain HTTP`,
    })
  })
})

describe('the last good copy', () => {
  test('is used, and said to be, while the server is away', async () => {
    const notices: PlangateError[] = []
    const source = keeping('away', notices)
    server.answer = serving(bundle)
    expect(await said(source)).toEqual(['one'])
    for (const away of [500, 503, 429]) {
      server.answer = (_, response) => void response.writeHead(away).end()
      expect(await said(source)).toEqual(['one'])
    }
    server.answer = () => {}
    expect(await said(source)).toEqual(['one'])
    expect(notices.map(({ code, message }) => `${code} ${message}`)).toEqual(
      [...[500, 503, 429].map((status) => `it answers ${status}`), 'no answer within 500 milliseconds'].map(
        (why) =>
          `ERR_BUNDLE_UNAVAILABLE the last good copy of \`${source.url}\` is used: cannot get the bundle from \`${source.url}\`: ${why}`,
      ),
    )
    server.answer = serving(other)
    expect(await said(source)).toEqual(['two'])
  })

  test('spares a download while it is what the server has', async () => {
    const notices: PlangateError[] = []
    server.answer = serving(bundle, '"a"')
    expect(await said(keeping('etag', notices))).toEqual(['one'])
    expect(await said(keeping('etag', notices))).toEqual(['one'])
    expect(server.requests.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"a"'])
    server.answer = (request, response) => {
      const date = 'Sat, 21 Nov 2026 10:00:00 GMT'
      if (request.headers['if-modified-since'] === date) response.writeHead(304).end()
      else response.writeHead(200, { 'last-modified': date }).end(other)
    }
    expect(await said(keeping('date', notices))).toEqual(['two'])
    expect(await said(keeping('date', notices))).toEqual(['two'])
    expect(server.requests).toHaveLength(4)
    expect(notices).toEqual([])
  })

  test('does not stand in for a bundle that is wrong, gone or forbidden', async () => {
    const notices: PlangateError[] = []
    server.answer = serving(bundle)
    const source = keeping('wrong', notices)
    expect(await said(source)).toEqual(['one'])
    server.answer = serving(Buffer.from('x'))
    expect(await failure(source)).toMatchObject({ code: 'ERR_BUNDLE_INVALID' })
    for (const [status, code] of [
      [404, 'ERR_BUNDLE_NOT_FOUND'],
      [403, 'ERR_BUNDLE_DENIED'],
    ] as const) {
      server.answer = (_, response) => void response.writeHead(status).end()
      expect(await failure(source)).toMatchObject({ code })
    }
    expect(notices).toEqual([])
  })

  test('has to be whole and to be proven like any other', async () => {
    const notices: PlangateError[] = []
    server.answer = serving(bundle)
    const source = keeping('proven', notices)
    expect(await said(source)).toEqual(['one'])
    server.answer = (_, response) => void response.writeHead(500).end()
    const pinned = { ...source, digest: `sha256:${sha256(other)}` }
    expect(await failure(pinned)).toMatchObject({ code: 'ERR_BUNDLE_UNAVAILABLE' })
    expect(await failure(source, { verification })).toMatchObject({ code: 'ERR_BUNDLE_UNAVAILABLE' })
    expect(notices.map(({ code }) => code)).toEqual(['ERR_BUNDLE_DIGEST_MISMATCH', 'ERR_BUNDLE_SIGNATURE_MISSING'])
    const [name = ''] = readdirSync(join(folder, 'proven'))
    const path = join(folder, 'proven', name)
    const bytes = readFileSync(path)
    const etag = Buffer.from(bytes.toString('latin1').replace('"etag":"', '"etag":"x'), 'latin1')
    for (const damaged of [
      etag,
      bytes.subarray(0, -1),
      bytes.subarray(0, 10),
      Buffer.alloc(0),
      Buffer.concat([bytes, bytes]),
    ]) {
      writeFileSync(path, damaged)
      expect(await failure(source)).toMatchObject({ code: 'ERR_BUNDLE_UNAVAILABLE' })
    }
  })

  test('lies in a folder that nobody else may write to, under a name that says nothing', async () => {
    server.answer = serving(bundle)
    const notices: PlangateError[] = []
    const source = keeping('guarded', notices, { url: `${at('/guarded')}?sig=canary` })
    await said(source)
    const names = readdirSync(join(folder, 'guarded'))
    expect(names).toEqual([expect.stringMatching(/^[0-9a-f]{64}\.bundle$/)])
    expect(readFileSync(join(folder, 'guarded', names[0] ?? '')).includes('canary')).toBe(false)
    chmodSync(join(folder, 'guarded'), 0o777)
    expect(await failure(source)).toMatchObject({ code: 'ERR_CACHE_UNSAFE' })
  })
})

/** All that an error holds, its causes and hidden fields included. */
const all = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  const own = Object.getOwnPropertyNames(error).map((name) => String(Reflect.get(error, name)))
  return [...own, all(error.cause)].join('\n')
}
