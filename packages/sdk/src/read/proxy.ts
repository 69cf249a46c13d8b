import type { RequestOptions } from 'node:https'
import type { Socket } from 'node:net'
import { PlangateError } from '@plangate/bundle'
import { basic } from './credentials.ts'
import { isThisMachine, shownUrl } from './url.ts'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Returns the proxy that the environment names for an address, by the rules of Go's `http.ProxyFromEnvironment`, which `opa`
 * follows: `HTTPS_PROXY` or `HTTP_PROXY` by the address, `NO_PROXY` for hosts, and never for this machine.
 */
export const proxyFor = (url: URL, env: Environment): URL | undefined => {
  const named = (name: string): string | undefined => env[name] || env[name.toLowerCase()] || undefined
  const isPlain = url.protocol === 'http:'
  // A server of CGI scripts sets HTTP_PROXY from a header that anyone can send.
  const plain = env['REQUEST_METHOD'] === undefined ? named('HTTP_PROXY') : env['http_proxy']
  const text = isPlain ? plain : named('HTTPS_PROXY')
  if (text === undefined || isThisMachine(url) || isExempt(url, named('NO_PROXY') ?? '')) return undefined
  const proxy = /^https?:\/\//i.test(text) ? text : `http://${text}`
  return URL.canParse(proxy) ? new URL(proxy) : undefined
}

/** `*` is every host, `example.com` and `.example.com` are hosts below it, the former itself too; each may have a port. */
const isExempt = ({ hostname, port, protocol }: URL, list: string): boolean =>
  list
    .split(',')
    .map((each) => each.trim().toLowerCase())
    .filter((each) => each !== '')
    .some((each) => {
      const [, name = '', only] = /^(.*?)(?::(\d+))?$/.exec(each.replace(/^\*\./, '.')) ?? []
      if (only !== undefined && only !== (port || (protocol === 'https:' ? '443' : '80'))) return false
      return name === '*' || (name.startsWith('.') ? hostname.endsWith(name) : isBelow(hostname, name))
    })

const isBelow = (host: string, name: string): boolean => host === name || host.endsWith(`.${name}`)

/** What a connection may need. */
interface Going {
  readonly signal: AbortSignal
  readonly ca: string | undefined
}

/** How a request goes out: more for Node's `request`, and headers for the proxy that it is sent to. */
export interface Way {
  readonly options: RequestOptions
  readonly headers: Readonly<Record<string, string>>
}

/**
 * Returns the way to an address: straight, through a proxy that is asked for plain HTTP, or through a tunnel that one opens.
 *
 * @throws what the proxy's connection throws, and {@link PlangateError} `ERR_BUNDLE_UNAVAILABLE` where it refuses
 */
export const wayTo = async (url: URL, env: Environment, { signal, ca }: Going): Promise<Way> => {
  const proxy = proxyFor(url, env)
  if (proxy === undefined) return { options: {}, headers: {} }
  const to = { hostname: proxy.hostname.replaceAll(/[[\]]/g, ''), port: proxy.port || (isSecure(proxy) ? 443 : 80) }
  if (!isSecure(url)) return { options: { ...to, path: url.href }, headers: { host: url.host, ...userOf(proxy) } }
  const socket = await tunnel(url, { to, proxy, signal })
  const { connect } = await import('node:tls')
  const createConnection = () => {
    const secure = connect({ socket, servername: url.hostname, ...(ca === undefined ? {} : { ca }) })
    return secure.on('close', () => socket.destroy())
  }
  // An agent would make connections of its own.
  return { options: { createConnection, agent: undefined }, headers: {} }
}

const isSecure = ({ protocol }: URL): boolean => protocol === 'https:'

const userOf = ({ username, password }: URL): Readonly<Record<string, string>> =>
  username === '' && password === ''
    ? {}
    : {
        'proxy-authorization': basic({
          username: decodeURIComponent(username),
          password: decodeURIComponent(password),
        }),
      }

interface Tunnel {
  readonly to: RequestOptions
  readonly proxy: URL
  readonly signal: AbortSignal
}

const tunnel = async (url: URL, { to, proxy, signal }: Tunnel): Promise<Socket> => {
  const { request } = isSecure(proxy) ? await import('node:https') : await import('node:http')
  const path = `${url.hostname}:${url.port || 443}`
  return new Promise((resolve, reject) => {
    const headers = { host: path, ...userOf(proxy) }
    const sent = request({ ...to, method: 'CONNECT', path, headers, agent: false, signal })
    sent.on('connect', ({ statusCode }, socket) => {
      if (statusCode === 200) return resolve(socket)
      socket.destroy()
      reject(refused(url, proxy, statusCode))
    })
    sent.on('response', ({ statusCode }) => reject(refused(url, proxy, statusCode)))
    sent.on('error', reject)
    sent.end()
  })
}

const refused = (url: URL, proxy: URL, status: number | undefined): PlangateError =>
  new PlangateError(
    'ERR_BUNDLE_UNAVAILABLE',
    `cannot get the bundle from ${shownUrl(url)}: the proxy ${shownUrl(proxy)} says ${status}`,
    { hint: 'mend `HTTPS_PROXY`, or name the host in `NO_PROXY`' },
  )
