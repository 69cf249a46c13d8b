import { stat } from 'node:fs/promises'
import { type PlanSource, readPlan } from '../read/plan.ts'
import type { PortableTask } from './thread.ts'

/**
 * Returns a plan as another thread can be given it: a regular file by its path, all else as bytes that nobody else holds.
 *
 * A caller's bytes are copied once, since they stay the caller's; what was read or written here is not.
 *
 * @param stopped rejects when nobody waits for the plan any more; a stream is then given up
 * @throws as {@link readPlan}, and what `stopped` rejects with
 */
export const portable = async (
  plan: PlanSource,
  bytes: number,
  stopped: Promise<never>,
): Promise<PortableTask['plan']> => {
  // A pipe is read here: reading it may never end, and a thread that reads cannot be stopped.
  if (typeof plan === 'string' && (await isFile(plan))) return plan
  const chunks = { count: 0 }
  const source = isStream(plan) ? until(stopped, plan, chunks) : plan
  const read = await Promise.race([readPlan(source, bytes), stopped])
  const isMine = chunks.count > 1 || !(plan instanceof Uint8Array || plan instanceof ArrayBuffer || isStream(plan))
  return isMine && read.buffer instanceof ArrayBuffer && read.byteLength === read.buffer.byteLength
    ? new Uint8Array(read.buffer)
    : new Uint8Array(read)
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (info) => info.isFile(),
    () => true, // the thread says what is wrong with it
  )

const isStream = (plan: PlanSource): plan is AsyncIterable<Uint8Array> =>
  typeof plan === 'object' && Symbol.asyncIterator in plan

async function* until(
  stopped: Promise<never>,
  stream: AsyncIterable<Uint8Array>,
  chunks: { count: number },
): AsyncGenerator<Uint8Array> {
  const iterator = stream[Symbol.asyncIterator]()
  try {
    for (;;) {
      const next = await Promise.race([iterator.next(), stopped])
      if (next.done === true) return
      chunks.count += 1
      yield next.value
    }
  } finally {
    // Not waited for: a stream that has stalled would not answer.
    iterator.return?.()?.catch(() => {})
  }
}
