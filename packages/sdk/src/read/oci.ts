import { createHash } from 'node:crypto'
import { PlangateError } from '@plangate/bundle'
import * as z from '#zod'
import { checkStatus, type Download, type Wanted } from './download.ts'
import { get, type GetRequest, type GetResponse } from './http.ts'
import { basic, type User } from './credentials.ts'
import { isThisMachine, shownUrl, urlInvalid } from './url.ts'

const digest = z.string().regex(/^(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/)
const Descriptor = z.looseObject({
  mediaType: z.string(),
  digest,
  size: z.int().min(0),
  annotations: z.record(z.string(), z.string()).nullish(),
})
type Descriptor = z.infer<typeof Descriptor>

/** https://github.com/opencontainers/image-spec/blob/v1.1.1/manifest.md */
const Manifest = z.looseObject({ layers: z.array(Descriptor) })
/** https://github.com/opencontainers/image-spec/blob/v1.1.1/image-index.md */
const Index = z.looseObject({ manifests: z.array(Descriptor) })

/** https://distribution.github.io/distribution/spec/auth/token/ */
const Token = z.looseObject({ token: z.string().optional(), access_token: z.string().optional() })

const MANIFEST_TYPES = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
]
/** What `opa` takes for a bundle; `oras push` says it of a `.tar.gz` when it is told to. */
const LAYER_TYPES = ['application/vnd.oci.image.layer.v1.tar+gzip', 'application/vnd.docker.image.rootfs.diff.tar.gzip']
const REGO_LAYER = 'application/vnd.cncf.openpolicyagent.policy.layer.v1+rego'
const TITLE = 'org.opencontainers.image.title'
const NAME = String.raw`[a-z0-9]+(?:[._-]+[a-z0-9]+)*`
const REFERENCE = new RegExp(String.raw`^/(${NAME}(?:/${NAME})*)(?::(\w[\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$`)
const MANIFEST_BYTES = 4 * 1024 * 1024

/**
 * Returns the bundle in a registry, https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md: the first
 * layer that is a `.tar.gz`, as `opa` takes it. Every digest is checked, from the one in the address down.
 *
 * Its ETag is the digest of the manifest.
 *
 * @throws PlangateError as `download`, and `ERR_BUNDLE_DIGEST_MISMATCH`
 */
export const pull = async (wanted: Wanted, user: User | undefined): Promise<Download> => {
  const { base, reference } = repositoryOf(wanted)
  const ask = asker(wanted, user)
  const accept = { accept: MANIFEST_TYPES.join(', ') }
  let manifest = await ask(`${base}/manifests/${reference}`, MANIFEST_BYTES, accept)
  const etag = checkedDigest(manifest, reference.includes(':') ? reference : manifest.headers['docker-content-digest'])
  if (etag === wanted.known?.etag) return { bytes: undefined, validators: { etag }, waits: false }
  const index = Index.safeParse(parseJson(manifest))
  if (index.success) {
    const [only, ...others] = index.data.manifests
    if (only === undefined || others.length > 0)
      throw invalid(wanted.url, `an index of ${index.data.manifests.length} manifests`)
    manifest = await ask(`${base}/manifests/${only.digest}`, MANIFEST_BYTES, accept)
    checkedDigest(manifest, only.digest)
  }
  const layer = bundleLayer(wanted.url, manifest)
  if (layer.size > wanted.bytes) {
    throw new PlangateError('ERR_BUNDLE_TOO_LARGE', `${shownUrl(wanted.url)} holds more than ${wanted.bytes} bytes`, {
      hint: 'raise `limits` if the bundle comes from a source that you trust',
    })
  }
  const blob = await ask(`${base}/blobs/${layer.digest}`, layer.size, {})
  checkedDigest(blob, layer.digest)
  return { bytes: blob.body, validators: { etag }, waits: false }
}

/** Whether the address of a bundle in a registry has the digest of its manifest. */
export const isPinned = ({ protocol, pathname }: URL): boolean =>
  protocol === 'oci:' && /@sha256:[0-9a-f]{64}$/.test(pathname)

const repositoryOf = ({ url, insecure = false, ca }: Wanted): { readonly base: string; readonly reference: string } => {
  const [, name, tag = 'latest', pin] = REFERENCE.exec(url.pathname) ?? []
  if (name === undefined || url.host === '' || url.search !== '') {
    throw urlInvalid(
      'the address of the bundle names no repository',
      'give `oci://host/repository:tag`, or `@sha256:…` after it',
    )
  }
  const isHub = url.host === 'docker.io'
  const host = isHub ? 'registry-1.docker.io' : url.host
  const isPlain = insecure || (ca === undefined && isThisMachine(new URL(`http://${url.host}`)))
  const path = isHub && !name.includes('/') ? `library/${name}` : name
  return { base: `${isPlain ? 'http' : 'https'}://${host}/v2/${path}`, reference: pin ?? tag }
}

