import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Writable } from 'node:stream'
import type { PlangateError } from '@plangate/bundle'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { type Gate, type GateOptions, loadGate } from '../src/gate.ts'
import { type DecisionLog, type DecisionLogOptions, openDecisionLog } from '../src/log/log.ts'
import type { LogRecord } from '../src/log/record.ts'
import { bundleOf, outcome, planWith, stack } from './bundle.ts'

const folder = mkdtempSync(join(tmpdir(), 'log-'))
const open = stack('model-endpoint/open.plan.json')
let bundle: Uint8Array
let path: string
let errors: PlangateError[]
let log: DecisionLog
beforeAll(async () => {
  const policy = `package main
deny contains sprintf("at %s", [r.address]) if some r in input.resource_changes
deny contains input.variables.secret.value
deny contains json.marshal({"s": input.variables.secret.value})
deny contains base64.encode(concat("", ["x", input.variables.secret.value]))
deny contains "conflict" if conflict == 3
conflict := 1 if input.variables.conflict
conflict := 2 if input.variables.conflict`
  bundle = await bundleOf({ 'main.rego': policy }, ['main/deny'])
})
let files = 0
beforeEach(() => {
  errors = []
  path = join(folder, `${(files += 1)}.jsonl`)
})
afterEach(() => log?.close())
afterAll(() => rmSync(folder, { recursive: true }))

const gateWith = async (options: Partial<DecisionLogOptions> = {}, more: GateOptions = {}): Promise<Gate> => {
  log = await openDecisionLog({ to: { file: path }, onError: (error) => errors.push(error), ...options })
  return loadGate(bundle, { log, ...more })
}
// `as`: what the log has written
const lines = (file = path): LogRecord[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as LogRecord)
const at = (address: string) => planWith({ resource_changes: [{ address }] })
const addresses = (records: readonly LogRecord[]) => records.map(({ findings }) => findings?.[0]?.msg)
/** A stream that takes a line when it is told to. */
const slowStream = () => {
  const taken: string[] = []
  const waiting: (() => void)[] = []
  const stream = new Writable({
    highWaterMark: 1,
    write: (chunk, _, done) => {
      waiting.push(() => {
        taken.push(String(chunk))
        done()
      })
    },
  })
  return { stream, taken, go: () => waiting.shift()?.() }
}
/** Takes one line after the other until `done` is. */
const goOnUntil = async (done: Promise<void>, go: () => void) => {
  const timer = setInterval(go, 1)
  await done
  clearInterval(timer)
}
const stalling = async function* () {
  yield new Uint8Array([123])
  await new Promise(() => {})
}
const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

