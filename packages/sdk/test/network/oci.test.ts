import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PlangateError } from '@plangate/bundle'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { loadGate } from '../../src/gate.ts'
import type { RemoteBundle } from '../../src/read/remote.ts'
import { openBundleService } from '../../src/service/service.ts'
import { bundleOf, outcome, planWith } from '../bundle.ts'
import { digestOf, startRegistry, type TestRegistry } from './registry.ts'
import { startServer } from './server.ts'

const folder = mkdtempSync(join(tmpdir(), 'oci-'))
let bundle: Uint8Array
let other: Uint8Array
let registry: TestRegistry
let manifest: string
beforeAll(async () => {
  bundle = await bundleOf({ 'main.rego': 'package main\ndeny contains "one"' }, ['main/deny'])
  other = await bundleOf({ 'main.rego': 'package main\ndeny contains "two"' }, ['main/deny'])
})
beforeEach(async () => {
  registry = await startRegistry()
  manifest = registry.push('team/policies', 'v1', bundle)
})
afterEach(() => registry.close())
afterAll(() => rmSync(folder, { recursive: true }))

const at = (reference: string) => `oci://${registry.host}/${reference}`
const said = async (source: string | RemoteBundle) => {
  const gate = await loadGate(source)
  return (await gate.evaluate(planWith())).findings.map(({ msg }) => msg)
}
const failure = (source: string | RemoteBundle, options = {}) => outcome(loadGate(source, options))
const user = { username: 'me', password: 'canary-password' }

describe('a bundle in a registry', () => {
  test('is taken by the digest of its manifest, or by its own', async () => {
    expect(await said(at(`team/policies@${manifest}`))).toEqual(['one'])
    expect(await said(at(`team/policies:v1@${manifest}`))).toEqual(['one'])
    expect(await said(`${at('team/policies:v1')}#${digestOf(bundle)}`)).toEqual(['one'])
    expect(registry.requests.slice(0, 2).map(({ path }) => path)).toEqual([
      `/v2/team/policies/manifests/${manifest}`,
      `/v2/team/policies/blobs/${digestOf(bundle)}`,
    ])
  })

  test('needs something that proves it, as any other; `latest` is its tag unless another is given', async () => {
    registry.push('policies', 'latest', other)
    expect(await failure(at('policies'))).toEqual({
      code: 'ERR_BUNDLE_UNVERIFIED',
      message: `nothing proves the bundle at \`${at('policies')}\``,
    })
    expect(await said({ url: at('policies'), unverified: true })).toEqual(['two'])
  })

  test('is taken with a token for whoever has a password', async () => {
    registry.user = user
    expect(await said({ url: at(`team/policies@${manifest}`), credentials: user })).toEqual(['one'])
    const asked = registry.requests.find(({ path }) => path.startsWith('/token'))
    expect(asked?.path).toBe('/token?service=test&scope=repository%3Aa%3Apull')
    const url = `oci://me:canary-password@${registry.host}/team/policies@${manifest}`
    expect(await said(url)).toEqual(['one'])
    const error = await loadGate({ url, credentials: { ...user, password: 'canary' } }).catch(
      (thrown: PlangateError) => thrown,
    )
    expect(error).toMatchObject({ code: 'ERR_BUNDLE_DENIED', message: `\`${registry.url}/token\` answers 401` })
    expect(JSON.stringify(error)).not.toContain('canary')
    expect(await failure(at(`team/policies@${manifest}`))).toMatchObject({ code: 'ERR_BUNDLE_DENIED' })
  })

  test('may lie elsewhere, where no token is sent', async () => {
    const elsewhere = await startServer()
    elsewhere.answer = (_, response) => void response.end(bundle)
    Object.assign(registry, { user, blobsAt: elsewhere.url })
    expect(await said({ url: at(`team/policies@${manifest}`), credentials: user })).toEqual(['one'])
    expect(elsewhere.requests.map(({ headers }) => headers.authorization)).toEqual([undefined])
    await elsewhere.close()
  })

  test('is found in an index of one, and by its name where its type says less', async () => {
    const index = { schemaVersion: 2, manifests: [{ mediaType: 'x', digest: manifest, size: 1 }] }
    const put = (tag: string, content: unknown) => {
      const bytes = new TextEncoder().encode(JSON.stringify(content))
      registry.manifests.set(`team/policies:${tag}`, { type: 'application/vnd.oci.image.index.v1+json', bytes })
    }
    put('index', index)
    put('two', { ...index, manifests: [...index.manifests, ...index.manifests] })
    expect(await said({ url: at('team/policies:index'), unverified: true })).toEqual(['one'])
    expect(await failure({ url: at('team/policies:two'), unverified: true })).toEqual({
      code: 'ERR_BUNDLE_INVALID',
      message: `\`${at('team/policies:two')}\` gives an index of 2 manifests`,
    })
    registry.push('team/policies', 'plain', other, { mediaType: 'application/vnd.oci.image.layer.v1.tar' })
    expect(await said({ url: at('team/policies:plain'), unverified: true })).toEqual(['two'])
  })
})

