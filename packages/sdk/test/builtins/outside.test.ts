import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { loadGate } from '../../src/gate.ts'
import { loadPolicy } from '../../src/policy.ts'
import { bundleOf, outcome, planWith } from '../bundle.ts'

const opa = fileURLToPath(new URL('../../../../.cache/oracle/opa', import.meta.url))
const run = promisify(execFile)
const policy = 'package p\n\nr := http.send(input)\n\nn := net.lookup_ip_addr(input)\n'
const servers: Worker[] = []
let folder: string
let port: number
let closed: number
let tlsPort: number | undefined
let certificate = ''

const startServer = async (tls?: { readonly key: string; readonly cert: string }): Promise<number> => {
  const worker = new Worker(new URL('server.mjs', import.meta.url), { workerData: { tls } })
  servers.push(worker)
  worker.unref()
  return new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plangate-outside-'))
  await writeFile(join(folder, 'p.rego'), policy)
  port = await startServer()
  closed = await startServer()
  await servers.pop()?.terminate()
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const args = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-days', '2']
  const made = await run('openssl', [
    ...args,
    '-subj',
    '/CN=localhost',
    '-addext',
    'subjectAltName=DNS:localhost',
  ]).then(
    () => true,
    () => false,
  )
  if (!made) return
  certificate = await readFile(cert, 'utf8')
  tlsPort = await startServer({ key: await readFile(key, 'utf8'), cert: certificate })
}, 60_000)

afterAll(async () => {
  for (const server of servers) await server.terminate()
  await rm(folder, { recursive: true })
})

const load = async (grants: NonNullable<Parameters<typeof loadPolicy>[1]>['grants']) =>
  loadPolicy(await bundleOf({ 'p.rego': policy }, ['p/r', 'p/n']), { grants })

/** What the real `opa` says, undefined where it is not there. */
const asked = async (input: unknown): Promise<unknown> => {
  const args = ['eval', '--format', 'json', '--stdin-input', '-d', join(folder, 'p.rego'), 'data.p.r']
  const running = run(opa, args, { env: {} })
  running.child.stdin?.end(JSON.stringify(input))
  const parsed: { readonly result?: readonly { readonly expressions: readonly { readonly value: unknown }[] }[] } =
    JSON.parse((await running).stdout)
  const value = parsed.result?.[0]?.expressions[0]?.value
  // Its errors begin with the place in the policy.
  return JSON.parse(JSON.stringify(value ?? null).replace(/"[^"]*p\.rego:\d+: eval_/, '"eval_')) ?? undefined
}

const here = (path: string) => `http://127.0.0.1:${port}${path}`

