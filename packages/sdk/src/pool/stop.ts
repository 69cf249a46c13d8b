import { PlangateError } from '@plangate/bundle'
import { deferred } from './deferred.ts'

/** What may end an evaluation before it is done. */
export interface StopOptions {
  readonly signals: readonly (AbortSignal | undefined)[]
  /** From now on; more than a timer can count, from 2 ** 31, is none. */
  readonly milliseconds?: number | undefined
  /** What then takes too long. Default: the evaluation. */
  readonly what?: string | undefined
}

/** A reason to end that has not come yet. */
export interface Stop {
  /** Never resolves; rejects with the reason when it comes. */
  readonly reached: Promise<never>
  /** Lets go of the signals and of the timer. */
  readonly release: () => void
}

/** Returns a promise that rejects with `ERR_ABORTED` or `ERR_TIME_LIMIT` when it is time. */
export const stopWhen = ({ signals, milliseconds = Infinity, what = 'the evaluation' }: StopOptions): Stop => {
  const { promise, reject } = deferred<never>()
  promise.catch(() => {})
  const given = signals.filter((signal) => signal !== undefined)
  const releases = given.map((signal) => onAbort(signal, () => reject(aborted(signal))))
  // An answer that has come while this thread was busy counts: it is read before what `setImmediate` asks for.
  const expire = () => setImmediate(reject, late(what, milliseconds))
  const timer = milliseconds < 2 ** 31 ? setTimeout(expire, milliseconds) : undefined
  const release = () => {
    for (const each of releases) each()
    clearTimeout(timer)
  }
  return { reached: promise, release }
}

const callbacks = new WeakMap<AbortSignal, Set<() => void>>()

/**
 * Calls `callback` when the signal fires, or at once where it has; returns what takes that back.
 *
 * A signal gets one listener, however many evaluations it is for: Node warns of a leak from the eleventh on.
 */
const onAbort = (signal: AbortSignal, callback: () => void): (() => void) => {
  if (signal.aborted) {
    callback()
    return () => {}
  }
  const known = callbacks.get(signal) ?? new Set()
  if (!callbacks.has(signal)) {
    callbacks.set(signal, known)
    signal.addEventListener('abort', () => known.forEach((each) => each()), { once: true })
  }
  known.add(callback)
  return () => known.delete(callback)
}

const late = (what: string, milliseconds: number): PlangateError =>
  new PlangateError('ERR_TIME_LIMIT', `${what} takes longer than ${milliseconds} ms`, {
    hint: 'give it more time, or look for what takes so long in the policies',
  })

const aborted = ({ reason }: AbortSignal): PlangateError => {
  if (reason instanceof PlangateError) return reason
  const isTimeout = typeof reason === 'object' && reason !== null && 'name' in reason && reason.name === 'TimeoutError'
  return isTimeout
    ? new PlangateError('ERR_TIME_LIMIT', 'the time of `signal` was over before there was a decision', {
        hint: 'give it more time',
        cause: reason,
      })
    : new PlangateError('ERR_ABORTED', 'the evaluation was aborted', { cause: reason })
}
