import { Writable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { PlangateError } from '@plangate/bundle'
import {
  capabilitiesOf,
  Decimal,
  formatValue,
  type Gate,
  loadGate,
  loadHotGate,
  loadPolicy,
  mergeDecisions,
  openBundleService,
  openDecisionLog,
  parseValue,
  renderJson,
  renderText,
} from '../src/index.ts'
import { odd } from '../../bundle/test/odd.ts'
import { bundleOf, planWith } from './bundle.ts'

jest.setTimeout(60_000)

const limits = { milliseconds: 20_000 }
let bundle: Uint8Array
let gate: Gate
let policy: Awaited<ReturnType<typeof loadPolicy>>
beforeAll(async () => {
  bundle = await bundleOf({ 'main.rego': 'package main\n\ndeny contains "x" if input.variables.bad\n' }, ['main/deny'])
  gate = await loadGate(bundle)
  policy = await loadPolicy(bundle)
})
afterAll(() => gate.close())

const plan = planWith({})
const sink = () => new Writable({ write: (_chunk, _encoding, done) => done() })
const taken = async (outcomes: AsyncIterable<unknown>) => {
  let count = 0
  for await (const _ of outcomes) if (++count > 20) break
}
const closed = async (opened: Promise<{ readonly close: () => Promise<void> }>) => (await opened).close()

/** What is called with something odd in place of an argument or an option. `any`-like on purpose: it is what types forbid. */
const calls: Readonly<Record<string, (value: never) => unknown>> = {
  'loadGate(source)': (value) => closed(loadGate(value)),
  'loadGate(options)': (value) => closed(loadGate(bundle, value)),
  'gate.evaluate(plan)': (value) => gate.evaluate(value),
  'gate.evaluate(plan) in a thread': (value) => gate.evaluate(value, { limits }),
  'gate.evaluate(options)': (value) => gate.evaluate(plan, value),
  'gate.evaluateAll(plans) of one': (value) => taken(gate.evaluateAll([value])),
  'gate.evaluateAll(options)': (value) => taken(gate.evaluateAll([plan], value)),
  'loadHotGate(source)': (value) => closed(loadHotGate(value)),
  'hotGate.swap(next)': async (value) => {
    const hot = await loadHotGate(bundle)
    await hot.swap(value).finally(() => hot.close())
  },
  'loadPolicy(source)': (value) => loadPolicy(value),
  'loadPolicy(options)': (value) => loadPolicy(bundle, value),
  'policy.evaluate(question)': (value) => policy.evaluate(value),
  'policy.evaluateSync(question)': (value) => policy.evaluateSync(value),
  'policy.setData(data)': (value) => policy.setData(value),
  'mergeDecisions(first)': (value) => void mergeDecisions(value),
  'mergeDecisions(rest)': (value) => mergeDecisions(value, value),
  'renderText(decisions)': (value) => renderText(value, { names: [] }),
  'renderText(options)': (value) => renderText([], value),
  'renderJson(decisions)': (value) => renderJson(value),
  'formatValue(value)': (value) => formatValue(value),
  'parseValue(text)': (value) => parseValue(value),
  'new Decimal(text)': (value) => new Decimal(value),
  'capabilitiesOf(sources)': (value) => capabilitiesOf(value),
  'openBundleService(options)': (value) => closed(openBundleService(value)),
  'openDecisionLog(options)': (value) => closed(openDecisionLog(value)),
  ...Object.fromEntries(
    ['source', 'signal', 'longPollSeconds', 'minDelayMs', 'maxDelayMs', 'onSwap', 'onError', 'data'].map((name) => [
      `openBundleService({ ${name} })`,
      (value: unknown) => closed(openBundleService({ source: bundle, [name]: value })),
    ]),
  ),
  ...Object.fromEntries(
    ['to', 'labels', 'input', 'onError', 'maxBytes'].map((name) => [
      `openDecisionLog({ ${name} })`,
      (value: unknown) => closed(openDecisionLog({ to: { stream: sink() }, [name]: value })),
    ]),
  ),
  ...Object.fromEntries(
    [
      'data',
      'namespaces',
      'limits',
      'workers',
      'idleMs',
      'select',
      'ordered',
      'strictBuiltinErrors',
      'verification',
      'grants',
      'environment',
      'builtins',
      'log',
    ].map((name) => [
      `loadGate({ ${name} })`,
      async (value: unknown) => {
        await using made = await loadGate(bundle, { [name]: value })
        await made.evaluate(plan)
      },
    ]),
  ),
  ...Object.fromEntries(
    ['bytes', 'entries', 'ratio', 'milliseconds', 'memoryBytes'].map((name) => [
      `loadGate({ limits: { ${name} } })`,
      (value: unknown) => closed(loadGate(bundle, { limits: { [name]: value } })),
    ]),
  ),
  ...Object.fromEntries(
    ['config', 'data', 'limits', 'signal', 'clock', 'onPrint', 'labels'].map((name) => [
      `gate.evaluate({ ${name} })`,
      (value: unknown) => gate.evaluate(plan, { [name]: value }),
    ]),
  ),
  ...Object.fromEntries(
    ['bytes', 'memoryBytes', 'milliseconds'].map((name) => [
      `gate.evaluate({ limits: { ${name} } })`,
      (value: unknown) => gate.evaluate(plan, { limits: { [name]: value } }),
    ]),
  ),
  ...Object.fromEntries(
    [
      'entrypoint',
      'input',
      'inputText',
      'data',
      'numbers',
      'strictBuiltinErrors',
      'onPrint',
      'memoryBytes',
      'clock',
    ].map((name) => [
      `policy.evaluate({ ${name} })`,
      (value: unknown) => policy.evaluate({ entrypoint: 'main/deny', [name]: value }),
    ]),
  ),
}

describe('whatever is given, what is thrown is coded', () => {
  test.each(Object.entries(calls))('%s', async (_, call) => {
    const wrong: unknown[] = []
    for (const [name, make] of Object.entries(odd)) {
      try {
        // `as`: what types forbid
        await call(make() as never)
      } catch (error) {
        if (!(error instanceof PlangateError)) wrong.push([name, error])
        else if (error.message.includes('unexpected')) wrong.push([name, error.message])
      }
    }
    expect(wrong).toEqual([])
  })
})

test('plans that cannot be iterated over are named', async () => {
  for (const [name, make] of Object.entries(odd)) {
    const value = make()
    const isList = ['an array', 'an array with holes', 'a map', 'a set', 'a string', 'an empty string'].includes(name)
    if (isList || name.includes('bytes') || name.includes('iterator')) continue
    // `as`: what types forbid
    const error = await taken(gate.evaluateAll(value as never)).catch((cause: unknown) => cause)
    expect([name, error]).toEqual([name, expect.objectContaining({ code: 'ERR_ARGUMENT_INVALID' })])
  }
})

test.each([
  ['options.workers', () => loadGate(bundle, { workers: 0 })],
  ['options.limits.milliseconds', () => gate.evaluate(plan, { limits: { milliseconds: 0 } })],
  ['options.grants', () => loadGate(bundle, { grants: { htp: true } as never })],
  ['options.grants.http', () => loadPolicy(bundle, { grants: { http: 'example.com' } as never })],
  ['options.grants.env', () => loadGate(bundle, { grants: { env: [null] } as never })],
  ['source.timeoutMs', () => loadGate({ url: 'https://127.0.0.1:1/x', unverified: true, timeoutMs: -1 })],
  ['source.timeoutMs', () => loadGate({ url: 'https://127.0.0.1:1/x', unverified: true, timeoutMs: '1' as never })],
  ['options.clock', () => gate.evaluate(plan, { clock: 7 as never })],
  ['plan', () => gate.evaluate({ n: 1n })],
  ['question.input', () => policy.evaluate({ entrypoint: 'main/deny', input: odd['a toJSON that throws']?.() })],
])('the error names `%s`', async (name, call) => {
  await expect(call()).rejects.toMatchObject({
    code: 'ERR_ARGUMENT_INVALID',
    message: expect.stringMatching(`^\`${name}\` `),
  })
})
