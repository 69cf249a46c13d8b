import { deferred } from './deferred.ts'
import type { Compiled } from '../evaluate/instance.ts'
import type { LoadLimits } from './load.ts'
import { stopWhen } from './stop.ts'
import { broken, heapMegabytes, startWorker } from './thread.ts'
import { unpacked } from './thrown.ts'
import type { Message } from './worker.ts'

/**
 * Lets a module start in a thread of its own, which then ends: what starts there ends everywhere, since nothing that differs
 * between threads is within its reach.
 *
 * @throws PlangateError `ERR_TIME_LIMIT`, `ERR_MEMORY_LIMIT`, and what `openPolicy` throws
 */
export const probe = async (compiled: Compiled, { milliseconds, memoryBytes }: LoadLimits): Promise<void> => {
  const heapMb = heapMegabytes(memoryBytes)
  const worker = startWorker(compiled, heapMb)
  const time = stopWhen({ signals: [], milliseconds, what: "the start of the bundle's WASM" })
  const started = deferred<void>()
  worker.on('message', (message: Message) =>
    'thrown' in message ? started.reject(unpacked(message.thrown)) : started.resolve(),
  )
  worker.on('error', (cause) => started.reject(broken(cause, heapMb)))
  worker.on('exit', () => started.reject(broken(undefined, heapMb)))
  try {
    await Promise.race([started.promise, time.reached])
  } finally {
    time.release()
    await worker.terminate()
  }
}
