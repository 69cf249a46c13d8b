import { badArgument, type ErrorObject, readArgument, readOptions } from '@plangate/bundle'
import { type Gate, type GateOptions, gateOf } from '../gate.ts'
import { networkOptions } from '../pool/load.ts'
import { type BundleSource, remoteOf } from '../read/bundle.ts'
import { delayAfter, type Delays } from './delay.ts'
import { type Ask, fetchFrom, firstGate } from './first.ts'
import { hotGate } from './hot.ts'
import { guarded, plainError, warn } from './report.ts'
import { startPolling } from './polling.ts'

/** How a bundle is kept up to date. The options of its gates are among them. */
export interface BundleServiceOptions extends GateOptions {
  readonly source: BundleSource
  /** Milliseconds between two polls, at least. Default 60,000. */
  readonly minDelayMs?: number
  /** Milliseconds between two polls, at most, after failures too. Default 120,000. */
  readonly maxDelayMs?: number
  /** Seconds that a server is asked to wait until there is a new bundle; one that does is asked again at once. */
  readonly longPollSeconds?: number
  /** Told of each bundle that comes into force after the first one. */
  readonly onSwap?: (to: Gate['bundle'], from: Gate['bundle']) => void
  /** Told of each poll that fails; the bundle in force stays. Default: a warning of the process. */
  readonly onError?: (error: unknown) => void
  /** Closes the service. */
  readonly signal?: AbortSignal
}

/** What a poll came to. */
export type PollOutcome = 'swapped' | 'unchanged' | 'failed'

/** How a service is doing. */
export interface BundleStatus {
  /** Of the bundle in force. */
  readonly revision: string
  readonly sha256: string
  readonly etag: string | undefined
  /** Whether the bundle in force is the last good copy, since the server has not answered yet. */
  readonly isStale: boolean
  readonly lastAttempt: Date
  /** When a server last said which bundle is the newest. */
  readonly lastSuccess: Date | undefined
  readonly lastSwap: Date
  /** Of the last poll; undefined where that was well. */
  readonly lastError: ErrorObject | undefined
  /** Polls that have failed since the last one that has not. */
  readonly failures: number
}

/** A gate whose bundle follows its source. */
export interface BundleService extends AsyncDisposable {
  /** Decides by the bundle in force. Closing it closes the service. */
  readonly gate: Gate
  readonly status: () => BundleStatus
  /** Asks now. Never rejects: what goes wrong is told to `onError`. */
  readonly poll: () => Promise<PollOutcome>
  /** Ends polling and closes the gate; with `drain`, what it evaluates is waited for. */
  readonly close: Gate['close']
}

/**
 * Returns a service once a bundle is in force, be it the last good copy, and then asks for another one again and again.
 *
 * Its timers and connections keep no process alive.
 *
 * @throws PlangateError as `loadGate`, where there is no first bundle
 *
 * @example
 * await using service = await openBundleService({ source: { url, verification, lastGood: '/var/lib/gate' } })
 * const { verdict } = await service.gate.evaluate(plan)
 */
export const openBundleService = async (given: BundleServiceOptions): Promise<BundleService> => {
  const { source: followed, ...rest } = readOptions('options', given, {
    signal: 'signal',
    longPollSeconds: 'number',
    minDelayMs: 'positive',
    maxDelayMs: 'positive',
    onSwap: 'function',
    onError: 'function',
  })
  if (followed === undefined)
    throw badArgument('options.source', 'is a path, an address, bytes or an object with `url`')
  const isRemote = readArgument('options.source', () => remoteOf(followed)) !== undefined
  const options: BundleServiceOptions = { source: followed, ...(isRemote ? networkOptions(rest) : rest) }
  const { source, signal, longPollSeconds, onSwap, onError = warn } = options
  const delays = delaysOf(options)
  const stop = new AbortController()
  const abort = () => stop.abort()
  signal?.addEventListener('abort', abort, { once: true })
  if (signal?.aborted === true) abort()
  const ask: Ask = (more) => fetchFrom(source, { ...options, ...more, signal: stop.signal })
  const first = await firstGate(ask, options).catch((error: unknown) => {
    signal?.removeEventListener('abort', abort)
    throw error
  })

  const gate = hotGate(first.gate, options)
  let { validators, waits } = first
  const now = new Date()
  let status = {
    isStale: first.stale !== undefined,
    lastAttempt: now,
    lastSuccess: first.stale === undefined ? now : undefined,
    lastSwap: now,
    lastError: first.stale === undefined ? undefined : plainError(first.stale),
    failures: first.stale === undefined ? 0 : 1,
  }
  const failed = (lastAttempt: Date, error: unknown): PollOutcome => {
    if (stop.signal.aborted) return 'failed'
    status = { ...status, lastAttempt, lastError: plainError(error), failures: status.failures + 1 }
    guarded('onError', () => onError(error))
    return 'failed'
  }
  const update = async (background: boolean): Promise<PollOutcome> => {
    const lastAttempt = new Date()
    try {
      const fetched = await ask({
        known: validators,
        background,
        waitSeconds: background ? longPollSeconds : undefined,
      })
      const { bundle } = fetched
      const from = gate.bundle
      const isNew = bundle !== undefined && bundle.sha256 !== from.sha256
      if (isNew) await gate.swap(await gateOf(bundle, options))
      await fetched.keep()
      ;({ validators, waits } = fetched)
      const lastSuccess = new Date()
      const lastSwap = isNew ? lastSuccess : status.lastSwap
      status = { lastAttempt, lastSuccess, lastSwap, isStale: false, lastError: undefined, failures: 0 }
      if (isNew) guarded('onSwap', () => onSwap?.(gate.bundle, from))
      return isNew ? 'swapped' : 'unchanged'
    } catch (error) {
      return failed(lastAttempt, error)
    }
  }
  const polling = startPolling(update, (tookMs) => {
    // A server that says that it waits and does not must not be asked without end.
    const isAtOnce = waits && status.failures === 0 && tookMs > 1000
    return isAtOnce ? 0 : delayAfter(status.failures, delays)
  })
  const close: Gate['close'] = async (how) => {
    signal?.removeEventListener('abort', closeNow)
    abort()
    await Promise.all([polling.close(), gate.close(how)])
  }
  const closeNow = () => void close().catch((error: unknown) => guarded('onError', () => onError(error)))
  signal?.removeEventListener('abort', abort)
  signal?.addEventListener('abort', closeNow, { once: true })
  if (stop.signal.aborted) closeNow()
  if (first.stale !== undefined) guarded('onError', () => onError(first.stale))

  return {
    gate: {
      evaluate: gate.evaluate,
      evaluateAll: gate.evaluateAll,
      get catalogue() {
        return gate.catalogue
      },
      get bundle() {
        return gate.bundle
      },
      get namespaces() {
        return gate.namespaces
      },
      get unrepaired() {
        return gate.unrepaired
      },
      close,
      [Symbol.asyncDispose]: () => close(),
    },
    status: () => ({ ...gate.bundle, etag: validators.etag, ...status }),
    poll: polling.poll,
    close,
    [Symbol.asyncDispose]: () => close(),
  }
}

const delaysOf = ({
  minDelayMs = 60_000,
  maxDelayMs = Math.max(120_000, minDelayMs),
}: BundleServiceOptions): Delays => {
  if (minDelayMs > 0 && minDelayMs <= maxDelayMs && maxDelayMs < 2 ** 31) return { minDelayMs, maxDelayMs }
  throw badArgument('minDelayMs', 'is more than 0 and at most `maxDelayMs`, which is less than 2 ** 31')
}
