import { badArgument, PlangateError, readArgument } from '@plangate/bundle'
import { stopWhen } from './stop.ts'

/** How much of a list is under way at a time. */
export interface EachOptions {
  /** Most results that run, or are there and not taken yet. */
  readonly width: () => Promise<number>
  readonly signal?: AbortSignal | undefined
}

/** Does the work on one input. It is not wanted any more once `signal` fires. */
export type Work<T, R> = (input: T, index: number, signal: AbortSignal) => Promise<R>

/**
 * Returns the results of `work` in the order of the inputs.
 *
 * Both ways wait for each other: an input is taken only when there is room for its result. What fails, the work or the
 * inputs themselves, is thrown in its turn. Leaving early ends what runs, and so does `signal`, with `ERR_ABORTED` or
 * `ERR_TIME_LIMIT`.
 */
export const each = <T, R>(
  inputs: AsyncIterable<T> | Iterable<T>,
  work: Work<T, R>,
  { width, signal }: EachOptions,
): AsyncIterableIterator<R> => {
  const left = new AbortController()
  const results = inOrder(inputs, work, width, left, signal)
  const leave = () => left.abort(new PlangateError('ERR_ABORTED', 'nobody waits for the decisions any more'))
  return {
    [Symbol.asyncIterator]() {
      return this
    },
    next: () => results.next(),
    return: () => {
      // Before the generator's own end, which comes only after a result that is waited for.
      leave()
      return results.return(undefined)
    },
  }
}

async function* inOrder<T, R>(
  inputs: AsyncIterable<T> | Iterable<T>,
  work: Work<T, R>,
  width: EachOptions['width'],
  left: AbortController,
  signal: AbortSignal | undefined,
): AsyncGenerator<R, undefined> {
  const isAsync = readArgument('plans', () => isAsyncIterable(inputs))
  // `as`: what is no one is the other
  const iterator = isAsync
    ? (inputs as AsyncIterable<T>)[Symbol.asyncIterator]()
    : (inputs as Iterable<T>)[Symbol.iterator]()
  const most = await width()
  const stop = stopWhen({ signals: [signal, left.signal] })
  const results: Promise<R>[] = []
  let pulling: Promise<void> | undefined
  let isLast = false
  let index = 0

  const add = (result: Promise<R>) => {
    result.catch(() => {})
    results.push(result)
  }
  const taken = (next: IteratorResult<T>) => {
    pulling = undefined
    if (!isObject(next)) throw badArgument('plans', 'has an iterator that gives no results')
    if (next.done === true) {
      isLast = true
      return
    }
    add(work(next.value, index++, left.signal))
    pull()
  }
  const failed = (error: unknown) => {
    pulling = undefined
    isLast = true
    add(Promise.reject(error))
  }
  const next = async () => iterator.next()
  const end = async () => iterator.return?.()
  const pull = () => {
    if (!isLast && !left.signal.aborted && results.length < most) pulling ??= next().then(taken).catch(failed)
  }

  try {
    for (;;) {
      pull()
      const [first] = results
      if (first !== undefined) {
        const result = await Promise.race([stop.reached, first])
        results.shift()
        pull()
        yield result
      } else if (isLast) {
        return
      } else {
        await Promise.race([stop.reached, pulling])
      }
    }
  } catch (error) {
    if (!left.signal.aborted) throw error
  } finally {
    stop.release()
    left.abort()
    // One that has ended, or has thrown, is asked for nothing more.
    const returned = isLast ? undefined : end()
    // One that still makes its next input would answer only afterwards, perhaps never.
    if (pulling === undefined) await returned
    else returned?.catch(() => {})
  }
}

const isAsyncIterable = (inputs: unknown): boolean => {
  if (isObject(inputs) && Symbol.asyncIterator in inputs) return true
  if (isObject(inputs) && Symbol.iterator in inputs) return false
  throw badArgument('plans', 'is an iterable or an async iterable of plans')
}

// Given what a caller without types may pass, too.
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
