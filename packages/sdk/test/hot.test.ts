import { beforeAll, describe, expect, test } from '@jest/globals'
import { type Gate, loadGate, type Outcome } from '../src/gate.ts'
import { hotGate, loadHotGate } from '../src/service/hot.ts'
import { bundleOf, outcome, planWith } from './bundle.ts'

const SWAPS = process.env.PLANGATE_TEST_FULL === undefined ? 30 : 1000

const saying = (word: string) => ({
  'main.rego': `package main\ndeny contains sprintf("${word} at %s", [r.address]) if some r in input.resource_changes`,
})

let one: Uint8Array
let two: Uint8Array
beforeAll(async () => {
  one = await bundleOf(saying('one'), ['main/deny'])
  two = await bundleOf(saying('two'), ['main/deny'])
})

const plan = (address: string) => planWith({ resource_changes: [{ address }] })
const messages = ({ findings }: Awaited<ReturnType<Gate['evaluate']>>) => findings.map(({ msg }) => msg)

/** A gate of which is known what runs on it, and which answers when it is told to. */
const slowGate = async (bundle: Uint8Array) => {
  const gate = await loadGate(bundle)
  const waiting: (() => void)[] = []
  let closed = false
  const slow: Gate = {
    ...gate,
    evaluate: async (...args) => {
      await new Promise<void>((resolve) => waiting.push(resolve))
      if (closed) throw new Error('closed while it was evaluating')
      return gate.evaluate(...args)
    },
    close: async (how) => {
      closed = true
      await gate.close(how)
    },
  }
  return { gate: slow, go: () => waiting.shift()?.(), isClosed: () => closed }
}

describe('a gate whose bundle is swapped', () => {
  test('ends what runs on the old bundle, begins on the new one, and then closes the old one', async () => {
    const old = await slowGate(one)
    const gate = hotGate(old.gate)
    const before = [gate.evaluate(plan('a')), gate.evaluate(plan('b'))]
    expect(await gate.swap(two)).toEqual(old.gate.bundle)
    expect(messages(await gate.evaluate(plan('c')))).toEqual(['two at c'])
    expect([old.isClosed(), gate.retiring()]).toEqual([false, 1])
    old.go()
    expect(messages(await (before[0] as Promise<never>))).toEqual(['one at a'])
    expect(old.isClosed()).toBe(false)
    old.go()
    expect(messages(await (before[1] as Promise<never>))).toEqual(['one at b'])
    expect([old.isClosed(), gate.retiring()]).toEqual([true, 0])
  })

  test('keeps the old one in force when the new one is broken', async () => {
    const gate = await loadHotGate(one)
    const { bundle } = gate
    const noWasm = await bundleOf({ 'main.rego': 'package main\nx := 1' }, ['main/x'])
    for (const broken of [new Uint8Array(9), one.subarray(0, -9), 'no/such.tar.gz', noWasm]) {
      expect(await outcome(gate.swap(broken))).toMatchObject({
        code: expect.stringMatching(/^ERR_(BUNDLE|NAMESPACE)_/),
      })
      expect(gate.bundle).toEqual(bundle)
    }
    expect(messages(await gate.evaluate(plan('a')))).toEqual(['one at a'])
  })

  test('lets a loop end on the bundle on which it began', async () => {
    const gate = await loadHotGate(one, { workers: 'none' })
    const said: (string | undefined)[] = []
    for await (const { decision } of gate.evaluateAll([plan('a'), plan('b'), plan('c')])) {
      said.push(decision && messages(decision)[0])
      if (said.length === 1) await gate.swap(two)
      expect(gate.retiring()).toBe(1)
    }
    expect(said).toEqual(['one at a', 'one at b', 'one at c'])
    expect(gate.retiring()).toBe(0)
  })

  test('does not keep a bundle for a loop that was left, has failed or was never run', async () => {
    const gate = await loadHotGate(one, { workers: 'none' })
    const begun = gate.evaluateAll([plan('a'), plan('b')])
    await begun.next()
    const failing = gate.evaluateAll(
      (function* () {
        yield plan('a')
        throw new Error('no more')
      })(),
    )
    await failing.next()
    const never = gate.evaluateAll([plan('a')])
    await gate.swap(two)
    expect(gate.retiring()).toBe(1)
    await begun.return?.()
    expect(gate.retiring()).toBe(1)
    await expect(failing.next()).rejects.toThrow('no more')
    expect(gate.retiring()).toBe(0)
    const outcomes: Outcome[] = []
    for await (const each of never) outcomes.push(each)
    expect(outcomes.map(({ decision }) => decision && messages(decision))).toEqual([['two at a']])
  })

  test('ends with the bundle of the last call, of several at a time', async () => {
    const gate = await loadHotGate(one)
    await Promise.all([gate.swap(two), gate.swap(one), gate.swap(two)])
    expect(messages(await gate.evaluate(plan('a')))).toEqual(['two at a'])
  })

  test('is swapped no more once it is closed', async () => {
    const gate = await loadHotGate(one)
    const swapped = gate.swap(two)
    await gate.close()
    expect(await outcome(swapped)).toEqual({ code: 'ERR_ABORTED', message: 'the gate was closed' })
    expect(await outcome(gate.evaluate(plan('a')))).toEqual({ code: 'ERR_ABORTED', message: 'the gate was closed' })
  })

  test.each([['none' as const], [2]])(
    `answers rightly through ${SWAPS} swaps, with workers: %p`,
    async (workers) => {
      const gate = await loadHotGate(one, { workers, idleMs: 1000 })
      const word = new Map([[gate.bundle.sha256, 'one']])
      const over = new AbortController()
      let answers = 0
      const evaluating = [0, 1, 2].map(async (lane) => {
        for (let n = 0; !over.signal.aborted; n += 1) {
          const expected = word.get(gate.bundle.sha256)
          const decision = await gate.evaluate(plan(`a${lane}-${n}`))
          expect(messages(decision)).toEqual([`${expected} at a${lane}-${n}`])
          answers += 1
          await new Promise(setImmediate)
        }
      })
      const gates = { one: await loadGate(one), two: await loadGate(two) }
      word.set(gates.two.bundle.sha256, 'two')
      for (let n = 0; n < SWAPS; n += 1) await gate.swap(n % 2 === 0 ? two : one)
      over.abort()
      await Promise.all(evaluating)
      expect(gate.retiring()).toBe(0)
      // How many is the machine's business: each loop has come round.
      expect(answers).toBeGreaterThanOrEqual(evaluating.length)
      await gate.close()
    },
    300_000,
  )
})