describe('a decision log', () => {
  test('has a line for each decision, and for each plan that could not be decided', async () => {
    const gate = await gateWith({ labels: { service: 'gate' } })
    const decision = await gate.evaluate(open, { labels: { run: 'r-1' } })
    await outcome(gate.evaluate('no/such.json'))
    await outcome(gate.evaluate(planWith({ variables: { conflict: { value: 1 } } })))
    await log.flush()
    const [first, ...failed] = lines()
    const { plan, verdict, counts, config, findings, undecided, waived } = decision
    const head = {
      decision_id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      bundle: gate.bundle,
      timing: { total_ms: expect.any(Number) },
    }
    expect(first).toEqual({
      ...head,
      labels: { service: 'gate', run: 'r-1' },
      plan,
      verdict,
      counts,
      config,
      findings,
      undecided,
      waived,
    })
    const errorOf = (code: string) => ({
      ...head,
      labels: { service: 'gate' },
      error: expect.objectContaining({ code }),
    })
    expect(failed).toEqual([errorOf('ERR_INPUT_NOT_FOUND'), errorOf('ERR_EVALUATION')])
    expect(new Set(lines().map((line) => line.decision_id)).size).toBe(3)
    expect(log.status()).toEqual({ written: 3, waiting: 0, dropped: 0, failed: 0 })
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  test('has the decisions of `evaluateAll` and of threads, too', async () => {
    const gate = await gateWith({}, { workers: 2 })
    const plans = Array.from({ length: 20 }, (_, n) => at(`a${n}`))
    for await (const { error } of gate.evaluateAll([...plans, 'no/such.json'])) void error
    await gate.close()
    await log.close()
    expect(addresses(lines()).sort()).toEqual([...plans.map((_, n) => `at a${n}`), undefined].sort())
  })

  test('goes to a stream, which it does not end, or to a function', async () => {
    const stream = new PassThrough()
    const gate = await gateWith({ to: { stream } })
    await gate.evaluate(at('a'))
    await log.close()
    expect(stream.writableEnded).toBe(false)
    expect(JSON.parse(String(stream.read()))).toMatchObject({ verdict: 'fail' })
    const got: [string, LogRecord][] = []
    const other = await gateWith({ to: { callback: (line, record) => void got.push([line, record]) } })
    await other.evaluate(at('b'))
    await log.close()
    expect(got.map(([line]) => JSON.parse(line))).toEqual(got.map(([, record]) => record))
    expect(addresses(got.map(([, record]) => record))).toEqual(['at b'])
  })

  test('is opened anew when something has moved the file away, on a signal as well', async () => {
    const gate = await gateWith({ to: { file: path, reopenOn: 'SIGUSR2' } })
    await gate.evaluate(at('a'))
    await log.flush()
    renameSync(path, `${path}.1`)
    await gate.evaluate(at('b'))
    await log.flush()
    await log.reopen()
    await gate.evaluate(at('c'))
    await log.flush()
    expect([addresses(lines(`${path}.1`)), addresses(lines())]).toEqual([['at a', 'at b'], ['at c']])
    renameSync(path, `${path}.2`)
    process.emit('SIGUSR2')
    await gate.evaluate(at('d'))
    await log.close()
    expect(addresses(lines())).toEqual(['at d'])
    expect(process.listenerCount('SIGUSR2')).toBe(0)
  })
})

describe('a decision log with a target that is slow', () => {
  test('lets decisions wait, and loses none on close', async () => {
    const { stream, taken, go } = slowStream()
    const gate = await gateWith({ to: { stream }, maxRecords: 2 })
    let done = 0
    const decided = [0, 1, 2, 3, 4, 5].map(async (n) => {
      await gate.evaluate(at(`a${n}`))
      done += 1
    })
    for (let n = 0; n < 20; n += 1) await turn()
    expect([done, log.status().waiting]).toEqual([2, 2])
    const closed = log.close()
    await goOnUntil(closed, go)
    await Promise.all(decided)
    const records = taken.join('').trim().split('\n')
    expect(records.map((line) => addresses([JSON.parse(line) as LogRecord])[0])).toEqual(
      [0, 1, 2, 3, 4, 5].map((n) => `at a${n}`),
    )
    expect(log.status()).toMatchObject({ written: 6, waiting: 0, dropped: 0, failed: 0 })
  })

  test('leaves decisions out where the caller prefers that, and counts them', async () => {
    const { stream, go } = slowStream()
    const gate = await gateWith({ to: { stream }, maxRecords: 2, whenFull: 'drop' })
    for (let n = 0; n < 7; n += 1) await gate.evaluate(at(`a${n}`))
    expect(log.status()).toEqual({ written: 0, waiting: 2, dropped: 5, failed: 0 })
    await goOnUntil(log.flush(), go)
    expect(errors.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'ERR_LOG_FULL the decision log is full: decisions are left out',
      'ERR_LOG_FULL the decision log was full: left out 5 of the decisions',
    ])
    expect(log.status()).toEqual({ written: 2, waiting: 0, dropped: 5, failed: 0 })
  })

  test('holds no more bytes than it may', async () => {
    const { stream, go } = slowStream()
    const gate = await gateWith({ to: { stream }, maxBytes: 10, whenFull: 'drop' })
    await gate.evaluate(at('a'))
    await gate.evaluate(at('b'))
    expect(log.status()).toMatchObject({ waiting: 1, dropped: 1 })
    await turn()
    go()
    await log.flush()
    expect(log.status()).toMatchObject({ written: 1, dropped: 1 })
  })
})

describe('a decision log that cannot be written', () => {
  const isFullThere = existsSync('/dev/full')
  const guarded = isFullThere ? test : test.skip

  guarded(
    `such as to a full disk is told, and decides all the same${isFullThere ? '' : ' (no /dev/full)'}`,
    async () => {
      const gate = await gateWith({ to: { file: '/dev/full' } })
      expect((await gate.evaluate(at('a'))).verdict).toBe('fail')
      await log.close()
      expect(errors.map((error) => error.toJSON())).toEqual([
        {
          code: 'ERR_LOG_FAILED',
          message: 'the decision log cannot be written (ENOSPC): 1 of the decisions',
          hint: 'look after its target; decisions are made all the same',
        },
      ])
      expect(log.status()).toMatchObject({ written: 0, failed: 1 })
    },
  )

  test('such as to a stream that was closed, or closes meanwhile, is told', async () => {
    const gone = new PassThrough()
    gone.destroy()
    await (await gateWith({ to: { stream: gone } })).evaluate(at('a'))
    await log.close()
    const { stream } = slowStream()
    await (await gateWith({ to: { stream } })).evaluate(at('b'))
    await turn()
    stream.destroy(new Error('EPIPE'))
    await log.close()
    const ended = new PassThrough()
    ended.end()
    await (await gateWith({ to: { stream: ended } })).evaluate(at('c'))
    await log.close()
    expect(errors.map(({ code }) => code)).toEqual(Array(3).fill('ERR_LOG_FAILED'))
  })

  test('such as by a function that throws is told, even where telling throws', async () => {
    const warning = jest.spyOn(process, 'emitWarning').mockReturnValue()
    const gate = await gateWith({
      to: {
        callback: () => {
          throw new Error('mine')
        },
      },
      onError: () => {
        throw new Error('mine too')
      },
    })
    expect((await gate.evaluate(at('a'))).verdict).toBe('fail')
    await log.close()
    expect(warning.mock.calls).toEqual([['`onError` has thrown Error: mine too', { code: 'ERR_CALLBACK' }]])
    warning.mockRestore()
  })

  test('such as after it was closed is told and counted', async () => {
    const gate = await gateWith()
    await log.close()
    expect((await gate.evaluate(at('a'))).verdict).toBe('fail')
    expect(errors.map(({ message }) => message)).toEqual(['the decision log cannot be written: it was closed'])
    expect(log.status()).toMatchObject({ written: 0, failed: 1 })
  })

  test('such as to where there is no folder is not opened', async () => {
    expect(await outcome(openDecisionLog({ to: { file: join(folder, 'no', 'such') } }))).toEqual({
      code: 'ERR_LOG_FAILED',
      message: 'the decision log cannot be opened (ENOENT): nothing is logged',
    })
    const wrong = openDecisionLog({ to: { file: path }, input: { erase: ['variables'] } })
    await expect(wrong).rejects.toThrow('`input` has JSON pointers, which begin with `/`, unlike `variables`')
  })
})

describe('the input in a decision log', () => {
  const canary = 'Canary/9f3+k"<7>'
  const plan = {
    ...planWith(),
    variables: { secret: { value: canary }, pin: { value: 'short' }, plain: { value: 'eu-west-1' } },
    resource_changes: [
      {
        address: `a.b["${canary}"]`,
        change: {
          before: null,
          after: {
            password: canary,
            port: 12345,
            tags: { [canary]: 'x' },
            list: ['abc', 'def'],
            note: `see ${canary}`,
          },
          after_sensitive: { password: true, port: true, list: [false, true] },
        },
      },
    ],
    planned_values: {
      root_module: {
        child_modules: [
          {
            resources: [
              { address: 'm.a', values: { text: JSON.stringify({ canary }) }, sensitive_values: { text: true } },
            ],
          },
        ],
      },
      outputs: { all: { sensitive: true, value: { key: canary, deep: [Buffer.from(canary).toString('base64')] } } },
    },
    configuration: {
      root_module: {
        variables: { secret: { sensitive: true, default: canary }, pin: { sensitive: true, default: 'short' } },
        module_calls: { x: { expressions: { k: { constant_value: encodeURIComponent(canary) } } } },
      },
    },
    prior_state: { values: {}, token: `ghp_${'a1B2'.repeat(9)}` },
  }
  const forms = [canary, JSON.stringify(canary).slice(1, -1), encodeURIComponent(canary)].flatMap((text) => [
    text,
    ...[0, 1, 2].map((before) =>
      Buffer.from(`${' '.repeat(before)}${text}`)
        .toString('base64')
        .slice(4, -4),
    ),
  ])

  test('is masked wherever a secret is, as it stands, escaped and in base64, and says so', async () => {
    const gate = await gateWith({ input: true, labels: { token: `ghp_${'a1B2'.repeat(9)}` } })
    const decision = await gate.evaluate(plan)
    expect(decision.findings).toHaveLength(4)
    await log.close()
    const text = readFileSync(path, 'utf8')
    for (const form of [...forms, 'short', '12345', '"def"', 'a1B2']) expect(text).not.toContain(form)
    const [record] = lines()
    const M = '(redacted)'
    expect(record?.input).toMatchObject({
      variables: { secret: { value: M }, pin: { value: M }, plain: { value: 'eu-west-1' } },
      resource_changes: [
        {
          address: `a.b["${M}"]`,
          change: {
            before: null,
            after: { password: M, port: M, tags: { [M]: 'x' }, list: ['abc', M], note: `see ${M}` },
          },
        },
      ],
      prior_state: { values: {}, token: M },
    })
    expect([...(record?.masked ?? [])].sort()).toEqual([
      '/input/configuration/root_module/module_calls/x/expressions/k/constant_value',
      '/input/configuration/root_module/variables/pin/default',
      '/input/configuration/root_module/variables/secret/default',
      '/input/planned_values/outputs/all/value',
      '/input/planned_values/root_module/child_modules/0/resources/0/values/text',
      '/input/prior_state/token',
      '/input/resource_changes/0/address',
      '/input/resource_changes/0/change/after/list/1',
      '/input/resource_changes/0/change/after/note',
      '/input/resource_changes/0/change/after/password',
      '/input/resource_changes/0/change/after/port',
      '/input/variables/pin/value',
      '/input/variables/secret/value',
    ])
    expect(record?.erased).toEqual([])
  })

  test('is masked in the envelope of HCP Terraform as well', async () => {
    const gate = await gateWith({ input: true })
    await gate.evaluate({ plan, run: { id: 'r' } })
    await log.close()
    const text = readFileSync(path, 'utf8')
    for (const form of [...forms, 'short', '12345']) expect(text).not.toContain(form)
    expect(lines()[0]?.masked).toContain('/input/plan/variables/pin/value')
  })

  test('is without what the caller leaves out or masks', async () => {
    const gate = await gateWith({
      input: { erase: ['/planned_values', '/variables/*/value'], mask: ['/terraform_version'] },
    })
    await gate.evaluate(planWith({ variables: { a: { value: 1 }, b: { value: 2 } } }))
    await log.close()
    expect(lines()[0]?.input).toEqual({
      format_version: '1.2',
      terraform_version: '(redacted)',
      resource_changes: [],
      variables: { a: {}, b: {} },
    })
    expect(lines()[0]?.erased).toEqual([
      '/input/planned_values',
      '/input/variables/a/value',
      '/input/variables/b/value',
    ])
    expect(lines()[0]?.masked).toEqual(['/input/terraform_version'])
  })

  test('is there for a path and a stream too, read once, and not for what is too large or could not be decided', async () => {
    const gate = await gateWith({ input: { maxBytes: statSync(open).size } })
    const bytes = readFileSync(open)
    const pieces = async function* () {
      yield new Uint8Array(bytes.subarray(0, 1000))
      yield new Uint8Array(bytes.subarray(1000))
    }
    const decisions = [await gate.evaluate(open), await gate.evaluate(bytes), await gate.evaluate(pieces())]
    await gate.evaluate(Buffer.concat([bytes, Buffer.from(' ')]))
    await outcome(gate.evaluate(Buffer.from('{"canary')))
    await log.close()
    expect(new Set(decisions.map((decision) => JSON.stringify(decision))).size).toBe(1)
    const records = lines()
    expect(records.map(({ input }) => typeof input)).toEqual(['object', 'object', 'object', 'undefined', 'undefined'])
    expect(records[2]?.input).toEqual(records[0]?.input)
    expect(readFileSync(path, 'utf8')).not.toContain('canary')
  })

  test('does not hold up what a signal ends', async () => {
    const gate = await gateWith({ input: true })
    expect(await outcome(gate.evaluate(stalling(), { signal: AbortSignal.timeout(300) }))).toMatchObject({
      code: 'ERR_TIME_LIMIT',
    })
    await gate.close()
  })
})
