import { Worker } from 'node:worker_threads'
import { PlangateError } from '@plangate/bundle'
import type { Compiled } from '../evaluate/instance.ts'
import { type Deferred, deferred } from './deferred.ts'
import type { Answer, EvaluatorParts, Task } from './evaluator.ts'
import { unpacked } from './thrown.ts'
import type { Message, SentTask } from './worker.ts'

/** A task that can be handed to another thread: its plan is the path of a regular file, or bytes that nobody else holds. */
export interface PortableTask extends Task {
  readonly plan: string | Uint8Array<ArrayBuffer>
}

/** A worker that evaluates one task after the other. */
export interface Thread {
  /** Megabytes of its JavaScript heap; undefined for what V8 chooses. */
  readonly heapMb: number | undefined
  /** Resolves when it can take a task, and rejects when it cannot start. */
  readonly ready: Promise<void>
  /** Whether it has ended, however. */
  readonly ended: () => boolean
  /** Returns the answer, or throws what the evaluation throws, or why the thread has ended. One task at a time. */
  readonly run: (task: PortableTask) => Promise<Answer>
  /** Ends the thread wherever it is; what runs then throws `reason`. Resolves when nothing of it is left. */
  readonly stop: (reason: PlangateError) => Promise<void>
  /** Says whether it keeps the process alive. */
  readonly hold: (alive: boolean) => void
}

// Node 20 cannot run the TypeScript that tests read; there a loader does what the build does.
const isSource = import.meta.url.endsWith('.ts')
const entry = new URL(isSource ? '../../test/worker.mjs' : './worker.js', import.meta.url)
const flags = isSource ? ['--conditions=@plangate/source'] : []

/** Megabytes of heap below which a thread does not even start. */
const LEAST_HEAP_MB = 64

/** Returns the megabytes of heap for a thread that may take so many bytes; undefined where nothing is said. */
export const heapMegabytes = (bytes: number | undefined): number | undefined =>
  bytes === undefined ? undefined : Math.max(LEAST_HEAP_MB, Math.ceil(bytes / 2 ** 20))

/** Returns a worker that runs worker.ts, without the flags of this process, some of which it refuses, and its environment. */
export const startWorker = (workerData: EvaluatorParts | Compiled, heapMb: number | undefined): Worker =>
  new Worker(entry, {
    workerData,
    execArgv: flags,
    env: {},
    name: 'plangate',
    ...(heapMb === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: heapMb } }),
  })

/** Starts a thread. */
export const startThread = (parts: EvaluatorParts, heapMb: number | undefined): Thread => {
  const worker = startWorker(parts, heapMb)
  let isEnded = false
  let why: PlangateError | undefined
  let pending: Deferred<Answer> | undefined
  let lastData: string | undefined
  const start = deferred<void>()
  start.promise.catch(() => {})

  const settle = (message: Message) => {
    const task = pending
    pending = undefined
    if ('ready' in message) start.resolve()
    else if ('answer' in message) task?.resolve(message.answer)
    else if (task === undefined) fail(unpacked(message.thrown))
    else task.reject(unpacked(message.thrown))
  }
  const fail = (error: Error) => {
    isEnded = true
    start.reject(error)
    pending?.reject(error)
    pending = undefined
    void worker.terminate()
  }
  worker.on('message', settle)
  worker.on('messageerror', (cause) => fail(broken(cause, heapMb)))
  worker.on('error', (cause) => fail(why ?? broken(cause, heapMb)))
  worker.on('exit', () => fail(why ?? broken(undefined, heapMb)))

  return {
    heapMb,
    ready: start.promise,
    ended: () => isEnded,
    run: (task) => {
      pending = deferred()
      // Data can be large and seldom changes: the thread keeps what it had last.
      const { key } = task.data
      const sent: SentTask = key === lastData ? { ...task, data: { key } } : task
      const bytes = typeof task.plan === 'string' ? task.read?.input : task.plan
      worker.postMessage(sent, bytes?.buffer instanceof ArrayBuffer ? [bytes.buffer] : [])
      lastData = key
      return pending.promise
    },
    stop: async (reason) => {
      why ??= reason
      fail(why)
      await worker.terminate()
    },
    hold: (alive) => (alive ? worker.ref() : worker.unref()),
  }
}

/** Returns the error for a worker that has ended by itself. */
export const broken = (cause: unknown, heapMb: number | undefined): PlangateError => {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined
  if (code !== 'ERR_WORKER_OUT_OF_MEMORY')
    return new PlangateError('ERR_EVALUATION', 'the evaluation stopped: its thread ended', { cause })
  const limit = heapMb === undefined ? '' : `, ${heapMb} MB`
  return new PlangateError('ERR_MEMORY_LIMIT', `the evaluation needs more memory than its thread has${limit}`, {
    hint: 'give it more memory, at most 4 GiB, or gate a smaller plan',
    cause,
  })
}
