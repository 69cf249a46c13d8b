import { readFileSync } from 'node:fs'
import { PassThrough } from 'node:stream'
import { readBundle } from '@plangate/bundle'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Gate, loadGate, type Outcome } from '../src/gate.ts'
import type { PlanSource } from '../src/read/plan.ts'
import { startThread } from '../src/pool/thread.ts'
import { compilePolicy } from '../src/evaluate/wasm.ts'
import { bundleOf, outcome, planWith, stack } from './bundle.ts'

// Each policy looks at one variable of the plan, so that one bundle has them all.
const policies = `package main

deny contains msg if { some r in input.resource_changes; msg := sprintf("at %s", [r.address]) }
deny contains "endless" if {
	input.variables.endless
	count([1 | some a in numbers.range(1, 100000); some b in numbers.range(1, 100000); a * b == -1]) > 0
}
deny contains "hog" if { input.variables.hog; count(numbers.range(1, 1000000000)) > 0 }
deny contains "million" if {
	input.variables.million
	count({format_int(n, 10): [n, n, n] | some n in numbers.range(1, 1000000)}) > 0
}
deny contains "regex" if {
	input.variables.regex
	regex.match("^(a+)+$", concat("", [concat("", [x | some i in numbers.range(1, 5000); x := "a"]), "b"]))
}
deny contains "replace" if { input.variables.replace; replace("abc", "", "y") == "abc" }
deny contains "slow" if { input.variables.slow; count(numbers.range(1, 300000)) > 0 }
deny contains "conflict" if conflict == 3
conflict := 1 if input.variables.conflict
conflict := 2 if input.variables.conflict
`
const about = (name: string, ...addresses: readonly string[]) =>
  planWith({ variables: { [name]: { value: 1 } }, resource_changes: addresses.map((address) => ({ address })) })
const good = (address: string) => about('good', address)

let bundle: Uint8Array
let gate: Gate
beforeAll(async () => {
  bundle = await bundleOf({ 'main.rego': policies }, ['main/deny'])
  gate = await loadGate(bundle, { workers: 2 })
})
afterAll(() => gate.close())

const folder = new URL('.', import.meta.url).pathname
const stalling = async function* () {
  yield good('a.b')
  await new Promise(() => {})
}
const failing = function* () {
  yield good('a.b')
  throw new Error('no more')
}
/** An iterator that does not like to be asked to end. */
const from = (next: () => IteratorResult<PlanSource>): Iterable<PlanSource> => ({
  [Symbol.iterator]: () => ({
    next,
    return: () => {
      throw new Error('asked to end, though it has')
    },
  }),
})
const messages = async (decision: ReturnType<Gate['evaluate']>) => (await decision).findings.map(({ msg }) => msg)
const all = async (outcomes: AsyncIterable<Outcome>) => {
  const told: unknown[] = []
  for await (const { index, decision, error } of outcomes) {
    told.push([index, decision?.findings.map(({ msg }) => msg) ?? error?.code])
  }
  return told
}

