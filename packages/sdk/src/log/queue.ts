import { PlangateError } from '@plangate/bundle'
import type { Entry, Sink } from './sink.ts'

/** How much may wait to be written, and what happens to more. */
export interface QueueOptions {
  /** Decisions that may wait. Default 1,000. */
  readonly maxRecords?: number
  /** Bytes that may wait. Default 16 MiB; a single decision that is larger waits alone. */
  readonly maxBytes?: number
  /** With `block` the next decision waits until there is room, with `drop` it is left out and counted. Default `block`. */
  readonly whenFull?: 'block' | 'drop'
}

/** How a log is doing. */
export interface LogStatus {
  readonly written: number
  readonly waiting: number
  /** Left out because the log was full. */
  readonly dropped: number
  /** Lost because they could not be written. */
  readonly failed: number
}

/** Decisions on their way to a sink, in order. */
export interface Queue {
  /** Resolves when the entry waits or is dropped; never rejects. */
  readonly add: (entry: Entry) => Promise<void>
  /** Resolves after what waited before was written. */
  readonly flush: () => Promise<void>
  readonly reopen: () => Promise<void>
  readonly status: () => LogStatus
  readonly close: () => Promise<void>
}

/** Bytes that are written at once. */
const BATCH = 1024 * 1024

/** Returns a queue; `report` is told what is lost. */
export const openQueue = (
  sink: Sink,
  report: (error: PlangateError) => void,
  { maxRecords = 1000, maxBytes = 16 * 1024 * 1024, whenFull = 'block' }: QueueOptions,
): Queue => {
  const waiting: Entry[] = []
  const blocked: (() => void)[] = []
  let [bytes, written, dropped, failed] = [0, 0, 0, 0]
  let toldDropped = 0
  // The sink does one thing at a time.
  let doing: Promise<void> = Promise.resolve()
  const adding = new Set<Promise<void>>()
  let writing: Promise<void> | undefined
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = doing.then(work)
    doing = done.catch(() => {})
    return done
  }

  const hasRoom = (more: number) => waiting.length === 0 || (waiting.length < maxRecords && bytes + more <= maxBytes)
  /** Told when the first one is left out, and how many it were when there is room again. */
  const drop = () => {
    if (dropped === toldDropped) report(full('is full: decisions are left out'))
    dropped += 1
  }
  const writeBatch = async () => {
    let size = 0
    const end = waiting.findIndex((entry) => (size += entry.bytes) > BATCH)
    const batch = waiting.slice(0, end === -1 ? waiting.length : Math.max(1, end))
    try {
      await sink.write(batch)
      written += batch.length
    } catch (cause) {
      failed += batch.length
      report(failure('written', `${batch.length} of the decisions`, cause))
    } finally {
      // Only now: what is being written counts.
      waiting.splice(0, batch.length)
      bytes -= batch.reduce((sum, entry) => sum + entry.bytes, 0)
    }
    if (dropped > toldDropped) report(full(`was full: left out ${dropped - toldDropped} of the decisions`))
    toldDropped = dropped
    for (const resume of blocked.splice(0)) resume()
  }
  const writeAll = async () => {
    while (waiting.length > 0) await writeBatch()
    writing = undefined
  }
  const start = () => {
    writing ??= inTurn(writeAll)
  }
  const wait = async (entry: Entry): Promise<void> => {
    while (!hasRoom(entry.bytes)) {
      if (whenFull === 'drop') {
        drop()
        return
      }
      await new Promise<void>((resolve) => blocked.push(resolve))
    }
    waiting.push(entry)
    bytes += entry.bytes
    start()
  }
  const add = (entry: Entry): Promise<void> => {
    const added = wait(entry)
    adding.add(added)
    return added.finally(() => adding.delete(added))
  }
  const flush = async () => {
    while (adding.size > 0 || waiting.length > 0) await Promise.all([...adding, writing])
  }
  const once = (what: string, work: () => Promise<void>) =>
    inTurn(work).catch((cause: unknown) => report(failure(what, 'the file', cause)))
  return {
    add,
    flush,
    reopen: () => once('opened anew', sink.reopen),
    status: () => ({ written, waiting: waiting.length, dropped, failed }),
    close: async () => {
      await flush()
      await once('closed', sink.close)
    },
  }
}

const full = (what: string): PlangateError =>
  new PlangateError('ERR_LOG_FULL', `the decision log ${what}`, {
    hint: "give it a faster target or more room, or let decisions wait with `whenFull: 'block'`",
  })

/** Returns the error for a log that fails. */
export const failure = (what: string, lost: string, cause: unknown): PlangateError => {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? ` (${String(cause.code)})` : ''
  return new PlangateError('ERR_LOG_FAILED', `the decision log cannot be ${what}${code}: ${lost}`, {
    hint: 'look after its target; decisions are made all the same',
    cause,
  })
}
