import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { startServer, type TestServer } from './server.ts'

/** A registry on this machine that takes and gives what the distribution specification says, as far as clients ask. */
export interface TestRegistry extends TestServer {
  readonly blobs: Map<string, Uint8Array>
  /** By `repository:tag` and `repository@digest`. */
  readonly manifests: Map<string, { readonly type: string; readonly bytes: Uint8Array }>
  /** Whom it asks for a token; undefined lets everybody in. */
  user: { readonly username: string; readonly password: string } | undefined
  /** Where blobs are instead, if not here. */
  blobsAt: string | undefined
  /** Puts a bundle there as `oras push` does, and returns the digest of its manifest. */
  readonly push: (
    repository: string,
    tag: string,
    bundle: Uint8Array,
    layer?: Readonly<Record<string, unknown>>,
  ) => string
}

/** Returns `sha256:…` of bytes. */
export const digestOf = (bytes: Uint8Array): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`

const TOKEN = 'token-of-the-registry'

/** Returns an empty registry. */
export const startRegistry = async (): Promise<TestRegistry> => {
  const server = await startServer()
  const blobs: TestRegistry['blobs'] = new Map()
  const manifests: TestRegistry['manifests'] = new Map()
  const put = (repository: string, tag: string, type: string, bytes: Uint8Array): string => {
    const digest = digestOf(bytes)
    for (const name of [`${repository}:${tag}`, `${repository}@${digest}`]) manifests.set(name, { type, bytes })
    return digest
  }
  const registry: TestRegistry = Object.assign(server, {
    blobs,
    manifests,
    user: undefined,
    blobsAt: undefined,
    push: (repository: string, tag: string, bundle: Uint8Array, layer: Readonly<Record<string, unknown>> = {}) => {
      const config = new TextEncoder().encode('{}')
      for (const blob of [config, bundle]) blobs.set(digestOf(blob), blob)
      const manifest = {
        schemaVersion: 2,
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        config: {
          mediaType: 'application/vnd.oci.image.config.v1+json',
          digest: digestOf(config),
          size: config.length,
        },
        layers: [
          {
            mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
            digest: digestOf(bundle),
            size: bundle.length,
            annotations: { 'org.opencontainers.image.title': 'bundle.tar.gz' },
            ...layer,
          },
        ],
      }
      return put(repository, tag, manifest.mediaType, new TextEncoder().encode(JSON.stringify(manifest)))
    },
  })
  server.answer = async (request, response) => {
    const url = new URL(request.url ?? '', server.url)
    if (url.pathname === '/token') return token(registry, request, response)
    if (registry.user !== undefined && request.headers.authorization !== `Bearer ${TOKEN}`) {
      const challenge = `Bearer realm="${server.url}/token",service="test",scope="repository:a:pull"`
      return void response.writeHead(401, { 'www-authenticate': challenge }).end()
    }
    const [, repository = '', kind = '', name = ''] =
      /^\/v2\/(.+)\/(manifests|blobs|blobs\/uploads)\/([^/]*)$/.exec(url.pathname) ?? []
    if (request.method === 'POST' || request.method === 'PATCH') {
      await bodyOf(request)
      return void response.writeHead(202, { location: `/v2/${repository}/blobs/uploads/1` }).end()
    }
    if (request.method === 'PUT' && kind === 'manifests') {
      const digest = put(repository, name, request.headers['content-type'] ?? '', await bodyOf(request))
      return void response.writeHead(201, { 'docker-content-digest': digest, location: url.pathname }).end()
    }
    if (request.method === 'PUT') {
      const digest = url.searchParams.get('digest') ?? ''
      blobs.set(digest, await bodyOf(request))
      return void response.writeHead(201, { location: `/v2/${repository}/blobs/${digest}` }).end()
    }
    if (kind === 'blobs' && registry.blobsAt !== undefined) {
      return void response.writeHead(307, { location: `${registry.blobsAt}/${name}` }).end()
    }
    const found =
      kind === 'blobs'
        ? { type: 'application/octet-stream', bytes: blobs.get(name) }
        : manifests.get(`${repository}${name.includes(':') ? '@' : ':'}${name}`)
    if (found?.bytes === undefined) return void response.writeHead(404).end()
    const headers = {
      'content-type': found.type,
      'content-length': found.bytes.length,
      'docker-content-digest': digestOf(found.bytes),
    }
    response.writeHead(200, headers).end(request.method === 'HEAD' ? undefined : found.bytes)
  }
  return registry
}

const token = ({ user }: TestRegistry, request: IncomingMessage, response: ServerResponse): void => {
  const expected = `Basic ${Buffer.from(`${user?.username}:${user?.password}`).toString('base64')}`
  if (request.headers.authorization !== expected) response.writeHead(401).end()
  else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ token: TOKEN }))
}

const bodyOf = async (request: IncomingMessage): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = []
  for await (const chunk of request) chunks.push(chunk as Uint8Array)
  return Buffer.concat(chunks)
}
