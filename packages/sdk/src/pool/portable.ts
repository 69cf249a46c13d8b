import { stat } from 'node:fs/promises'
import { readArgument } from '@plangate/bundle'
import { type InputReads, readInputStream } from '../input/read.ts'
import { openPlan } from '../read/plan.ts'
import type { Task } from './evaluator.ts'
import type { PortableTask } from './thread.ts'

/**
 * Returns a task as another thread can be given it: with the path of a regular file, with what is read of a stream, which
 * is taken here while it comes, or else with bytes that nobody else holds.
 *
 * A caller's bytes are copied once, since they stay the caller's; what was written here is not.
 *
 * @param stopped rejects when nobody waits for the plan any more; a stream is then given up
 * @throws as {@link readPlanInput}, and what `stopped` rejects with
 */
export const portable = async (
  task: Task,
  reads: InputReads | undefined,
  stopped: Promise<never>,
): Promise<PortableTask> => {
  const { plan, bytes, memoryBytes } = task
  // A pipe is read here: reading it may never end, and a thread that reads cannot be stopped.
  if (typeof plan === 'string' && (await isFile(plan))) return { ...task, plan }
  const stream = readArgument('plan', () => (isStream(plan) ? plan : undefined))
  const opened = await Promise.race([openPlan(stream === undefined ? plan : until(stopped, stream), bytes), stopped])
  if (!(opened instanceof Uint8Array))
    return { ...task, plan: '', read: await Promise.race([readInputStream(opened, reads, { memoryBytes }), stopped]) }
  const isMine = !(plan instanceof ArrayBuffer || ArrayBuffer.isView(plan))
  const isAll = opened.buffer instanceof ArrayBuffer && opened.byteLength === opened.buffer.byteLength
  return { ...task, plan: isMine && isAll ? new Uint8Array(opened.buffer) : new Uint8Array(opened) }
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (info) => info.isFile(),
    () => true, // the thread says what is wrong with it
  )

// Given what a caller without types may pass, too.
const isStream = (plan: unknown): plan is AsyncIterable<Uint8Array> =>
  typeof plan === 'object' && plan !== null && Symbol.asyncIterator in plan

async function* until(stopped: Promise<never>, stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = stream[Symbol.asyncIterator]()
  const end = async () => {
    // A stream of Node that has stalled is ended by this only.
    if ('destroy' in stream && typeof stream.destroy === 'function') stream.destroy()
    await iterator.return?.()
  }
  let isDone = false
  try {
    for (;;) {
      const next = await Promise.race([iterator.next(), stopped])
      isDone = next.done === true
      if (next.done === true) return
      yield next.value
    }
  } finally {
    // Not waited for: a stream that has stalled would not answer.
    if (!isDone) end().catch(() => {})
  }
}
