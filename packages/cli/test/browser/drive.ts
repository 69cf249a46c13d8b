import { spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import type { Readable, Writable } from 'node:stream'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod'

const Message = z.looseObject({
  id: z.int().optional(),
  method: z.string().optional(),
  params: z.looseObject({}).optional(),
  result: z.looseObject({}).optional(),
  error: z.looseObject({ message: z.string() }).optional(),
})

/** A page that is used as somebody would: with keys, and asked what it shows. */
export interface Page {
  /** The value of an expression in the page, as JSON. */
  readonly ask: (expression: string) => Promise<unknown>
  /** Types text, a key at a time. */
  readonly type: (text: string) => Promise<void>
  /** Presses a key by its name, as `Escape` or `Tab`. */
  readonly press: (key: string) => Promise<void>
  /** Shows the page on another screen, or as it is printed. */
  readonly show: (screen: Screen) => Promise<void>
  /** What there is to see, as PNG. */
  readonly screenshot: () => Promise<Buffer>
  /** What the page has complained about on its console, its Content-Security-Policy included. */
  readonly complaints: readonly string[]
}

/** Where a page is shown. */
export interface Screen {
  readonly scheme?: 'light' | 'dark'
  readonly media?: 'screen' | 'print'
  /** In pixels. */
  readonly width?: number
}

/** The keys that do something beside their name. */
const keys: Readonly<Record<string, { readonly windowsVirtualKeyCode: number; readonly text?: string }>> = {
  Backspace: { windowsVirtualKeyCode: 8 },
  Tab: { windowsVirtualKeyCode: 9 },
  Enter: { windowsVirtualKeyCode: 13, text: '\r' },
  Space: { windowsVirtualKeyCode: 32, text: ' ' },
}

/** Opens `url` in headless Chromium, over a pipe, for as long as `use` takes. */
export const drive = async <T>(path: string, url: string, use: (page: Page) => Promise<T>): Promise<T> => {
  const profile = mkdtempSync(join(tmpdir(), 'plangate-chromium-'))
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run']
  const browser = spawn(path, [...flags, '--remote-debugging-pipe', `--user-data-dir=${profile}`], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const ended = new Promise<void>((resolve) => browser.on('exit', () => resolve()))
  // `as`: they are pipes
  const [to, from] = [browser.stdio[3] as Writable, browser.stdio[4] as Readable]
  const waiting = new Map<number, (message: z.infer<typeof Message>) => void>()
  const complaints: string[] = []
  let [last, rest] = [0, '']
  const page = new EventEmitter()
  from.on('data', (chunk: Buffer) => {
    const parts = `${rest}${chunk.toString()}`.split('\0')
    rest = parts.pop() ?? ''
    for (const part of parts) {
      const message = Message.parse(JSON.parse(part))
      if (message.id !== undefined) waiting.get(message.id)?.(message)
      else if (message.method === 'Page.loadEventFired') page.emit('load')
      else if (message.method === 'Log.entryAdded' || message.method === 'Runtime.exceptionThrown')
        complaints.push(JSON.stringify(message.params))
    }
  })
  const send = async (method: string, params: object, sessionId?: string) => {
    const id = ++last
    const answer = new Promise<z.infer<typeof Message>>((resolve) => waiting.set(id, resolve))
    to.write(`${JSON.stringify({ id, method, params, sessionId })}\0`)
    const gone = ended.then((): never => {
      throw new Error('Chromium has ended')
    })
    const { result, error } = await Promise.race([answer, gone])
    if (error !== undefined) throw new Error(`${method}: ${error.message}`)
    return result ?? {}
  }
  try {
    const { targetId } = await send('Target.createTarget', { url: 'about:blank' })
    const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true })
    const call = (method: string, params: object = {}) => send(method, params, String(sessionId))
    for (const domain of ['Page', 'Runtime', 'Log']) await call(`${domain}.enable`)
    const load = once(page, 'load')
    await call('Page.navigate', { url })
    await load
    const press = async (key: string, text?: string) => {
      const event = { key: key === 'Space' ? ' ' : key, ...keys[key], ...(text === undefined ? {} : { text }) }
      await call('Input.dispatchKeyEvent', { type: 'keyDown', ...event })
      await call('Input.dispatchKeyEvent', { type: 'keyUp', ...event, text: undefined })
    }
    return await use({
      ask: async (expression) => {
        const { result } = await call('Runtime.evaluate', { expression, returnByValue: true })
        return z.looseObject({ value: z.unknown().optional() }).parse(result).value
      },
      type: async (text) => {
        for (const letter of text) await press(letter, letter)
      },
      press: (key) => press(key),
      show: async ({ scheme = 'light', media = 'screen', width = 1200 }) => {
        await call('Emulation.setScrollbarsHidden', { hidden: true })
        const features = [{ name: 'prefers-color-scheme', value: scheme }]
        await call('Emulation.setEmulatedMedia', { media, features })
        await call('Emulation.setDeviceMetricsOverride', { width, height: 600, deviceScaleFactor: 1, mobile: false })
      },
      screenshot: async () => {
        const { data } = await call('Page.captureScreenshot', { format: 'png' })
        return Buffer.from(z.string().parse(data), 'base64')
      },
      complaints,
    })
  } finally {
    if (browser.pid !== undefined && browser.exitCode === null) process.kill(-browser.pid, 'SIGKILL')
    await ended
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  }
}
