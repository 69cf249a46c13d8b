import { Worker } from 'node:worker_threads'
import { PlangateError } from '@plangate/sdk'
import type { CompiledAnswer, CompiledMessage } from './compiled-worker.ts'

/** Tests as WebAssembly in a thread of their own, so that one that does not end can be ended. */
export interface CompiledPolicy {
  /** Returns the answer of an entrypoint, or `late` when it took longer than a test may. */
  readonly evaluate: (entrypoint: string) => Promise<CompiledAnswer | 'late'>
  /** Ends the thread. */
  readonly close: () => Promise<void>
}

/**
 * Returns the tests of a bundle. What takes longer than `timeoutMs` costs the thread, and the next test starts another;
 * the time that a thread needs to load the bundle is not counted.
 *
 * Rejects with what `loadPolicy` throws, and with `ERR_TIME_LIMIT` where `signal` says that the time of all is over.
 */
export function compiledPolicy(
  bundle: Uint8Array,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal?: AbortSignal },
): CompiledPolicy {
  let thread: Worker | undefined
  const close = async () => {
    const ending = thread
    thread = undefined
    await ending?.terminate()
  }
  const start = async () => {
    const worker = new Worker(new URL('./compiled-worker.js', import.meta.url), {
      workerData: bundle,
      execArgv: [],
      env: {},
      name: 'tests',
    })
    thread = worker
    const first = await next(worker, { signal })
    if (first !== 'late' && 'refused' in first) {
      const { code, message, hint } = first.refused
      throw new PlangateError(code, message, hint === undefined ? {} : { hint })
    }
    return worker
  }
  return {
    evaluate: async (entrypoint) => {
      const worker = thread ?? (await start())
      worker.postMessage(entrypoint)
      const answer = await next(worker, { signal, timeoutMs })
      if (answer === 'late') await close()
      else if (!('value' in answer || 'error' in answer)) throw new TypeError('the thread of the tests gave no answer')
      return answer
    },
    close,
  }
}

interface Waiting {
  readonly signal: AbortSignal | undefined
  readonly timeoutMs?: number
}

/** The next message of a thread, or `late` when it takes longer. */
function next(worker: Worker, { signal, timeoutMs }: Waiting): Promise<CompiledMessage | 'late'> {
  const done = new AbortController()
  const once = { once: true, signal: done.signal }
  return new Promise<CompiledMessage | 'late'>((resolve, reject) => {
    const over = () => {
      const hint = 'give it more time with `--run-timeout`, or run fewer tests'
      reject(new PlangateError('ERR_TIME_LIMIT', 'the compiled tests took too long', { hint, cause: signal?.reason }))
    }
    if (signal?.aborted) over()
    signal?.addEventListener('abort', over, once)
    const timer = timeoutMs === undefined ? undefined : setTimeout(resolve, timeoutMs, 'late')
    const exit = () => reject(new Error('the thread of the tests ended'))
    worker.once('message', resolve).once('error', reject).once('exit', exit)
    done.signal.addEventListener('abort', () => {
      clearTimeout(timer)
      worker.off('message', resolve).off('error', reject).off('exit', exit)
    })
  }).finally(() => done.abort())
}