describe('a gate with threads', () => {
  test('reads a stream that is no generator', async () => {
    const pieces = [Buffer.from(JSON.stringify(good('a.b')))]
    const stream: AsyncIterable<Uint8Array> = {
      [Symbol.asyncIterator]: () => ({
        next: async () => {
          const value = pieces.shift()
          return value === undefined ? { done: true, value } : { done: false, value }
        },
        // `as`: it has no promise to give
        return: () => ({ done: true, value: undefined }) as never,
      }),
    }
    expect(await messages(gate.evaluate(stream))).toEqual(['at a.b'])
  })

  test('decides as one without, whatever the plan comes as', async () => {
    const here = await loadGate(bundle)
    const open = stack('model-endpoint/open.plan.json')
    const bytes = readFileSync(open)
    const pieces = async function* () {
      yield new Uint8Array(bytes.subarray(0, 1000))
      yield new Uint8Array(bytes.subarray(1000))
    }
    const decision = await here.evaluate(open)
    const copy = new Uint8Array(bytes)
    for (const source of [open, bytes, copy, copy.buffer, pieces(), new Blob([bytes]).stream()]) {
      expect(await gate.evaluate(source)).toEqual(decision)
    }
    expect(copy).toEqual(new Uint8Array(bytes))
    const document = JSON.parse(bytes.toString())
    expect(await gate.evaluate(document)).toEqual(await here.evaluate(document))
  })

  test('fails as one without, and the cause quotes nothing', async () => {
    const here = await loadGate(bundle)
    const key = '{"canary-3f7a'
    for (const source of ['no/such.json', Buffer.from(key), Buffer.alloc(0), about('conflict'), folder]) {
      expect(await outcome(gate.evaluate(source))).toEqual(await outcome(here.evaluate(source)))
    }
    const missing = await gate.evaluate('no/such.json').catch((error: unknown) => error)
    expect(missing).toMatchObject({ code: 'ERR_INPUT_NOT_FOUND', cause: { code: 'ENOENT' } })
    // `as`: what a caller without types could pass
    await expect(gate.evaluate(undefined as never)).rejects.toMatchObject({ code: 'ERR_ARGUMENT_INVALID' })
  })

  test('ends policies that do not end, and their neighbours never notice', async () => {
    const ends = (name: string, limits: object) => outcome(gate.evaluate(about(name), { limits }))
    const [endless, replaced, hog, million, regex, ...neighbours] = await Promise.all([
      ends('endless', { milliseconds: 300 }),
      // In WebAssembly it does not end, in the interpreter it does.
      ends('replace', { milliseconds: 300 }),
      ends('hog', { memoryBytes: 64 * 1024 * 1024, milliseconds: 60_000 }),
      ends('million', { memoryBytes: 64 * 1024 * 1024, milliseconds: 60_000 }),
      messages(gate.evaluate(about('regex'), { limits: { milliseconds: 60_000 } })),
      ...Array.from({ length: 20 }, (_, at) => messages(gate.evaluate(good(`a.b[${at}]`)))),
    ])
    const tooMuch = { code: 'ERR_MEMORY_LIMIT', message: 'the evaluation needs more than 67108864 bytes of memory' }
    const late = { code: 'ERR_TIME_LIMIT', message: 'the evaluation takes longer than 300 ms' }
    expect([late, expect.objectContaining({ verdict: 'pass' })]).toContainEqual(replaced)
    const tooMany = { ...tooMuch, message: 'the answer of `numbers.range` takes more than 67108864 bytes' }
    expect([endless, hog, million, regex]).toEqual([late, tooMany, tooMuch, []])
    expect(neighbours).toEqual(Array.from({ length: 20 }, (_, at) => [`at a.b[${at}]`]))
  })

  test('is right again after each of 200 evaluations that stop', async () => {
    const plans = Array.from({ length: 400 }, (_, at) => (at % 2 === 0 ? about('conflict') : good(`a.b[${at}]`)))
    const told = await all(gate.evaluateAll(plans))
    expect(told).toEqual(plans.map((_, at) => [at, at % 2 === 0 ? 'ERR_EVALUATION' : [`at a.b[${at}]`]]))
  })
})

test('threads with other limits of memory take turns, also when all are replaced at once', async () => {
  const own = await loadGate(bundle, { workers: 2 })
  const memoryBytes = 64 * 1024 * 1024
  const late = () => outcome(own.evaluate(about('endless'), { limits: { milliseconds: 50 } }))
  const told = await Promise.all([
    late(),
    late(),
    messages(own.evaluate(good('a.a'), { limits: { memoryBytes } })),
    ...['a.b', 'a.c', 'a.d', 'a.e'].map((address) => messages(own.evaluate(good(address)))),
    messages(own.evaluate(good('a.f'), { limits: { memoryBytes } })),
  ])
  expect(told.slice(2)).toEqual(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [`at a.${name}`]))
  await own.close()
})

