import { type FileHandle, open } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import type { LogRecord } from './record.ts'

/** Where the lines of a log go. */
export type LogTarget =
  | {
      /** Lines are appended; a new file can be read by its owner only. */
      readonly file: string
      /** A signal at which the file is opened anew, as `SIGHUP`, for whoever rotates it. */
      readonly reopenOn?: NodeJS.Signals
    }
  | {
      /** It is not ended. */
      readonly stream: Writable
    }
  | {
      /** Given one decision after the other; the next one when the promise has resolved. */
      readonly callback: (line: string, record: LogRecord) => void | Promise<void>
    }

/** One decision, ready to be written. */
export interface Entry {
  readonly record: LogRecord
  /** With the newline at its end. */
  readonly line: string
  readonly bytes: number
}

/** Writes lines. Its calls do not overlap. */
export interface Sink {
  readonly write: (entries: readonly Entry[]) => Promise<void>
  readonly reopen: () => Promise<void>
  readonly close: () => Promise<void>
}

const nothing = async () => {}

/** Returns what writes to a target; throws what the file system says about a file that cannot be opened. */
export const openSink = async (target: LogTarget): Promise<Sink> => {
  if ('file' in target) return fileSink(target.file)
  if ('stream' in target) return streamSink(target.stream)
  const { callback } = target
  return {
    write: async (entries) => {
      for (const { line, record } of entries) await callback(line, record)
    },
    reopen: nothing,
    close: nothing,
  }
}

const fileSink = async (path: string): Promise<Sink> => {
  const openIt = () => open(path, 'a', 0o600)
  let file: FileHandle | undefined = await openIt()
  let isTorn = false
  return {
    write: async (entries) => {
      const bytes = Buffer.from(`${isTorn ? '\n' : ''}${entries.map(({ line }) => line).join('')}`)
      file ??= await openIt()
      let written = 0
      try {
        while (written < bytes.length) written += (await file.write(bytes, written)).bytesWritten
      } finally {
        // What a full disk has cut off must not become the beginning of the next line.
        if (written > 0) isTorn = bytes[written - 1] !== NEWLINE
      }
    },
    reopen: async () => {
      const before = file
      file = undefined
      isTorn = false
      await before?.close()
      file = await openIt()
    },
    close: async () => {
      const before = file
      file = undefined
      try {
        // A pipe or a terminal cannot be synchronised.
        if ((await before?.stat())?.isFile() === true) await before?.sync()
      } finally {
        await before?.close()
      }
    },
  }
}

const NEWLINE = 10

/** Whoever writes is told by the callback; without a listener the event would end the process. */
const heard = () => {}

const streamSink = (stream: Writable): Sink => {
  stream.on('error', heard)
  return {
    write: (entries) =>
      new Promise((resolve, reject) => {
        const gone = () => reject(new Error('the stream was closed'))
        stream.once('close', gone)
        stream.write(entries.map(({ line }) => line).join(''), (error) => {
          stream.off('close', gone)
          if (error === null || error === undefined) resolve()
          else reject(error)
        })
      }),
    reopen: nothing,
    close: async () => void stream.off('error', heard),
  }
}
