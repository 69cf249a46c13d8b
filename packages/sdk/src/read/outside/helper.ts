import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads'
import type { OutsideRequest, OutsideResponse } from './message.ts'
import type { OutsideData } from './outside-worker.ts'

/** Longer than this nothing outside is waited for, whatever a policy says. */
const MAX_WAIT_MS = 60_000

interface Helper {
  readonly worker: Worker
  readonly port: MessagePort
  readonly signal: Int32Array
}

// Node 20 cannot run the TypeScript that tests read; there a loader does what the build does.
const isSource = import.meta.url.endsWith('.ts')
const entry = new URL(isSource ? '../../../test/outside.mjs' : './outside-worker.js', import.meta.url)

let running: Helper | undefined

const start = (): Helper => {
  const signal = new Int32Array(new SharedArrayBuffer(4))
  const { port1: port, port2 } = new MessageChannel()
  const workerData: OutsideData = { port: port2, signal }
  const flags = isSource ? ['--conditions=@plangate/source'] : []
  const worker = new Worker(entry, { workerData, transferList: [port2], execArgv: flags, env: {}, name: 'plangate' })
  worker.unref()
  port.unref()
  return { worker, port, signal }
}

/**
 * Returns the answer from outside. The caller's thread sleeps until it is there, at most a minute: a WebAssembly policy
 * cannot wait otherwise. A thread of its own does the work; it starts with the first request and keeps no process alive.
 */
export const askOutside = (request: OutsideRequest): OutsideResponse => {
  const { port, signal, worker } = (running ??= start())
  Atomics.store(signal, 0, 0)
  port.postMessage(request)
  Atomics.wait(signal, 0, 0, MAX_WAIT_MS)
  // `as`: outside-worker.ts sends nothing else
  const { message } = (receiveMessageOnPort(port) ?? {}) as { readonly message?: OutsideResponse }
  if (message !== undefined) return message
  running = undefined
  void worker.terminate()
  return { kind: 'failed', network: true, message: `no answer within ${MAX_WAIT_MS / 1000} seconds` }
}