describe('an abort', () => {
  test.each<[string, (controller: AbortController) => unknown]>([
    ['before', (controller) => controller.abort(new Error('enough'))],
    ['while it runs', (controller) => setTimeout(() => controller.abort(new Error('enough')), 100)],
  ])('%s ends the evaluation, and only that', async (_, abort) => {
    const controller = new AbortController()
    abort(controller)
    const neighbour = messages(gate.evaluate(good('a.b')))
    const ended = gate.evaluate(about('endless'), { signal: controller.signal })
    await expect(ended).rejects.toMatchObject({ code: 'ERR_ABORTED', cause: { message: 'enough' } })
    expect(await neighbour).toEqual(['at a.b'])
    expect(await messages(gate.evaluate(good('c.d')))).toEqual(['at c.d'])
  })

  test('after the decision changes nothing', async () => {
    const controller = new AbortController()
    const decided = await messages(gate.evaluate(good('a.b'), { signal: controller.signal }))
    controller.abort()
    expect([decided, await messages(gate.evaluate(good('c.d')))]).toEqual([['at a.b'], ['at c.d']])
  })

  test('ends what waits for a thread, and a stream that has stalled', async () => {
    const one = await loadGate(bundle, { workers: 1 })
    const [running, waiting] = [new AbortController(), new AbortController()]
    expect(await messages(one.evaluate(good('a.a')))).toEqual(['at a.a'])
    let returned = false
    const stalled: AsyncIterable<Uint8Array> = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise(() => {}),
        return: async () => ((returned = true), { done: true, value: undefined }),
      }),
    }
    const first = outcome(one.evaluate(stalled, { signal: running.signal }))
    const second = outcome(one.evaluate(good('a.b'), { signal: waiting.signal }))
    const third = messages(one.evaluate(good('c.d')))
    waiting.abort()
    expect(await second).toMatchObject({ code: 'ERR_ABORTED' })
    setTimeout(() => running.abort(), 50)
    expect(await first).toMatchObject({ code: 'ERR_ABORTED' })
    expect([await third, returned]).toEqual([['at c.d'], true])
    await one.close()
  })

  test('ends a stream of Node that has stalled', async () => {
    const one = await loadGate(bundle, { workers: 1 })
    const stalled = new PassThrough()
    stalled.write('{"format_version":')
    expect(await outcome(one.evaluate(stalled, { limits: { milliseconds: 50 } }))).toMatchObject({
      code: 'ERR_TIME_LIMIT',
    })
    expect(stalled.destroyed).toBe(true)
    await one.close()
  })

  test('by a signal of time is a limit of time', async () => {
    const ended = gate.evaluate(about('endless'), { signal: AbortSignal.timeout(100) })
    await expect(ended).rejects.toMatchObject({ code: 'ERR_TIME_LIMIT', cause: { name: 'TimeoutError' } })
  })

  test('of one signal ends all that it was given to', async () => {
    const controller = new AbortController()
    const ended = Array.from({ length: 20 }, () =>
      outcome(gate.evaluate(about('endless'), { signal: controller.signal })),
    )
    setTimeout(() => controller.abort(), 50)
    for (const one of await Promise.all(ended)) expect(one).toMatchObject({ code: 'ERR_ABORTED' })
  })
})