describe('http.send', () => {
  const requests: readonly (readonly [string, () => Readonly<Record<string, unknown>>])[] = [
    ['JSON with all its digits', () => ({ method: 'get', url: here('/json') })],
    ['another kind of JSON', () => ({ method: 'GET', url: here('/problem') })],
    ['JSON that is broken', () => ({ method: 'GET', url: here('/broken') })],
    ['text', () => ({ method: 'GET', url: here('/text') })],
    ['text taken for JSON', () => ({ method: 'GET', url: here('/text'), force_json_decode: true })],
    ['YAML', () => ({ method: 'GET', url: here('/yaml') })],
    ['text taken for YAML', () => ({ method: 'GET', url: here('/text'), force_yaml_decode: true })],
    ['no content', () => ({ method: 'GET', url: here('/empty') })],
    ['an error of the server with headers given twice', () => ({ method: 'DELETE', url: here('/missing') })],
    ['a packed body', () => ({ method: 'GET', url: here('/gzip') })],
    ['a redirect that is not followed', () => ({ method: 'GET', url: here('/redirect') })],
    ['a redirect that is followed', () => ({ method: 'POST', url: here('/redirect'), body: 1, enable_redirect: true })],
    [
      'a redirect that keeps the body',
      () => ({ method: 'PUT', url: here('/keep'), raw_body: 'x', headers: { 'X-A': 'b' }, enable_redirect: true }),
    ],
    ['a body', () => ({ method: 'POST', url: here('/echo'), body: { b: ['<', 1.5], a: null } })],
    ['a raw body', () => ({ method: 'POST', url: here('/echo'), raw_body: 'é', body: 1, headers: { 'x-a': 'b' } })],
    ['no body', () => ({ method: 'POST', url: here('/echo'), headers: { Authorization: 'Bearer t' } })],
    [
      'nobody there, as a value',
      () => ({ method: 'GET', url: `http://127.0.0.1:${closed}/`, raise_error: false, max_retry_attempts: 1 }),
    ],
    ['nobody there', () => ({ method: 'GET', url: `http://127.0.0.1:${closed}/` })],
    ['no answer in time', () => ({ method: 'GET', url: here('/slow'), timeout: '200ms' })],
    ['a wrong kind of URL, as a value', () => ({ method: 'GET', url: 'ftp://x/', raise_error: false })],
    ['wrong headers, as a value', () => ({ method: 'GET', url: here('/json'), headers: 1, raise_error: false })],
    ['something unknown', () => ({ method: 'GET', url: here('/json'), nope: 1 })],
    ['no method', () => ({ url: here('/json') })],
  ]

  test.each(requests)('gives what OPA gives: %s', async (_, request) => {
    const { evaluateSync } = await load({ http: true })
    const ours = evaluateSync({ entrypoint: 'p/r', input: request(), numbers: 'exact' })
    if (!existsSync(opa)) return
    expect(JSON.parse(ours.text ?? 'null') ?? undefined).toEqual(await asked(request()))
  })

  test.each<[string, () => Readonly<Record<string, unknown>>]>([
    ['without the certificate', () => ({})],
    ['with it', () => ({ tls_ca_cert: certificate })],
    ['with it and a wrong name', () => ({ tls_ca_cert: certificate, tls_server_name: 'other' })],
    ['without looking at it', () => ({ tls_insecure_skip_verify: true })],
  ])('asks over TLS as OPA does: %s', async (_, options) => {
    if (tlsPort === undefined || !existsSync(opa)) return
    const request = { method: 'GET', url: `https://localhost:${tlsPort}/json`, ...options() }
    const { evaluateSync } = await load({ http: true })
    expect(evaluateSync({ entrypoint: 'p/r', input: request }).value).toEqual(await asked(request))
  })

  test('asks once for the same in one evaluation, and again in the next', async () => {
    const source =
      'package p\n\nr := [http.send(q).body, http.send(q).body] if q := {"method": "GET", "url": input, "force_json_decode": true}\n'
    const { evaluateSync } = await loadPolicy(await bundleOf({ 'p.rego': source }, ['p/r']), { grants: { http: true } })
    const question = { entrypoint: 'p/r', input: here('/count') }
    expect([evaluateSync(question).value, evaluateSync(question).value]).toEqual([
      [1, 1],
      [2, 2],
    ])
  })

  test('asks once also where an evaluation needs Go only after that', async () => {
    const { evaluateSync } = await load({ http: true })
    const input = { method: 'GET', url: here('/count') }
    const before = JSON.parse(evaluateSync({ entrypoint: 'p/r', input }).text ?? '').raw_body
    const source = `package main

deny contains msg if {
	count := http.send({"method": "GET", "url": "${here('/count')}"}).raw_body
	msg := regex.replace(sprintf("é%s", [count]), \`\\p{L}\`, "")
}
`
    await using gate = await loadGate(await bundleOf({ 'p.rego': source }, ['main/deny']), { grants: { http: true } })
    expect((await gate.evaluate(planWith())).findings.map(({ msg }) => msg)).toEqual([`${Number(before) + 1}`])
  })

  test('reaches none but the granted hosts, also where it is sent on', async () => {
    const { evaluateSync } = await load({ http: ['127.0.0.1'] })
    const send = (path: string, more = {}) =>
      evaluateSync({ entrypoint: 'p/r', input: { method: 'GET', url: path, raise_error: false, ...more } }).value
    expect([
      send('http://elsewhere.invalid/'),
      send(here('/away'), { enable_redirect: true }),
      send(here('/text')),
    ]).toMatchObject([
      {
        status_code: 0,
        error: {
          code: 'eval_http_send_internal_error',
          message: 'eval_builtin_error: http.send: disallowed host: elsewhere.invalid',
        },
      },
      {
        status_code: 0,
        error: {
          code: 'eval_http_send_network_error',
          message: 'Get "http://elsewhere.invalid/": disallowed host: elsewhere.invalid',
        },
      },
      { status_code: 200 },
    ])
  })

  test("says what went wrong in OPA's words where errors are strict", async () => {
    const { evaluate } = await load({ http: true })
    const ask = (input: unknown) => outcome(evaluate({ entrypoint: 'p/r', input, strictBuiltinErrors: true }))
    expect([await ask(1), await ask({ method: 'GET', url: `http://127.0.0.1:${closed}/` })]).toEqual([
      { code: 'ERR_EVALUATION', message: 'eval_type_error: http.send: operand 1 must be object but got number' },
      {
        code: 'ERR_EVALUATION',
        message: `eval_builtin_error: http.send: Get "http://127.0.0.1:${closed}/": dial tcp 127.0.0.1:${closed}: connect: connection refused`,
      },
    ])
  })
})

describe('net.lookup_ip_addr', () => {
  test('gives addresses of granted names', async () => {
    const { evaluateSync } = await load({ lookup: ['10.0.0.0', '::', 'localhost', 'nowhere.invalid'] })
    const ask = (input: unknown) => evaluateSync({ entrypoint: 'p/n', input }).value
    expect([ask('10.0.0.0'), ask('::'), ask('nowhere.invalid'), ask('127.0.0.1'), ask(1)]).toEqual([
      ['10.0.0.0'],
      ['::'],
      undefined,
      undefined,
      undefined,
    ])
    expect(['127.0.0.1', '::1']).toEqual(expect.arrayContaining([ask('localhost')].flat()))
  })
})

describe('opa.runtime', () => {
  const source = 'package p\n\nr := opa.runtime()\n'
  test.each([
    ['nothing without a grant', undefined, {}],
    ['the variables that are granted', ['A', 'C'], { env: { A: '1' } }],
    ['all of them', true as const, { env: { A: '1', B: '2' } }],
  ])('shows %s', async (_, env, expected) => {
    const { evaluateSync } = await loadPolicy(await bundleOf({ 'p.rego': source }, ['p/r']), {
      grants: env === undefined ? {} : { env },
      environment: { A: '1', B: '2' },
    })
    expect(evaluateSync({ entrypoint: 'p/r' }).value).toEqual(expected)
  })
})
