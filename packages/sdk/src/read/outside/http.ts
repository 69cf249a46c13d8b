import { Agent, type IncomingMessage, request as plainRequest } from 'node:http'
import { Agent as TlsAgent, request as tlsRequest } from 'node:https'
import { rootCertificates } from 'node:tls'
import { createGunzip } from 'node:zlib'
import { type HttpRequest, isAllowed, type OutsideResponse } from './message.ts'

/** Go's own limit, which OPA lifts; a gate has to end. */
const mostRedirects = 10

// Connections are kept as Go's transport keeps them: not where a request has settings of its own for TLS.
const agent = new Agent({ keepAlive: true })
const tlsAgent = new TlsAgent({ keepAlive: true })

interface Hop {
  readonly url: URL
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Returns the response to a request, or what went wrong in the words of Go's net/http. */
export const sendHttp = async (request: HttpRequest): Promise<OutsideResponse> => {
  for (let attempt = 0; ; attempt += 1) {
    const response = await attemptOnce(request)
    if (response.kind !== 'failed' || !response.network || attempt >= request.retries) return response
    await new Promise((resolve) => setTimeout(resolve, Math.min(60_000, 100 * 1.6 ** attempt)))
  }
}

const attemptOnce = async (request: HttpRequest): Promise<OutsideResponse> => {
  const timeout = new AbortController()
  const timer = request.timeoutMs > 0 ? setTimeout(() => timeout.abort(), request.timeoutMs) : undefined
  let { hop, failed } = first(request)
  try {
    for (let redirects = 0; hop !== undefined; redirects += 1) {
      if (redirects > mostRedirects) return failure(hop, `stopped after ${mostRedirects} redirects`)
      if (!isAllowed(request.hosts, hop.url)) return failure(hop, `disallowed host: ${hop.url.hostname}`)
      const current: Hop = hop
      const response = await exchange(current, request, timeout.signal).catch((cause: unknown) =>
        failure(current, timeout.signal.aborted ? timedOut : reason(cause, current.url)),
      )
      if (response.kind !== 'http') return response
      hop = request.redirects ? redirected(current, response) : undefined
      if (hop === undefined) return response
    }
    return failed
  } finally {
    clearTimeout(timer)
  }
}

const timedOut = 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)'

const first = ({ url, method, headers, body }: HttpRequest) => {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  const isHttp = parsed?.protocol === 'http:' || parsed?.protocol === 'https:'
  const hop: Hop | undefined = isHttp ? { url: parsed, method, headers, body } : undefined
  const scheme = parsed?.protocol.slice(0, -1) ?? ''
  const failed = failureAt(url, method, `unsupported protocol scheme "${scheme}"`)
  return { hop, failed }
}

const exchange = (
  { url, method, headers, body }: Hop,
  { tls, maxBytes }: HttpRequest,
  signal: AbortSignal,
): Promise<OutsideResponse> =>
  new Promise((resolve, reject) => {
    const names = new Set(Object.keys(headers).map((name) => name.toLowerCase()))
    // As Go's transport does: what it packs for itself, it unpacks.
    const unpacks = method !== 'HEAD' && !names.has('accept-encoding') && !names.has('range')
    const options = {
      method,
      signal,
      headers: {
        ...headers,
        ...(unpacks ? { 'Accept-Encoding': 'gzip' } : {}),
        ...(names.has('user-agent') ? {} : { 'User-Agent': 'plangate' }),
        ...(body === '' && !['POST', 'PUT', 'PATCH'].includes(method)
          ? {}
          : { 'Content-Length': `${Buffer.byteLength(body)}` }),
      },
    }
    const received = (message: IncomingMessage) => {
      collected(message, unpacks, maxBytes).then(resolve, reject)
    }
    const sent =
      url.protocol === 'https:'
        ? tlsRequest(url, { ...options, ...tlsOptions(tls) }, received)
        : plainRequest(url, { ...options, agent }, received)
    sent.on('error', reject)
    sent.end(body)
  })