describe('evaluateAll', () => {
  test('tells what becomes of each plan, in their order, whichever is done first', async () => {
    const plans = ['no/such.json', about('slow'), good('a.a'), Buffer.from('{'), good('a.b'), about('conflict')]
    expect(await all(gate.evaluateAll(plans, { limits: { milliseconds: 60_000 } }))).toEqual([
      [0, 'ERR_INPUT_NOT_FOUND'],
      [1, ['slow']],
      [2, ['at a.a']],
      [3, 'ERR_INPUT_TRUNCATED'],
      [4, ['at a.b']],
      [5, 'ERR_EVALUATION'],
    ])
  })

  test('takes plans as fast as outcomes are taken, and no faster', async () => {
    let made = 0
    let returned = false
    const plans = async function* () {
      try {
        for (;;) yield good(`a.b[${made++}]`)
      } finally {
        returned = true
      }
    }
    const ahead: number[] = []
    for await (const { index } of gate.evaluateAll(plans())) {
      await new Promise((resolve) => setTimeout(resolve, 10))
      ahead.push(made - index)
      if (index === 20) break
    }
    expect(returned).toBe(true)
    // Two for each thread, the one that is told, and the one that waits to be given.
    expect(Math.max(...ahead)).toBeLessThanOrEqual(6)
    expect(Math.min(...ahead)).toBeGreaterThan(1)
  })

  test('gives an outcome when it is there, though the next plan is not', async () => {
    const outcomes = gate.evaluateAll(stalling())
    expect((await outcomes.next()).value).toMatchObject({ index: 0, decision: { verdict: 'fail' } })
    const next = outcomes.next()
    await outcomes.return?.()
    expect(await next).toEqual({ done: true, value: undefined })
  })

  test('ends what runs when the loop is left', async () => {
    const outcomes = gate.evaluateAll([good('a.b'), about('endless'), about('endless'), good('c.d')])
    for await (const { index } of outcomes) if (index === 0) break
    expect(await messages(gate.evaluate(good('e.f')))).toEqual(['at e.f'])
  })

  test('throws when its signal fires, when the plans throw, and at once for a configuration that cannot hold', async () => {
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 100)
    const { signal } = controller
    expect(await outcome(all(gate.evaluateAll([about('endless')], { signal })))).toMatchObject({ code: 'ERR_ABORTED' })
    const outcomes = gate.evaluateAll(failing())
    expect((await outcomes.next()).value).toMatchObject({ index: 0, decision: {} })
    await expect(outcomes.next()).rejects.toThrow('no more')
    // `as`: what a caller without types could pass
    expect(() => gate.evaluateAll([], { config: { enviroment: 'dev' } as never })).toThrow('Unrecognized key')
  })

  test('throws what the plans throw, whatever else is wrong with them', async () => {
    const throwing = from(() => {
      throw new Error('no more')
    })
    await expect(all(gate.evaluateAll(throwing))).rejects.toThrow('no more')
    const ended = from(() => ({ done: true, value: undefined }))
    expect(await all(gate.evaluateAll(ended))).toEqual([])
    const unopened: Iterable<PlanSource> = {
      [Symbol.iterator]: () => {
        throw new Error('not now')
      },
    }
    await expect(all(gate.evaluateAll(unopened))).rejects.toThrow('not now')
    // `as`: an iterator that keeps no promise, at a moment when nobody waits for it
    const results: unknown[] = [{ done: false, value: about('slow') }, undefined]
    const broken = from(() => results.shift() as IteratorResult<PlanSource>)
    await expect(all(gate.evaluateAll(broken))).rejects.toMatchObject({ code: 'ERR_ARGUMENT_INVALID' })
  })

  test('works in the thread of the caller too', async () => {
    const here = await loadGate(bundle, { workers: 'none' })
    expect(await all(here.evaluateAll([good('a.b'), about('conflict'), good('c.d')]))).toEqual([
      [0, ['at a.b']],
      [1, 'ERR_EVALUATION'],
      [2, ['at c.d']],
    ])
    await expect(here.evaluate(good('a.b'), { limits: { milliseconds: 1 } })).rejects.toMatchObject({
      code: 'ERR_ARGUMENT_INVALID',
    })
  })
})

