import { parentPort, workerData } from 'node:worker_threads'
import { openPolicy } from '../evaluate/wasm.ts'
import type { Compiled } from '../evaluate/instance.ts'
import { type Answer, type EvaluatorParts, openEvaluator, type Task } from './evaluator.ts'
import { packed, type Thrown } from './thrown.ts'

// What runs in a thread that thread.ts starts: it opens the bundle, says so, and answers one task after the other. One that
// is given a module alone only tries whether it starts.

/** What the thread sends: `ready` or `thrown` first, then for each task an answer or what it has thrown. */
export type Message = { readonly ready: true } | { readonly answer: Answer } | { readonly thrown: Thrown }

/** A task as it is sent: data that the thread has had before, and nothing else since, comes without its values. */
export interface SentTask extends Omit<Task, 'data'> {
  readonly data: Pick<Task['data'], 'key'> & Partial<Task['data']>
}

const send = (message: Message): void => parentPort?.postMessage(message)

const serve = async ({ compiled, ...parts }: EvaluatorParts): Promise<void> => {
  const evaluate = await openEvaluator(openPolicy(compiled), parts)
  let data: Task['data'] = { key: '', mounts: [] }
  parentPort?.on('message', ({ data: { key, mounts = data.mounts }, ...task }: SentTask) => {
    data = { key, mounts }
    evaluate({ ...task, data })
      .then((answer) => send({ answer }))
      .catch((error: unknown) => send({ thrown: packed(error) }))
  })
}

try {
  // `as`: thread.ts starts this with them
  const given = workerData as EvaluatorParts | Compiled
  if ('compiled' in given) await serve(given)
  else openPolicy(given)
  send({ ready: true })
} catch (error) {
  send({ thrown: packed(error) })
}
