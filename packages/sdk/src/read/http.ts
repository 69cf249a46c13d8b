import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { PlangateError } from '@plangate/bundle'
import type { Way } from './proxy.ts'
import { isThisMachine, shownUrl, urlInvalid } from './url.ts'

/** How one document is asked for. */
export interface GetRequest {
  readonly url: URL
  /** Sent wherever a redirect leads. */
  readonly headers?: Readonly<Record<string, string>>
  /** Sent to the first host only, and never again once a redirect has left it. */
  readonly secrets?: Readonly<Record<string, string>>
  /** Most bytes of the body. */
  readonly bytes: number
  /** For all of it, redirects included. */
  readonly milliseconds: number
  /** Whether plain HTTP is allowed; otherwise only to this machine. */
  readonly insecure?: boolean
  /** Certificates (PEM) that are trusted instead of those that Node knows. */
  readonly ca?: string | undefined
  readonly signal?: AbortSignal | undefined
  /** Whether the process may end while it waits. */
  readonly background?: boolean
  /** The proxy to ask, by what the variables of the environment say. Default: `environment`. */
  readonly proxy?: 'environment' | 'none' | undefined
}

/** What a server has answered. The body is read for 200 only. */
export interface GetResponse {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Uint8Array
  /** Where it came from in the end. */
  readonly url: URL
}

const MAX_REDIRECTS = 5

/** Some servers, GitHub's among them, answer nobody who does not say who it is. */
const AGENT = { 'user-agent': 'plangate' }

/**
 * Returns what a server answers, as it was sent: a body that says it is gzip is not unpacked.
 *
 * Node's `fetch` would unpack it, and takes no certificates.
 *
 * @throws PlangateError `ERR_BUNDLE_UNAVAILABLE`, `ERR_BUNDLE_TOO_LARGE`, `ERR_BUNDLE_URL_INVALID`, `ERR_ABORTED`
 */
export const get = async (request: GetRequest): Promise<GetResponse> => {
  const { url: first, milliseconds, insecure = false, signal } = request
  const stop = new AbortController()
  const late = () => stop.abort(unavailable(first, `no answer within ${milliseconds} milliseconds`))
  const timer = setTimeout(late, milliseconds)
  if (request.background === true) timer.unref()
  const abort = () => stop.abort(new PlangateError('ERR_ABORTED', 'the download of the bundle was aborted'))
  if (signal?.aborted === true) abort()
  signal?.addEventListener('abort', abort, { once: true })
  const mayBePlain = (url: URL) => insecure || (first.protocol === 'http:' && isThisMachine(url))
  try {
    let [url, secrets] = [first, request.secrets ?? {}]
    for (let hops = 0; ; hops += 1) {
      checkProtocol(url, mayBePlain(url))
      const answer = await once(url, { ...AGENT, ...request.headers, ...secrets }, request, stop.signal)
      const { location } = answer.headers
      if (![301, 302, 303, 307, 308].includes(answer.status) || location === undefined) return answer
      if (hops === MAX_REDIRECTS) throw unavailable(first, `more than ${MAX_REDIRECTS} redirects`)
      if (!URL.canParse(location, url.href)) throw unavailable(url, 'a redirect to what is no address')
      const next = new URL(location, url)
      if (next.origin !== url.origin) secrets = {}
      next.username = ''
      next.password = ''
      url = next
    }
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
}

/** Returns the error for a bundle that cannot be had now. */
export const unavailable = (url: URL, why: string, cause?: unknown): PlangateError =>
  new PlangateError('ERR_BUNDLE_UNAVAILABLE', `cannot get the bundle from ${shownUrl(url)}: ${why}`, {
    hint: 'try again later, or keep a last good copy with `lastGood`',
    ...(cause === undefined ? {} : { cause }),
  })

const checkProtocol = (url: URL, mayBePlain: boolean): void => {
  if (url.protocol === 'https:' || (url.protocol === 'http:' && mayBePlain)) return
  if (url.protocol !== 'http:') throw unavailable(url, 'a redirect to another protocol')
  throw urlInvalid(`${shownUrl(url)} is plain HTTP`, 'use `https://`, or allow it with `insecure`')
}

const once = async (
  url: URL,
  headers: Readonly<Record<string, string>>,
  { bytes, ca, background, proxy }: GetRequest,
  signal: AbortSignal,
): Promise<GetResponse> => {
  const { request, validateHeaderName, validateHeaderValue } = await import('node:http')
  for (const [name, value] of Object.entries(headers)) {
    try {
      validateHeaderName(name)
      validateHeaderValue(name, value)
    } catch {
      throw urlInvalid('a header cannot be sent', 'give names of ASCII letters, and values without line breaks')
    }
  }
  const send = url.protocol === 'https:' ? (await import('node:https')).request : request
  let way: Way = { options: {}, headers: {} }
  try {
    if (proxy !== 'none') way = await (await import('./proxy.ts')).wayTo(url, process.env, { signal, ca })
  } catch (error) {
    throw signal.aborted ? signal.reason : coded(url, error)
  }
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => reject(signal.aborted ? signal.reason : coded(url, error))
    // No connection is kept: the next poll is minutes away.
    const options = {
      headers: { ...headers, ...way.headers },
      agent: false,
      signal,
      ...(ca === undefined ? {} : { ca }),
    }
    const sent = send(url, { ...options, ...way.options }, (response) => {
      body(response, url, bytes).then((read) => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: read, url })
      }, fail)
    })
    if (background === true) sent.on('socket', (socket) => socket.unref())
    sent.on('error', fail)
    sent.end()
  })
}

const body = async (response: IncomingMessage, url: URL, limit: number): Promise<Uint8Array> => {
  if (response.statusCode !== 200) {
    response.destroy()
    return new Uint8Array()
  }
  const chunks: Buffer[] = []
  let total = 0
  const declared = Number(response.headers['content-length'] ?? 0)
  for await (const chunk of response) {
    // `as`: a response without an encoding gives these
    chunks.push(chunk as Buffer)
    total += chunks.at(-1)?.length ?? 0
    if (total > limit || declared > limit) {
      throw new PlangateError('ERR_BUNDLE_TOO_LARGE', `${shownUrl(url)} sends more than ${limit} bytes`, {
        hint: 'raise `limits` if the bundle comes from a source that you trust',
      })
    }
  }
  return Buffer.concat(chunks)
}

/** An error of Node's parser holds what the server has sent, so that only its text goes on. */
const coded = (url: URL, error: unknown): unknown => {
  if (error instanceof PlangateError || typeof error !== 'object' || error === null) return error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'the connection failed'
  const cause = new Error('message' in error ? String(error.message) : code)
  return unavailable(url, code === 'ECONNRESET' ? 'the connection ended early' : code, cause)
}
