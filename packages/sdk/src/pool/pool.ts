import { availableParallelism } from 'node:os'
import { PlangateError } from '@plangate/bundle'
import { type Deferred, deferred } from './deferred.ts'
import type { Answer, EvaluatorParts, Task } from './evaluator.ts'
import { portable } from './portable.ts'
import { stopWhen } from './stop.ts'
import { heapMegabytes, startThread, type Thread } from './thread.ts'

/** How a pool is made. */
export interface PoolOptions {
  /** Most threads at a time. Unless given, as many as the system runs at once. */
  readonly workers?: number | undefined
  /** Milliseconds after which a thread that has nothing to do ends and gives its memory back. Default 30,000. */
  readonly idleMs?: number | undefined
}

/** What ends one evaluation. */
export interface Limits {
  readonly signals: readonly (AbortSignal | undefined)[]
  /** From the moment a thread is free for it: waiting for one does not count. */
  readonly milliseconds?: number | undefined
  /** Bytes of the thread's JavaScript heap, where it is limited. */
  readonly heapBytes?: number | undefined
}

/** Threads that evaluate one bundle. They start with the first work, and keep the process alive only while they work. */
export interface Pool {
  readonly size: number
  /**
   * Returns the answer to a task. While all threads work, it waits its turn, and its plan is not read before.
   *
   * A thread that has to be ended is replaced at once; the others go on.
   *
   * @throws what the evaluation throws; PlangateError `ERR_ABORTED`, `ERR_TIME_LIMIT`, `ERR_MEMORY_LIMIT`
   */
  readonly run: (task: Task, limits: Limits) => Promise<Answer>
  /** Takes no more work, and ends what runs and what waits, or waits for it. */
  readonly close: (options?: { readonly drain?: boolean }) => Promise<void>
}

interface Waiter extends Deferred<Thread> {
  readonly heapMb: number | undefined
}

/** Returns a pool without threads. */
export const openPool = (
  parts: EvaluatorParts,
  { workers: size = availableParallelism(), idleMs = 30_000 }: PoolOptions = {},
): Pool => {
  const shared = { ...parts, base: sharedCopy(parts.base) }
  const threads = new Set<Thread>()
  const starting = new Set<Thread>()
  const idle = new Map<Thread, NodeJS.Timeout | undefined>()
  const queue = new Set<Waiter>()
  const working = new Set<Promise<unknown>>()
  const closing = new AbortController()

  const start = (heapMb: number | undefined) => {
    const thread = startThread(shared, heapMb)
    thread.hold(false)
    threads.add(thread)
    starting.add(thread)
    const started = () => {
      starting.delete(thread)
      giveBack(thread)
    }
    thread.ready.then(started, (error: unknown) => {
      // One of those who wait is told, lest all wait for threads that cannot start.
      const [first] = queue
      if (first !== undefined) queue.delete(first)
      first?.reject(error)
      started()
    })
  }
  const giveBack = (thread: Thread) => {
    if (thread.ended()) {
      threads.delete(thread)
    } else {
      thread.hold(false)
      const timer = idleMs < 2 ** 31 ? setTimeout(end, idleMs, thread) : undefined
      timer?.unref()
      idle.set(thread, timer)
    }
    serve()
  }
  const take = (thread: Thread) => {
    clearTimeout(idle.get(thread))
    idle.delete(thread)
  }
  const end = (thread: Thread) => {
    take(thread)
    threads.delete(thread)
    return thread.stop(closed())
  }
  /** Gives threads to those who wait, in order, and starts as many as are missing. */
  const serve = () => {
    for (const waiter of queue) {
      for (const thread of idle.keys()) if (thread.ended()) void end(thread)
      const thread = [...idle.keys()].findLast(({ heapMb }) => heapMb === waiter.heapMb)
      if (thread === undefined) break
      take(thread)
      thread.hold(true)
      queue.delete(waiter)
      waiter.resolve(thread)
    }
    // Threads that start or are idle, each for the first that waits for one like it; those left over may go.
    const coming = [...starting, ...idle.keys()]
    for (const { heapMb } of queue) {
      const mine = coming.findIndex((thread) => thread.heapMb === heapMb)
      if (mine >= 0) {
        coming.splice(mine, 1)
        continue
      }
      const other = threads.size < size ? -1 : coming.findIndex((thread) => idle.has(thread))
      for (const thread of other < 0 ? [] : coming.splice(other, 1)) void end(thread)
      if (threads.size >= size || closing.signal.aborted) break
      start(heapMb)
    }
    for (const thread of starting) thread.hold(queue.size > 0)
  }
  const seat = (heapMb: number | undefined, stopped: Promise<never>): Promise<Thread> => {
    const waiter = { ...deferred<Thread>(), heapMb }
    queue.add(waiter)
    stopped.catch((reason: unknown) => {
      if (queue.delete(waiter)) waiter.reject(reason)
    })
    serve()
    return waiter.promise
  }

  const run = async (task: Task, { signals, milliseconds, heapBytes }: Limits): Promise<Answer> => {
    const given = [closing.signal, ...signals]
    const abort = stopWhen({ signals: given })
    try {
      // It takes no thread that would then have to be ended.
      if (given.some((signal) => signal?.aborted === true)) await abort.reached
      const thread = await seat(heapMegabytes(heapBytes), abort.reached)
      const time = stopWhen({ signals: [], milliseconds })
      try {
        const stopped = Promise.race([abort.reached, time.reached])
        stopped.catch(() => {})
        const portableTask = await portable(task, task.prints ? undefined : parts.reads, stopped)
        stopped.catch((reason: PlangateError) => thread.stop(reason))
        return await thread.run(portableTask)
      } finally {
        time.release()
        if (thread.ended() && threads.delete(thread) && !closing.signal.aborted) start(thread.heapMb)
        giveBack(thread)
      }
    } finally {
      abort.release()
    }
  }
  return {
    size,
    run: (task, limits) => {
      const work = run(task, limits)
      working.add(work)
      const done = () => working.delete(work)
      work.then(done, done)
      return work
    },
    close: async ({ drain = false } = {}) => {
      if (drain) await Promise.allSettled(working)
      closing.abort(closed())
      await Promise.all([...threads].map(end))
    },
  }
}

const closed = (): PlangateError => new PlangateError('ERR_ABORTED', 'the gate was closed')

const sharedCopy = (bytes: Uint8Array): Uint8Array => {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length))
  copy.set(bytes)
  return copy
}
