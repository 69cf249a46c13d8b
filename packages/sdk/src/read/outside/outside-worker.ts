import { lookup } from 'node:dns/promises'
import { type MessagePort, workerData } from 'node:worker_threads'
import { sendHttp } from './http.ts'
import type { OutsideRequest, OutsideResponse } from './message.ts'

// What runs in the thread that helper.ts starts: it does what takes time, and then wakes who waits for it.

/** What the thread is started with: `signal` holds 1 when the answer is in `port`. */
export interface OutsideData {
  readonly port: MessagePort
  readonly signal: Int32Array
}

const answer = async (request: OutsideRequest): Promise<OutsideResponse> => {
  if (request.kind === 'http') return sendHttp(request)
  const found = await lookup(request.name, { all: true })
  return { kind: 'lookup', addresses: found.map(({ address }) => address) }
}

// `as`: helper.ts starts this with them
const { port, signal } = workerData as OutsideData

port.on('message', (request: OutsideRequest) => {
  answer(request)
    .catch((cause: unknown): OutsideResponse => {
      const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
      const name = request.kind === 'lookup' ? request.name : ''
      const message = code === 'ENOTFOUND' ? `lookup ${name}: no such host` : String(cause)
      return { kind: 'failed', network: true, message }
    })
    .then((response) => {
      port.postMessage(response)
      Atomics.store(signal, 0, 1)
      Atomics.notify(signal, 0)
    })
})