const tlsOptions = ({ ca, withRoots, cert, key, servername, insecure }: HttpRequest['tls']) => {
  const own = {
    ...(insecure ? { rejectUnauthorized: false } : {}),
    ...(ca === undefined ? {} : { ca: withRoots ? [...rootCertificates, ca] : [ca] }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(servername === undefined ? {} : { servername }),
  }
  return { ...own, agent: Object.keys(own).length === 0 ? tlsAgent : (false as const) }
}

const collected = async (message: IncomingMessage, unpacks: boolean, maxBytes: number): Promise<OutsideResponse> => {
  const packed = unpacks && message.headers['content-encoding']?.toLowerCase() === 'gzip'
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of packed ? message.pipe(createGunzip()) : message) {
    // `as`: a stream without an encoding gives bytes
    const bytes = chunk as Uint8Array
    size += bytes.length
    if (size > maxBytes) throw new Error(`the response is larger than ${maxBytes} bytes`)
    chunks.push(bytes)
  }
  const closes = message.headers.connection?.toLowerCase().includes('close') ? ['connection'] : []
  const dropped = new Set(['transfer-encoding', ...closes, ...(packed ? ['content-encoding', 'content-length'] : [])])
  const { rawHeaders, statusCode = 0, statusMessage = '' } = message
  const headers = rawHeaders.flatMap((name, at): (readonly [string, string])[] =>
    at % 2 === 0 && !dropped.has(name.toLowerCase()) ? [[name.toLowerCase(), rawHeaders[at + 1] ?? '']] : [],
  )
  return { kind: 'http', status: `${statusCode} ${statusMessage}`, statusCode, headers, body: Buffer.concat(chunks) }
}

/** The next request, as Go's client makes it, undefined where there is none to follow. */
const redirected = (hop: Hop, { statusCode, headers }: Extract<OutsideResponse, { kind: 'http' }>): Hop | undefined => {
  const location = headers.find(([name]) => name === 'location')?.[1]
  if (location === undefined || ![301, 302, 303, 307, 308].includes(statusCode)) return undefined
  if (!URL.canParse(location, hop.url.href)) return undefined
  const url = new URL(location, hop.url)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined
  const keeps = statusCode === 307 || statusCode === 308
  // Secrets stay with the host that they were meant for, and so does its name.
  const secret = url.host === hop.url.host ? [] : ['authorization', 'cookie', 'www-authenticate', 'host']
  const dropped = new Set([...secret, ...(keeps ? [] : ['content-type', 'content-length'])])
  return {
    url,
    method: keeps || hop.method === 'HEAD' ? hop.method : 'GET',
    body: keeps ? hop.body : '',
    headers: Object.fromEntries(Object.entries(hop.headers).filter(([name]) => !dropped.has(name.toLowerCase()))),
  }
}

const reason = (cause: unknown, { hostname, port, protocol }: URL): string => {
  if (!(cause instanceof Error)) return String(cause)
  const code = 'code' in cause ? cause.code : undefined
  const at = 'address' in cause && 'port' in cause ? `${String(cause.address)}:${String(cause.port)}` : ''
  if (code === 'ECONNREFUSED') {
    return `dial tcp ${at === '' ? `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}` : at}: connect: connection refused`
  }
  if (code === 'ENOTFOUND') return `dial tcp: lookup ${hostname}: no such host`
  if (code === 'DEPTH_ZERO_SELF_SIGNED_CERT' || code === 'UNABLE_TO_VERIFY_LEAF_SIGNATURE') {
    return 'tls: failed to verify certificate: x509: certificate signed by unknown authority'
  }
  return cause.message
}

const failure = ({ url, method }: Hop, message: string): OutsideResponse => failureAt(url.href, method, message)

const failureAt = (url: string, method: string, message: string): OutsideResponse & { readonly kind: 'failed' } => ({
  kind: 'failed',
  network: true,
  message: `${method.slice(0, 1)}${method.slice(1).toLowerCase()} "${url}": ${message}`,
})
