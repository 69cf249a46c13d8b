import { parentPort, workerData } from 'node:worker_threads'
import { OpaError, type OpaErrorCode } from './errors.ts'
import { loadOpa, type OpaOptions } from './load.ts'
import type { Opa } from './opa.ts'

// What runs in the thread that thread.ts starts: it loads OPA, says so, and answers one call after the other.

/** Asks for one call of a method of {@link Opa}. */
export interface Call {
  readonly id: number
  readonly method: string
  readonly args: readonly unknown[]
}

/** Says that OPA runs: what is not a method, and the names of the methods. */
export interface Started {
  readonly values: Readonly<Record<string, unknown>>
  readonly methods: readonly string[]
}

/** What was thrown: an OpaError in parts, since only an Error's own fields survive the way. */
export type Thrown =
  | { readonly error: unknown }
  | { readonly code: OpaErrorCode; readonly message: string; readonly hint?: string; readonly cause: unknown }

/** What the thread sends: `started` or `thrown` first, then for each call a value or what it has thrown. */
export type Message =
  | { readonly started: Started }
  | { readonly thrown: Thrown }
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly thrown: Thrown }

const thrown = (error: unknown): Thrown => {
  if (!(error instanceof OpaError)) return { error }
  const { code, message, hint, cause } = error
  return { code, message, cause, ...(hint === undefined ? {} : { hint }) }
}

const answer = (opa: Opa, { id, method, args }: Call): Message => {
  try {
    // `as`: the other side asks for what `started` has named, with the arguments that the types of Opa ask for
    const called = opa[method as keyof Opa] as unknown as (...args: readonly unknown[]) => unknown
    return { id, value: called(...args) }
  } catch (error) {
    return { id, thrown: thrown(error) }
  }
}

const send = (message: Message): void => parentPort?.postMessage(message)

try {
  // `as`: thread.ts starts this with its options
  const opa = await loadOpa(workerData as OpaOptions)
  const entries = Object.entries(opa)
  const methods = entries.filter(([, value]) => typeof value === 'function').map(([name]) => name)
  const values = Object.fromEntries(entries.filter(([, value]) => typeof value !== 'function'))
  parentPort?.on('message', (call: Call) => {
    send(answer(opa, call))
    opa.collect()
  })
  send({ started: { values, methods } })
} catch (error) {
  send({ thrown: thrown(error) })
}
