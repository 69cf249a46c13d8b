import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { signBundle } from '@plangate/bundle'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { loadGate } from '../../src/gate.ts'
import type { RemoteBundle } from '../../src/read/remote.ts'
import { type BundleService, openBundleService } from '../../src/service/service.ts'
import { bundleOf, outcome, planWith } from '../bundle.ts'
import { startRegistry, type TestRegistry } from './registry.ts'
import { serving, startServer, type TestServer } from './server.ts'

const tool = (name: string) => fileURLToPath(new URL(`../../../../.cache/oracle/${name}`, import.meta.url))
const opa = process.env['PLANGATE_OPA'] ?? tool('opa')
const [reason, guarded] = existsSync(opa)
  ? (['', test] as const)
  : ([' (there is no `opa`: `npm test` builds one)', test.skip] as const)
const folder = mkdtempSync(join(tmpdir(), 'opa-'))
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
const verification = { keys: { ours: { key: pem } }, keyId: 'ours' }
const polling = { min_delay_seconds: 1, max_delay_seconds: 1 }

const saying = async (word: string, signer = key) => {
  const bundle = await bundleOf({ 'main.rego': `package main\ndeny contains "${word}"` }, ['main/deny'])
  return signBundle(bundle, { key: signer, keyId: 'ours' })
}

let bundles: Record<'one' | 'two' | 'three' | 'strange', Uint8Array>
let server: TestServer | TestRegistry
let child: ChildProcess | undefined
let service: BundleService | undefined
beforeAll(async () => {
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' })
  bundles = {
    one: await saying('one'),
    two: await saying('two'),
    three: await saying('three'),
    strange: await saying('strange', other.toString()),
  }
})
afterEach(async () => {
  child?.kill()
  await service?.close()
  await server.close()
})
afterAll(() => rmSync(folder, { recursive: true }))

const socket = join(folder, 'opa.sock')
/** Starts the real `opa` as a server that polls, and our service beside it, at the same address. */
const start = async (type: string | undefined, url: string, resource: string, source: RemoteBundle) => {
  const config = {
    services: { ours: { url, ...(type === undefined ? {} : { type }) } },
    bundles: { main: { service: 'ours', resource, polling, signing: { keyid: 'ours' } } },
    keys: { ours: { algorithm: 'ES256', key: pem } },
    persistence_directory: join(folder, 'persisted'),
  }
  const file = join(folder, 'config.json')
  writeFileSync(file, JSON.stringify(config))
  rmSync(socket, { force: true })
  child = spawn(opa, ['run', '--server', '--addr', `unix://${socket}`, '-c', file], { cwd: folder, stdio: 'ignore' })
  service = await openBundleService({ source, verification, minDelayMs: 300, maxDelayMs: 400, onError: () => {} })
  return service
}
const opaSays = (): Promise<unknown> =>
  new Promise((resolve) => {
    const asked = request({ socketPath: socket, path: '/v1/data/main/deny' }, (response) => {
      let text = ''
      response.on('data', (chunk) => (text += String(chunk)))
      response.on('end', () => resolve((JSON.parse(text) as { readonly result?: unknown }).result))
    })
    asked.on('error', () => resolve(undefined))
    asked.end()
  })
const weSay = async (ours: BundleService) => (await ours.gate.evaluate(planWith())).findings.map(({ msg }) => msg)
const bothSay = async (ours: BundleService, word: string) => {
  let said: unknown
  const tries = async () => (said = [await opaSays(), await weSay(ours)])
  for (let n = 0; n < 200 && JSON.stringify(await tries()) !== JSON.stringify([[word], [word]]); n += 1) {
    await delay(100)
  }
  expect(said).toEqual([[word], [word]])
}
/** How often `opa` and we have asked since `from`. */
const asked = (from: number) => {
  const ours = server.requests.slice(from).filter(({ headers }) => headers['user-agent'] === 'plangate')
  return [server.requests.length - from - ours.length, ours.length]
}
const untilBothHaveAsked = async (times: number) => {
  const from = server.requests.length
  for (let n = 0; n < 200 && asked(from).some((count) => count < times); n += 1) await delay(100)
  expect(Math.min(...asked(from))).toBeGreaterThanOrEqual(times)
}

describe('`opa run` and a service that poll the same server', () => {
  guarded(`over HTTP give the same answer, through new bundles and wrong ones${reason}`, async () => {
    server = await startServer()
    server.answer = serving(bundles.one)
    const ours = await start(undefined, server.url, 'bundle.tar.gz', { url: `${server.url}/bundle.tar.gz` })
    await bothSay(ours, 'one')
    await untilBothHaveAsked(2)
    server.answer = serving(bundles.two)
    await bothSay(ours, 'two')
    const wrong: readonly TestServer['answer'][] = [
      serving(bundles.strange),
      serving(bundles.three.subarray(0, 900)),
      (_, response) => void response.writeHead(500).end(),
      (_, response) => void response.writeHead(404).end(),
      (_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
    ]
    for (const answer of wrong) {
      server.answer = answer
      await untilBothHaveAsked(1)
      await bothSay(ours, 'two')
    }
    server.answer = serving(bundles.three)
    await bothSay(ours, 'three')
    const conditional = server.requests.filter(({ headers }) => headers['if-none-match'] !== undefined)
    expect(conditional.length).toBeGreaterThan(4)
  })

  guarded(`over a registry give the same answer${reason}`, async () => {
    const registry = await startRegistry()
    server = registry
    registry.push('team/policies', 'v1', bundles.one)
    const reference = `${registry.host}/team/policies:v1`
    const ours = await start('oci', registry.url, reference, { url: `oci://${reference}` })
    await bothSay(ours, 'one')
    registry.push('team/policies', 'v1', bundles.two)
    await bothSay(ours, 'two')
    registry.push('team/policies', 'v1', bundles.strange)
    await untilBothHaveAsked(2)
    await bothSay(ours, 'two')
  })
})

const conftest = tool('conftest')
const [why, guardedUser] = existsSync(conftest)
  ? (['', test] as const)
  : ([' (there is no `conftest`: `npm test` builds one)', test.skip] as const)

describe('what `conftest push` puts into a registry', () => {
  guardedUser(`is Rego, which is refused with what to do instead${why}`, async () => {
    const registry = await startRegistry()
    server = registry
    mkdirSync(join(folder, 'policy'))
    writeFileSync(join(folder, 'policy', 'main.rego'), 'package main\ndeny contains "x"')
    const reference = `${registry.host}/team/rego:v1`
    await promisify(execFile)(conftest, ['push', '--tls=false', '-p', 'policy', reference], { cwd: folder })
    expect(registry.manifests.size).toBeGreaterThan(0)
    expect(await outcome(loadGate({ url: `oci://${reference}`, unverified: true }))).toEqual({
      code: 'ERR_BUNDLE_NO_WASM',
      message: `\`oci://${reference}\` holds Rego, as \`conftest push\` puts it there`,
    })
  })
})