describe('a gate that is closed', () => {
  test('ends what runs, and decides nothing more', async () => {
    const closing = await loadGate(bundle, { workers: 1 })
    const running = outcome(closing.evaluate(about('endless')))
    const waiting = outcome(closing.evaluate(good('a.b')))
    await messages(gate.evaluate(good('c.d')))
    await closing[Symbol.asyncDispose]()
    const closed = { code: 'ERR_ABORTED', message: 'the gate was closed' }
    expect([await running, await waiting, await outcome(closing.evaluate(good('a.b')))]).toEqual([
      closed,
      closed,
      closed,
    ])
  })

  test('waits for what its threads do when it is asked to', async () => {
    const closing = await loadGate(bundle, { workers: 1 })
    const decided = Promise.all(['a.a', 'a.b', 'a.c'].map((address) => messages(closing.evaluate(good(address)))))
    await closing.close({ drain: true })
    expect(await decided).toEqual([['at a.a'], ['at a.b'], ['at a.c']])
  })

  test('waits for what runs in the thread of the caller, too', async () => {
    const closing = await loadGate(bundle)
    let isRead = false
    const slow = async function* () {
      await new Promise((resolve) => setTimeout(resolve, 50))
      yield Buffer.from(JSON.stringify(good('a.b')))
      isRead = true
    }
    const decided = messages(closing.evaluate(slow()))
    await closing.close({ drain: true })
    expect([isRead, await decided]).toEqual([true, ['at a.b']])
    expect(await outcome(closing.evaluate(good('a.d')))).toMatchObject({ code: 'ERR_ABORTED' })
  })
})

test('what is no plan is said to be none, and what is no limit is refused', async () => {
  const one = await loadGate(bundle, { workers: 1 })
  const plans: readonly PlanSource[] = [null as never, 5 as never, {}]
  const codes: unknown[] = []
  for await (const { error } of one.evaluateAll(plans)) codes.push(error?.code)
  expect(codes).toEqual(['ERR_INPUT_NOT_PLAN', 'ERR_INPUT_NOT_PLAN', 'ERR_INPUT_NOT_PLAN'])
  for (const limits of [{ memoryBytes: NaN }, { bytes: -1 }, { milliseconds: 0 }]) {
    await expect(one.evaluate(good('a.a'), { limits })).rejects.toThrow(/is a number, and more than 0/)
    expect(() => one.evaluateAll([], { limits })).toThrow(/is a number, and more than 0/)
  }
  await one.close()
})

test('threads see the data of the bundle and of the call', async () => {
  const source = 'package main\ndeny contains sprintf("%v %v", [data.own.big, data.given])'
  const files = { 'a.rego': source, 'data.json': '{"own":{"big":9007199254740993}}' }
  const own = await loadGate(await bundleOf(files, ['main/deny']), { workers: 1, data: { given: 1 } })
  expect(await messages(own.evaluate(good('a.b')))).toEqual(['9007199254740993 1'])
  expect(await messages(own.evaluate(good('a.b')))).toEqual(['9007199254740993 1'])
  await own.close()
  // One that is given something else each time, and the same again.
  const each = await loadGate(await bundleOf(files, ['main/deny']), { workers: 1 })
  const seen: unknown[] = []
  for (const given of [{ a: 1 }, { a: 2 }, { a: 2 }, { a: 1 }])
    seen.push(...(await messages(each.evaluate(good('a.b'), { data: { given } }))))
  const texts = [1, 2, 2, 1].map((a) => `9007199254740993 {"a": ${a}}`)
  expect(seen).toEqual(texts)
  await each.close()
})

test('a thread without the memory to start is a limit of memory', async () => {
  const policy = await compilePolicy((await readBundle(bundle)).wasm ?? new Uint8Array())
  const parts = { compiled: policy.compiled, base: new TextEncoder().encode('{}'), reads: undefined, builtins: {} }
  const thread = startThread(parts, 1)
  await expect(thread.ready).rejects.toMatchObject({
    code: 'ERR_MEMORY_LIMIT',
    message: 'the evaluation needs more memory than its thread has, 1 MB',
  })
  expect(thread.ended()).toBe(true)
})

test('threads without work end, and others start', async () => {
  const brief = await loadGate(bundle, { workers: 1, idleMs: 1 })
  expect(await messages(brief.evaluate(good('a.b')))).toEqual(['at a.b'])
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(await messages(brief.evaluate(good('c.d')))).toEqual(['at c.d'])
})
