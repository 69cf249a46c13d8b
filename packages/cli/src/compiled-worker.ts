import { parentPort, workerData } from 'node:worker_threads'
import { type ErrorObject, type LoadedPolicy, loadPolicy, PlangateError } from '@plangate/sdk'

// What runs in the thread that compiled.ts starts: it loads a bundle, says so, and answers one entrypoint after the other.

/** What a test answers, or why there is no answer: in parts, since of an error only the message survives the way. */
export type CompiledAnswer = { readonly value: unknown } | { readonly error: ErrorObject }

/** What the thread sends: `ready` or `refused` first, then an answer for each entrypoint. */
export type CompiledMessage = { readonly ready: true } | { readonly refused: ErrorObject } | CompiledAnswer

function send(message: CompiledMessage): void {
  parentPort?.postMessage(message)
}

function answerOf(policy: LoadedPolicy, entrypoint: string): CompiledAnswer {
  try {
    return { value: policy.evaluateSync({ entrypoint }).value }
  } catch (error) {
    if (error instanceof PlangateError) return { error: error.toJSON() }
    throw error
  }
}

try {
  // `as`: compiled.ts starts this with a bundle
  const policy = await loadPolicy(workerData as Uint8Array)
  parentPort?.on('message', (entrypoint: string) => send(answerOf(policy, entrypoint)))
  send({ ready: true })
} catch (error) {
  if (!(error instanceof PlangateError)) throw error
  send({ refused: error.toJSON() })
}
