import { badArgument, PlangateError } from '@plangate/bundle'
import type { AsyncOpa, OpaThread } from '@plangate/opa'

/** Where OPA works, and how much it may take. */
export interface EngineOptions {
  /** A thread of its own, so that the caller's stays free; `caller` saves starting one. Default `own`. */
  readonly thread?: 'own' | 'caller'
  /** Ends the work at once, with `ERR_ABORTED`. Needs a thread of its own. */
  readonly signal?: AbortSignal
  readonly limits?: {
    /** Milliseconds from the call on, waiting for other work included. Needs a thread of its own. Default: none. */
    readonly timeoutMs?: number
    /** Bytes of OPA's memory. Default 2 GiB. */
    readonly memoryBytes?: number
  }
  /**
   * Milliseconds for which a thread of its own stays warm when there is nothing to do; then it gives its memory back, and
   * later work starts another. Default 30,000; `Infinity` keeps it until {@link closeCompiler}, 0 ends it at once.
   */
  readonly idleMs?: number
}

const threads = new Map<number | undefined, OpaThread>()

/**
 * Returns what `work` makes of OPA. Work in the same thread is done one after the other.
 *
 * @throws PlangateError `ERR_OPA_MISSING`, `ERR_OPA_FAILED`, `ERR_MEMORY_LIMIT`, `ERR_ABORTED`, `ERR_TIME_LIMIT`
 */
export const withOpa = async <T>(options: EngineOptions, work: (opa: AsyncOpa) => Promise<T>): Promise<T> => {
  const { thread = 'own', signal, idleMs = 30_000, limits: { timeoutMs, memoryBytes } = {} } = options
  const settings = { tiering: 'late', ...(memoryBytes === undefined ? {} : { memoryBytes }) } as const
  // OPA is loaded only where there is work for it, which a cache may have done.
  const { asyncOpa, loadOpa, openThread } = await import('@plangate/opa')
  try {
    if (thread === 'own') {
      const own = threads.get(memoryBytes) ?? openThread(settings)
      threads.set(memoryBytes, own)
      const signals = [signal, timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs)]
      return await own.run(work, { signal: AbortSignal.any(signals.filter((each) => each !== undefined)), idleMs })
    }
    if (signal !== undefined || timeoutMs !== undefined) {
      throw badArgument('thread', 'is `own` where `signal` or `limits.timeoutMs` is given')
    }
    return await work(asyncOpa(await loadOpa(settings)))
  } catch (error) {
    throw await translated(error)
  }
}

/** Returns an error of OPA as one of ours, and every other as it is. */
export const translated = async (error: unknown): Promise<unknown> => {
  const { OpaError } = await import('@plangate/opa')
  if (!(error instanceof OpaError)) return error
  const { code, message, hint } = error
  return new PlangateError(code, message, { ...(hint === undefined ? {} : { hint }), cause: error })
}

/** Ends the threads in which OPA works, and the work in them, and gives their memory back. Later work starts others. */
export const closeCompiler = async (): Promise<void> => {
  const open = [...threads.values()]
  threads.clear()
  await Promise.all(open.map((thread) => thread.close()))
}