/** Returns what asks a registry, with a token when it wants one. */
const asker = (wanted: Wanted, user: User | undefined) => {
  let secrets = wanted.secrets ?? {}
  return async (address: string, bytes: number, headers: Readonly<Record<string, string>>): Promise<GetResponse> => {
    const request = { ...wanted, url: new URL(address), bytes, headers: { ...headers, 'accept-encoding': 'identity' } }
    let answer = await get({ ...request, secrets })
    // Only the registry itself may ask for credentials, not where it sends to.
    if (answer.status === 401 && answer.url.origin === request.url.origin && !('authorization' in secrets)) {
      const authorization = await authorized(wanted, answer, user)
      if (authorization !== undefined) {
        secrets = { ...secrets, authorization }
        answer = await get({ ...request, secrets })
      }
    }
    checkStatus(answer)
    return answer
  }
}

/** What the registry wants to see, from its challenge; undefined where there is nothing to give. */
const authorized = async (
  wanted: GetRequest,
  answer: GetResponse,
  user: User | undefined,
): Promise<string | undefined> => {
  const challenge = answer.headers['www-authenticate'] ?? ''
  const own = user === undefined ? undefined : basic(user)
  if (/^basic\b/i.test(challenge)) return own
  const { realm, service, scope } = Object.fromEntries(
    [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
  )
  if (!/^bearer\b/i.test(challenge) || realm === undefined || !URL.canParse(realm)) return undefined
  const url = new URL(realm)
  if (service !== undefined) url.searchParams.set('service', service)
  if (scope !== undefined) url.searchParams.set('scope', scope)
  const secrets = own === undefined ? {} : { authorization: own }
  const given = await get({ ...wanted, url, bytes: 1024 * 1024, headers: { accept: 'application/json' }, secrets })
  checkStatus(given)
  const parsed = Token.safeParse(parseJson(given))
  const token = parsed.data?.token ?? parsed.data?.access_token
  if (token === undefined) throw invalid(url, 'no token')
  return `Bearer ${token}`
}

/** Returns the digest of a body after comparing it with what it should be. */
const checkedDigest = ({ body, url }: GetResponse, expected: string | readonly string[] | undefined): string => {
  const wanted = typeof expected === 'string' && digest.safeParse(expected).success ? expected : undefined
  const algorithm = wanted?.startsWith('sha512:') === true ? 'sha512' : 'sha256'
  const actual = `${algorithm}:${createHash(algorithm).update(body).digest('hex')}`
  if (wanted === undefined || wanted === actual) return actual
  throw new PlangateError('ERR_BUNDLE_DIGEST_MISMATCH', `${shownUrl(url)} gives something with another digest`, {
    hint: 'the registry is broken, or somebody has changed what it holds',
  })
}

const bundleLayer = (url: URL, response: GetResponse): Descriptor => {
  const manifest = Manifest.safeParse(parseJson(response))
  if (!manifest.success) throw invalid(url, 'no manifest')
  const { layers } = manifest.data
  const layer =
    layers.find(({ mediaType }) => LAYER_TYPES.includes(mediaType)) ??
    layers.find(({ annotations }) => /\.(tar\.gz|tgz)$/.test(annotations?.[TITLE] ?? ''))
  if (layer !== undefined) return layer
  if (layers.some(({ mediaType }) => mediaType === REGO_LAYER)) {
    throw new PlangateError('ERR_BUNDLE_NO_WASM', `${shownUrl(url)} holds Rego, as \`conftest push\` puts it there`, {
      hint: `build a bundle with \`plangate build\`, and push it as \`oras push <repository> bundle.tar.gz:${LAYER_TYPES[0]}\``,
    })
  }
  throw invalid(url, 'no layer that is a bundle')
}

const parseJson = ({ body }: GetResponse): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    // What is no JSON has not the shape that is looked for either.
    return undefined
  }
}

const invalid = (url: URL, what: string): PlangateError =>
  new PlangateError('ERR_BUNDLE_INVALID', `${shownUrl(url)} gives ${what}`, {
    hint: `push a bundle as \`oras push <repository> bundle.tar.gz:${LAYER_TYPES[0]}\``,
  })
