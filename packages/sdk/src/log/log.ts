import { randomUUID } from 'node:crypto'
import { badArgument, type PlangateError, readArgument, readOptions } from '@plangate/bundle'
import type { Decision } from '../decision/schema.ts'
import type { PlanSource } from '../read/plan.ts'
import { type LogInput, maskedInput } from './input.ts'
import { failure, type LogStatus, openQueue, type QueueOptions } from './queue.ts'
import { type Came, type LogRecord, outcomeOf, shownLabels } from './record.ts'
import { type LogTarget, openSink } from './sink.ts'
import { tee, type Teed } from './tee.ts'

/** How a decision log is kept. */
export interface DecisionLogOptions extends QueueOptions {
  readonly to: LogTarget
  /** On every line, such as the name of a service. */
  readonly labels?: Readonly<Record<string, string>>
  /** Whether, and how, the plan is logged. Default: not at all, as plans are large. */
  readonly input?: boolean | LogInput
  /** Told what is lost: `ERR_LOG_FAILED`, `ERR_LOG_FULL`. Default: a warning of the process. */
  readonly onError?: (error: PlangateError) => void
}

/** What is logged of one evaluation beside its decision. */
export interface Logged {
  readonly plan: PlanSource
  /** Most bytes of the plan. */
  readonly bytes?: number | undefined
  readonly bundle: LogRecord['bundle']
  readonly labels?: Readonly<Record<string, string>> | undefined
}

/** A log of decisions, one JSON line each. Give it to a gate as `log`. */
export interface DecisionLog extends AsyncDisposable {
  /** Returns what `decide` returns, or throws what it throws, after noting it. */
  readonly around: (about: Logged, decide: (plan: PlanSource) => Promise<Decision>) => Promise<Decision>
  /** Resolves after what was noted before is written. */
  readonly flush: () => Promise<void>
  /** Opens the file anew, after something has moved it away. */
  readonly reopen: () => Promise<void>
  readonly status: () => LogStatus
  /** Writes what waits, and then no more: what is decided afterwards counts as failed. */
  readonly close: () => Promise<void>
}

/**
 * Returns a log of decisions.
 *
 * A log that cannot be written stops no decision: `onError` is told, and `status` counts. No line has a secret that is
 * marked in the plan and long enough to be told from a word, nor anything that looks like a credential.
 *
 * @throws PlangateError `ERR_LOG_FAILED` for a file that cannot be opened
 *
 * @example
 * const log = await openDecisionLog({ to: { file: '/var/log/gate.jsonl', reopenOn: 'SIGHUP' } })
 * const gate = await loadGate('policies.tar.gz', { log })
 */
export const openDecisionLog = async (given: DecisionLogOptions): Promise<DecisionLog> => {
  const options = readOptions('options', given, { to: 'object', labels: 'object', onError: 'function' })
  const { to, onError = warn, labels, input = false } = options
  if (to === undefined) throw badArgument('options.to', 'is an object')
  const logInput: LogInput | undefined = input === true ? {} : input === false ? undefined : input
  // A pointer that is none is told now.
  if (logInput !== undefined) readArgument('options.input', () => maskedInput(EMPTY_PLAN, logInput))
  const report = (error: PlangateError) => {
    try {
      onError(error)
    } catch (thrown) {
      process.emitWarning(`\`onError\` has thrown ${String(thrown)}`, { code: 'ERR_CALLBACK' })
    }
  }
  const sink = await openSink(to).catch((cause: unknown) =>
    Promise.reject(failure('opened', 'nothing is logged', cause)),
  )
  const queue = openQueue(sink, report, options)
  let isClosed = false
  let late = 0
  const reopen = () => void queue.reopen()
  const signal = 'file' in to ? to.reopenOn : undefined
  if (signal !== undefined) process.on(signal, reopen)

  const inputOf = (bytes: Uint8Array | undefined) =>
    logInput === undefined || bytes === undefined ? {} : maskedInput(bytes, logInput)
  const note = async (record: LogRecord): Promise<void> => {
    if (isClosed) {
      late += 1
      report(failure('written', 'it was closed', undefined))
      return
    }
    const line = `${JSON.stringify(record)}\n`
    await queue.add({ record, line, bytes: Buffer.byteLength(line) })
  }
  const around: DecisionLog['around'] = async (about, decide) => {
    const began = performance.now()
    const head = { decision_id: randomUUID(), timestamp: new Date().toISOString() }
    let teed: Teed | undefined
    const came = await decided(async () => {
      if (logInput === undefined) return decide(about.plan)
      teed = await tee(about.plan, logInput.maxBytes ?? 8 * 1024 * 1024, about.bytes)
      return decide(teed.plan)
    })
    const total_ms = Math.round((performance.now() - began) * 1000) / 1000
    const named = { ...labels, ...about.labels }
    await note({
      ...head,
      ...(Object.keys(named).length === 0 ? {} : { labels: shownLabels(named) }),
      bundle: about.bundle,
      ...outcomeOf(came),
      timing: { total_ms },
      ...('error' in came ? {} : inputOf(teed?.bytes())),
    })
    if ('error' in came) throw came.error
    return came.decision
  }
  const close = async () => {
    isClosed = true
    if (signal !== undefined) process.off(signal, reopen)
    await queue.close()
  }
  return {
    around,
    flush: queue.flush,
    reopen: queue.reopen,
    status: () => {
      const status = queue.status()
      return { ...status, failed: status.failed + late }
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

const decided = async (decide: () => Promise<Decision>): Promise<Came> => {
  try {
    return { decision: await decide() }
  } catch (error) {
    return { error }
  }
}

const EMPTY_PLAN = new TextEncoder().encode('{"format_version":"1.2","resource_changes":[]}')

const warn = (error: PlangateError): void => process.emitWarning(error.message, { code: error.code })
