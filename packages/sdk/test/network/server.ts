import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'

/** A server on this machine, for a test. */
export interface TestServer {
  /** Without a slash at its end. */
  readonly url: string
  readonly host: string
  /** All that it was asked, in order. */
  readonly requests: { readonly method: string; readonly path: string; readonly headers: IncomingMessage['headers'] }[]
  answer: (request: IncomingMessage, response: ServerResponse) => void | Promise<void>
  readonly close: () => Promise<void>
}

/** Returns a server that answers 404 until `answer` says otherwise. */
export const startServer = async (tls?: { readonly key: string; readonly cert: string }): Promise<TestServer> => {
  const requests: TestServer['requests'][number][] = []
  const listener: RequestListener = (request, response) => {
    requests.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers })
    void Promise.resolve(started.answer(request, response)).catch((error: unknown) => response.destroy(error as Error))
  }
  const server: Server = tls === undefined ? createServer(listener) : createSecureServer(tls, listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // `as`: it listens on a port
  const { port } = server.address() as AddressInfo
  const started: TestServer = {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    requests,
    answer: (_, response) => void response.writeHead(404).end(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return started
}

/** Returns an answer that gives these bytes, with their ETag, and 304 to whoever has them. */
export const serving =
  (bytes: Uint8Array, etag = `"${createHash('sha256').update(bytes).digest('hex')}"`): TestServer['answer'] =>
  (request, response) => {
    if (request.headers['if-none-match'] === etag) response.writeHead(304, { etag }).end()
    else response.writeHead(200, { etag, 'content-type': 'application/gzip' }).end(bytes)
  }
