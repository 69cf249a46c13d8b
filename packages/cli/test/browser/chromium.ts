import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome']

/** The path of a Chromium, `PLANGATE_CHROMIUM` or one on PATH; undefined where there is none. */
export const chromium: string | undefined = [
  process.env['PLANGATE_CHROMIUM'] ?? '',
  ...names.flatMap((name) => (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name))),
].find((path) => path !== '' && existsSync(path))

/** What a page may do: no code from text, no other origin. */
const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
].join('; ')

const types: Readonly<Record<string, string>> = { js: 'text/javascript', html: 'text/html', wasm: 'application/wasm' }

/** What a page has posted to `/result`, and what went wrong beside it. */
export interface Visit {
  readonly result: unknown
  readonly wrong: readonly string[]
}

// Posts what ends a page, and what its Content-Security-Policy has kept from it.
const watch = `const post = (path, body) => fetch(path, { method: 'POST', body })
addEventListener('error', ({ message }) => post('/failed', message))
addEventListener('unhandledrejection', ({ reason }) => post('/failed', String(reason?.stack ?? reason)))
document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
  post('/wrong', violatedDirective + ' ' + blockedURI),
)
`

/** Opens a page with the script `/page.js` in headless Chromium and returns what it posts to `/result`, as JSON. */
export const visit = async (
  path: string,
  body: string,
  files: Readonly<Record<string, Uint8Array | string>>,
): Promise<Visit> => {
  const html = `<!doctype html><script src="/watch.js"></script><script type="module" src="/page.js"></script>${body}`
  const served = new Map(Object.entries({ ...files, 'index.html': html, 'watch.js': watch }))
  const wrong: string[] = []
  const profile = mkdtempSync(join(tmpdir(), 'plangate-chromium-'))
  const server = createServer()
  try {
    const posted = new Promise<string>((resolve, reject) => {
      server.on('request', async (request, response) => {
        const name = request.url === '/' ? 'index.html' : (request.url ?? '').slice(1)
        if (request.method === 'POST') {
          const text = await textOf(request)
          response.end()
          if (name === 'result') resolve(text)
          else if (name === 'failed') reject(new Error(`the page has failed: ${text}`))
          else wrong.push(text)
          return
        }
        const content = served.get(name)
        // What a browser asks for unasked is not there, and does not count.
        if (content === undefined && name !== 'favicon.ico') wrong.push(`no file \`${name}\``)
        const type = types[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream'
        response.writeHead(content === undefined ? 404 : 200, {
          'Content-Type': type,
          'Content-Security-Policy': policy,
        })
        response.end(content)
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    // `as`: it listens on a port
    const { port } = server.address() as AddressInfo
    const browser = spawn(
      path,
      [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--no-first-run',
        '--remote-debugging-port=0',
        `--user-data-dir=${profile}`,
        `http://127.0.0.1:${port}/`,
      ],
      { stdio: ['ignore', 'ignore', 'pipe'], detached: true },
    )
    let said = ''
    browser.stderr.on('data', (chunk: Buffer) => (said = `${said}${chunk.toString()}`.slice(-4000)))
    const ended = new Promise<void>((resolve) => browser.on('exit', () => resolve()))
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`the page posts nothing; ${wrong.join('; ')}\n${said}`)), 120_000)
    })
    const gone = ended.then(() => Promise.reject(new Error(`Chromium has ended: ${said}`)))
    try {
      return { result: JSON.parse(await Promise.race([posted, late, gone])), wrong }
    } finally {
      clearTimeout(timer)
      // The whole group: it has processes of its own.
      if (browser.pid !== undefined && browser.exitCode === null) process.kill(-browser.pid, 'SIGKILL')
      browser.stderr.destroy()
      await ended
      await gone.catch(() => undefined)
    }
  } finally {
    server.closeAllConnections()
    server.close()
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  }
}

const textOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Uint8Array[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}
