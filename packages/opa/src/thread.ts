import { Worker } from 'node:worker_threads'
import type { AsyncOpa } from './async.ts'
import { OpaError } from './errors.ts'
import type { OpaOptions } from './load.ts'
import type { Call, Message, Thrown } from './worker.ts'

/** OPA on a thread of its own, which starts with the first work and is kept warm for the next. */
export interface OpaThread {
  /**
   * Returns what `work` returns. It has OPA for itself until then; other work waits. An abort ends it at once, wherever
   * it is, and costs the thread; the next work starts another.
   *
   * Rejects with what `work` throws, with what OPA throws, and with OpaError `ERR_ABORTED`, or
   * `ERR_TIME_LIMIT` where the signal is that of `AbortSignal.timeout`.
   */
  readonly run: <T>(work: (opa: AsyncOpa) => Promise<T>, options?: WorkOptions) => Promise<T>
  /** Ends the thread, and with it the work that runs. Work that comes later starts another. */
  readonly close: () => Promise<void>
}

/** How work is done. */
export interface WorkOptions {
  readonly signal?: AbortSignal
  /**
   * Milliseconds for which the thread stays warm after this work, unless more comes; then it ends, and its memory is
   * free. Default `Infinity`, which is also what any number stands for that no timer can count, from 2 ** 31.
   */
  readonly idleMs?: number
}

/** Returns a thread. It keeps the process alive only while it works. */
export const openThread = (options: OpaOptions = {}): OpaThread => {
  let running: Running | undefined
  let turn: Promise<unknown> = Promise.resolve()
  let unfinished = 0
  let idle: NodeJS.Timeout | undefined

  const forget = (one: Running) => {
    if (running === one) running = undefined
  }
  const stop = (one: Running, reason: OpaError): Promise<void> => {
    forget(one)
    return one.stop(reason)
  }
  const begin = async <T>(work: (opa: AsyncOpa) => Promise<T>, signal: AbortSignal | undefined): Promise<T> => {
    if (signal?.aborted) throw aborted(signal)
    const mine = (running ??= startWorker(options))
    mine.ended.catch(() => forget(mine))
    mine.worker.ref()
    try {
      return await whileWanted(Promise.race([mine.opa.then(work), mine.ended]), signal, (reason) => stop(mine, reason))
    } finally {
      mine.worker.unref()
    }
  }

  const closeNow = async () => {
    clearTimeout(idle)
    if (running !== undefined) await stop(running, new OpaError('ERR_ABORTED', 'OPA was closed while it worked'))
  }
  const finished = (idleMs: number) => {
    unfinished -= 1
    if (unfinished > 0 || idleMs >= 2 ** 31) return
    idle = setTimeout(closeNow, idleMs)
    idle.unref()
  }

  return {
    run: (work, { signal, idleMs = Infinity } = {}) => {
      clearTimeout(idle)
      unfinished += 1
      const mine = turn.then(() => begin(work, signal))
      turn = mine.catch(() => {}).then(() => finished(idleMs))
      return whileWanted(mine, signal)
    },
    close: closeNow,
  }
}

/** A thread that runs. `ended` never resolves, and rejects when the thread ends, with the reason. */
interface Running {
  readonly worker: Worker
  readonly opa: Promise<AsyncOpa>
  readonly ended: Promise<never>
  readonly stop: (reason: OpaError) => Promise<void>
}

// Node 20 cannot run the TypeScript that tests read; there a loader does what the build does.
const entry = (): URL =>
  import.meta.url.endsWith('.ts')
    ? new URL('../test/worker.mjs', import.meta.url)
    : new URL('./worker.js', import.meta.url)

const startWorker = (options: OpaOptions): Running => {
  // Without the flags of this process, some of which a thread refuses, and without its environment.
  const worker = new Worker(entry(), { workerData: options, execArgv: [], env: {}, name: 'opa' })
  const calls = new Map<number, Settle>()
  let why: OpaError | undefined
  const ended = new Promise<never>((_, reject) => {
    worker.on('error', (cause) => reject(broken(cause)))
    worker.on('exit', () => reject(why ?? broken()))
  })
  ended.catch(() => {})
  const opa = new Promise<AsyncOpa>((resolve, reject) => {
    worker.on('message', (message: Message) => {
      if ('started' in message) resolve(remote(worker, calls, message.started))
      else if (!('id' in message)) {
        reject(restored(message.thrown))
        void worker.terminate()
      } else {
        const call = calls.get(message.id)
        calls.delete(message.id)
        if ('thrown' in message) call?.reject(restored(message.thrown))
        else call?.resolve(message.value)
      }
    })
  })
  opa.catch(() => {})
  const stop = async (reason: OpaError) => {
    why = reason
    await worker.terminate()
  }
  return { worker, opa, ended, stop }
}

interface Settle {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

const remote = (
  worker: Worker,
  calls: Map<number, Settle>,
  { values, methods }: { readonly values: Readonly<Record<string, unknown>>; readonly methods: readonly string[] },
): AsyncOpa => {
  let last = 0
  const method = (name: string) => [
    name,
    (...args: readonly unknown[]) =>
      new Promise((resolve, reject) => {
        const call: Call = { id: ++last, method: name, args }
        calls.set(call.id, { resolve, reject })
        worker.postMessage(call)
      }),
  ]
  // `as`: the methods and values are those of the Opa on the other side
  return { ...values, ...Object.fromEntries(methods.map(method)) } as unknown as AsyncOpa
}

/** Settles as `work` does, or rejects when the signal says so, which then also stops it. */
const whileWanted = <T>(
  work: Promise<T>,
  signal: AbortSignal | undefined,
  stop: (reason: OpaError) => unknown = () => {},
): Promise<T> => {
  if (signal === undefined) return work
  return new Promise<T>((resolve, reject) => {
    const abort = () => {
      const reason = aborted(signal)
      reject(reason)
      stop(reason)
    }
    if (signal.aborted) abort()
    else signal.addEventListener('abort', abort, { once: true })
    const done = () => signal.removeEventListener('abort', abort)
    work.then(resolve, reject).then(done)
  })
}

const aborted = ({ reason }: AbortSignal): OpaError => {
  const isTimeout = typeof reason === 'object' && reason !== null && 'name' in reason && reason.name === 'TimeoutError'
  return isTimeout
    ? new OpaError('ERR_TIME_LIMIT', 'OPA took too long', { cause: reason, hint: 'give it more time, or less to do' })
    : new OpaError('ERR_ABORTED', 'OPA was stopped while it worked', { cause: reason })
}

const broken = (cause?: unknown): OpaError => {
  const isMemory = String(cause).includes('memory limit')
  return isMemory
    ? new OpaError('ERR_MEMORY_LIMIT', 'the thread of OPA ran out of memory', {
        hint: 'make the sources smaller',
        cause,
      })
    : new OpaError('ERR_OPA_FAILED', 'the thread of OPA ended', { cause })
}

const restored = (thrown: Thrown): unknown => {
  if ('error' in thrown) return thrown.error
  const { code, message, hint, cause } = thrown
  return new OpaError(code, message, { cause, ...(hint === undefined ? {} : { hint }) })
}
