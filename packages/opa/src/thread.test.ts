import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import type { Worker } from 'node:worker_threads'
import { afterAll, expect, test } from '@jest/globals'
import { loadOpa } from './load.ts'
import { openThread } from './thread.ts'

const policy = [{ path: 'a.rego', contents: new TextEncoder().encode('package a\n\np := 1\n') }]
const thread = openThread()

afterAll(() => thread.close())

const rules = (count: number) => [
  { path: 'a.rego', contents: new TextEncoder().encode(`package a\n\n${'p if input.a[_] == 1\n'.repeat(count)}`) },
]

/** Rego that OPA's parser needs many seconds for. */
const slow = rules(2e5)

const parsed = () => thread.run((opa) => opa.annotations(policy))

test('OPA answers from its thread as it does in this one', async () => {
  const here = await loadOpa()
  const there = await thread.run(async (opa) => ({ ...opa, answer: await opa.annotations(policy) }))
  expect(Object.keys(there).sort()).toEqual([...Object.keys(here), 'answer'].sort())
  expect([there.version, there.builtins, there.answer]).toEqual([here.version, here.builtins, here.annotations(policy)])
})

test('this thread stays free', async () => {
  let ticks = 0
  const timer = setInterval(() => (ticks += 1), 1)
  await thread.run((opa) => opa.annotations(rules(1000)))
  clearInterval(timer)
  expect(ticks).toBeGreaterThan(0)
})

test('work has OPA for itself until it is done', async () => {
  const order: string[] = []
  const work = (name: string) =>
    thread.run(async (opa) => {
      for (const step of [1, 2]) {
        await opa.annotations(policy)
        order.push(`${name}${step}`)
      }
    })
  await Promise.all([work('a'), work('b')])
  expect(order).toEqual(['a1', 'a2', 'b1', 'b2'])
})

test('an abort ends what runs, and nothing else', async () => {
  const controller = new AbortController()
  const ended = thread.run((opa) => opa.annotations(slow), { signal: controller.signal })
  const next = parsed()
  setTimeout(() => controller.abort(new Error('enough')), 50)
  await expect(ended).rejects.toMatchObject({ code: 'ERR_ABORTED', cause: { message: 'enough' } })
  expect((await next).modules).toHaveLength(1)
})

test('an abort ends work that waits, and not what it waits for', async () => {
  const controller = new AbortController()
  const first = parsed()
  const waiting = thread.run((opa) => opa.annotations(policy), { signal: controller.signal })
  controller.abort()
  await expect(waiting).rejects.toMatchObject({ code: 'ERR_ABORTED', message: 'OPA was stopped while it worked' })
  expect((await first).modules).toHaveLength(1)
})

test('a time limit has a code of its own', async () => {
  const ended = thread.run((opa) => opa.annotations(slow), { signal: AbortSignal.timeout(50) })
  await expect(ended).rejects.toMatchObject({ code: 'ERR_TIME_LIMIT', message: 'OPA took too long' })
})

test('closing ends what runs, and the next work starts anew', async () => {
  const ended = thread.run((opa) => opa.annotations(slow)).catch((error: unknown) => error)
  await new Promise((resolve) => setTimeout(resolve, 50))
  await thread.close()
  expect(await ended).toMatchObject({ code: 'ERR_ABORTED', message: 'OPA was closed while it worked' })
  expect((await parsed()).modules).toHaveLength(1)
})

/** The threads that `work` starts. */
const startedBy = async (work: () => Promise<unknown>): Promise<readonly Worker[]> => {
  const started: Worker[] = []
  // `as`: https://nodejs.org/docs/latest-v20.x/api/diagnostics_channel.html#worker-thread
  const see = (message: unknown) => started.push((message as { readonly worker: Worker }).worker)
  subscribe('worker_threads', see)
  await work()
  unsubscribe('worker_threads', see)
  return started
}

test('a thread that is idle ends by itself, and the next work starts another', async () => {
  const idle = openThread()
  const brief = () => idle.run((opa) => opa.annotations(policy), { idleMs: 0 })
  const [first, ...none] = await startedBy(brief)
  if (first === undefined) throw new Error('there is no thread')
  await once(first, 'exit')
  const again = await startedBy(() => Promise.all([brief(), brief(), brief()]))
  expect([none.length, again.length]).toEqual([0, 1])
  await idle.close()
})

test('a thread stays for work that comes, and for as long as no timer can count', async () => {
  const warm = openThread()
  const keep = () => warm.run((opa) => opa.annotations(policy), { idleMs: 2 ** 40 })
  const started = await startedBy(async () => {
    await warm.run((opa) => opa.annotations(policy), { idleMs: 60_000 })
    await keep()
    await new Promise((resolve) => setTimeout(resolve, 5))
    await keep()
  })
  expect(started).toHaveLength(1)
  await warm.close()
})

test('what OPA throws keeps its code on the way', async () => {
  const small = openThread({ memoryBytes: 96 * 1024 ** 2 })
  await expect(small.run((opa) => opa.annotations(slow))).rejects.toMatchObject({
    code: 'ERR_MEMORY_LIMIT',
    message: 'OPA needs more than 100663296 bytes of memory',
    hint: 'make the sources smaller, or the limit larger',
  })
  expect((await small.run((opa) => opa.annotations(policy))).modules).toHaveLength(1)
  await small.close()
})

test('a limit that OPA cannot even start with is said to be too small', async () => {
  await expect(openThread({ memoryBytes: 1024 ** 2 }).run((opa) => opa.annotations(policy))).rejects.toMatchObject({
    code: 'ERR_MEMORY_LIMIT',
    message: 'OPA needs more than 1048576 bytes of memory',
  })
})