const name = () => `team/policies@${manifest}`

describe('a registry that is wrong', () => {
  test('about the manifest or the bundle is found out by the digests', async () => {
    const swapped = registry.push('team/policies', 'v2', other)
    const { bytes = new Uint8Array(), type = '' } = registry.manifests.get(`team/policies@${swapped}`) ?? {}
    const message = (path: string) => `\`${registry.url}/v2/team/policies/${path}\` gives something with another digest`
    const code = 'ERR_BUNDLE_DIGEST_MISMATCH'
    registry.blobs.set(digestOf(bundle), new Uint8Array(bundle.length))
    expect(await failure(at(name()))).toEqual({ code, message: message(`blobs/${digestOf(bundle)}`) })
    registry.manifests.set(name(), { bytes, type })
    expect(await failure(at(name()))).toEqual({ code, message: message(`manifests/${manifest}`) })
    expect(await failure(`${at('team/policies:v2')}#${digestOf(bundle)}`)).toEqual({
      code,
      message: `\`${at('team/policies:v2')}\` gives a bundle with another digest`,
    })
  })

  test.each([
    [
      'Rego',
      {
        layers: [
          {
            mediaType: 'application/vnd.cncf.openpolicyagent.policy.layer.v1+rego',
            digest: `sha256:${'0'.repeat(64)}`,
            size: 1,
          },
        ],
      },
      'ERR_BUNDLE_NO_WASM',
    ],
    ['no layer', { layers: [] }, 'ERR_BUNDLE_INVALID'],
    [
      'another kind of layer',
      { layers: [{ mediaType: 'x', digest: `sha256:${'0'.repeat(64)}`, size: 1 }] },
      'ERR_BUNDLE_INVALID',
    ],
    ['a digest that is a path', { layers: [{ mediaType: 'x', digest: '../../x', size: 1 }] }, 'ERR_BUNDLE_INVALID'],
    ['no manifest', [], 'ERR_BUNDLE_INVALID'],
    [
      'a layer that is too large',
      {
        layers: [
          {
            mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
            digest: `sha256:${'0'.repeat(64)}`,
            size: 2 ** 40,
          },
        ],
      },
      'ERR_BUNDLE_TOO_LARGE',
    ],
    [
      'a layer that is not there',
      {
        layers: [
          { mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', digest: `sha256:${'0'.repeat(64)}`, size: 9 },
        ],
      },
      'ERR_BUNDLE_NOT_FOUND',
    ],
  ])('such as with %s is a coded error', async (_, content, code) => {
    registry.manifests.set('team/policies:odd', { type: 'x', bytes: new TextEncoder().encode(JSON.stringify(content)) })
    expect(await failure({ url: at('team/policies:odd'), unverified: true })).toMatchObject({ code })
  })

  test('and an address that names nothing are coded errors', async () => {
    const code = 'ERR_BUNDLE_URL_INVALID'
    for (const path of ['', 'a//b', 'A', 'a:', 'a@sha256:1', 'a?x=1', `${'a'.repeat(60)}!`]) {
      expect(await failure({ url: at(path), unverified: true })).toMatchObject({ code })
    }
    expect(await failure({ url: at('no/such:v1'), unverified: true })).toEqual({
      code: 'ERR_BUNDLE_NOT_FOUND',
      message: `\`${registry.url}/v2/no/such/manifests/v1\` answers 404`,
    })
  })
})

test('a service follows a tag, gets nothing that it has, and stays with the last good bundle', async () => {
  const source = { url: at('team/policies:v1'), unverified: true, lastGood: join(folder, 'copy'), timeoutMs: 2000 }
  const errors: unknown[] = []
  const service = await openBundleService({ source, onError: (error) => errors.push(error) })
  expect(await service.poll()).toBe('unchanged')
  expect(service.status().etag).toBe(manifest)
  expect(registry.requests.filter(({ path }) => path.includes('/blobs/'))).toHaveLength(1)
  registry.push('team/policies', 'v1', other)
  expect(await service.poll()).toBe('swapped')
  registry.push('team/policies', 'v1', new Uint8Array(99))
  expect(await service.poll()).toBe('failed')
  expect(errors).toEqual([expect.objectContaining({ code: 'ERR_BUNDLE_INVALID' })])
  expect((await service.gate.evaluate(planWith())).findings.map(({ msg }) => msg)).toEqual(['two'])
  await service.close()
  await registry.close()
  expect(await said({ ...source, onNotice: (notice) => errors.push(notice) })).toEqual(['two'])
  expect(errors).toHaveLength(2)
})
