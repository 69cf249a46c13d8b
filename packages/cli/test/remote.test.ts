import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, test } from '@jest/globals'
import { folderOf, testPlan } from './fixtures.ts'
import { coded, plangate } from './runner.ts'

const small = testPlan('inputs', 'small.plan.json')
const folder = folderOf({ 'policy/main.rego': 'package main\n\ndeny contains "from afar"\n' })
const denied = `FAIL - ${small} - main - from afar
  HIGH main/deny

1 test, 0 passed, 0 warnings, 1 failure, 0 exceptions
verdict fail (environment: prod, fail_on: medium)
`
let server: Server
let url: string
let digest: string
let isAway = false
beforeAll(async () => {
  await plangate('build', 'policy', '--entrypoint', 'main/deny', '-o', 'bundle.tar.gz')
    .in(folder)
    .expectStderr(() => {})
    .expectStdout(() => {})
    .verify()
  const bundle = readFileSync(join(folder, 'bundle.tar.gz'))
  digest = `sha256:${createHash('sha256').update(bundle).digest('hex')}`
  server = createServer((request, response) => {
    if (isAway) response.writeHead(503).end()
    else if (request.headers.authorization !== 'Bearer canary') response.writeHead(401).end()
    else response.end(bundle)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // `as`: it listens on a port
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/bundle.tar.gz`
})
afterAll(() => void server.close())

describe('a bundle from the network', () => {
  const env = { PLANGATE_BUNDLE_TOKEN: 'canary' }

  test('judges plans when its digest is given, in the address or by a flag', async () => {
    await plangate('test', '--policy', `${url}#${digest}`, small).env(env).expectCode(1).expectStdout(denied).verify()
    await plangate('test', '--policy', url, '--digest', digest, small)
      .env(env)
      .expectCode(1)
      .expectStdout(denied)
      .verify()
  })

  test('is wrong use without, unless that is wanted', async () => {
    await plangate('test', '--policy', url, small)
      .env(env)
      .expectCode(2)
      .expectStderr(coded('ERR_BUNDLE_UNVERIFIED'))
      .verify()
    await plangate('test', '--policy', url, '--unverified', small).env(env).expectCode(1).expectStdout(denied).verify()
    await plangate('test', '--policy', url, '--policy', url, '--digest', digest, small)
      .env(env)
      .expectCode(2)
      .expectStderr(coded('ERR_USAGE'))
      .verify()
  })

  test('stops the gate when it cannot be had, and the last good one says that it stands in', async () => {
    const args = ['test', '--policy', `${url}#${digest}`, '--last-good', join(folder, 'good'), small]
    await plangate(...args)
      .expectCode(3)
      .expectStderr(coded('ERR_BUNDLE_DENIED'))
      .verify()
    await plangate(...args)
      .env(env)
      .expectCode(1)
      .expectStdout(denied)
      .verify()
    isAway = true
    await plangate(...args)
      .env(env)
      .expectCode(1)
      .expectStdout(denied)
      .expectStderr(
        `warning: the last good copy of \`${url}\` is used: cannot get the bundle from \`${url}\`: it answers 503 [ERR_BUNDLE_UNAVAILABLE]\nhint: policies that have changed since are not in force\n`,
      )
      .verify()
  })
})
