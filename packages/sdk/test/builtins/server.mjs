/** An HTTP server in a thread of its own, since who asks it sleeps; TLS with `workerData.tls`. It says its port. */
import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { parentPort, workerData } from 'node:worker_threads'
import { gzipSync } from 'node:zlib'

let attempts = 0

const answers = {
  '/json': (_, response) =>
    response.setHeader('content-type', 'application/json').end('{"a":[1,9007199254740993,1.50],"b":"é"}'),
  '/problem': (_, response) =>
    response.setHeader('content-type', 'application/problem+json; charset=utf-8').end('{"x":1}'),
  '/broken': (_, response) => response.setHeader('content-type', 'application/json').end('{"a":1} x'),
  '/text': (_, response) => response.setHeader('content-type', 'text/plain').end('{"a":1}'),
  '/yaml': (_, response) => response.setHeader('content-type', 'application/yaml').end('a: [1, yes]\nb: ~\n'),
  '/empty': (_, response) => response.writeHead(204).end(),
  '/missing': (_, response) => response.writeHead(404, { 'x-a': ['1', '2'] }).end('no'),
  '/gzip': (_, response) =>
    response
      .setHeader('content-encoding', 'gzip')
      .setHeader('content-type', 'application/json')
      .end(gzipSync('{"z":1}')),
  '/redirect': (_, response) => response.writeHead(302, { location: '/json' }).end(),
  '/away': (_, response) => response.writeHead(302, { location: 'http://elsewhere.invalid/' }).end(),
  '/keep': (_, response) => response.writeHead(307, { location: '/echo' }).end(),
  '/slow': (_, response) => setTimeout(() => response.end('late'), 3000).unref(),
  '/count': (_, response) => response.end(`${(attempts += 1)}`),
  '/echo': (request, response) => {
    const chunks = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      const { method, headers } = request
      const body = Buffer.concat(chunks).toString()
      const seen = {
        method,
        body,
        length: headers['content-length'] ?? null,
        a: headers['x-a'] ?? null,
        auth: headers.authorization ?? null,
      }
      response.setHeader('content-type', 'application/json').end(JSON.stringify(seen))
    })
  },
}

const handle = (request, response) => {
  response.sendDate = false
  const answer = answers[request.url]
  if (answer === undefined) response.writeHead(500).end()
  else answer(request, response)
}

const server = workerData.tls === undefined ? createServer(handle) : createTlsServer(workerData.tls, handle)
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))
