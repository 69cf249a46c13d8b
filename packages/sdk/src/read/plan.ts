import { type FileHandle, open } from 'node:fs/promises'
import { PlangateError } from '@plangate/bundle'

/** Bytes of a plan, unless `limits.bytes` says otherwise: 8 GiB, of which only what is read has to fit into memory. */
export const MAX_INPUT_BYTES = 2 ** 33

/** Characters that a JavaScript string can always hold, V8's limit. */
const MAX_STRING = 512 * 1024 * 1024 - 24

/** Bytes of a file up to which it is read at once. */
const AT_ONCE = 4 * 1024 * 1024
/** Bytes of a larger file that are read at a time. */
const CHUNK = 1024 * 1024

/** A plan as a caller may give it: the path of a file, bytes, a stream of bytes, or the parsed document. */
export type PlanSource =
  | string
  | Uint8Array
  | ArrayBuffer
  | AsyncIterable<Uint8Array>
  | ReadableStream<Uint8Array>
  | Readonly<Record<string, unknown>>

/** The bytes of a plan, or pieces of them in order. A piece is good until the next one is asked for. */
export type PlanBytes = Uint8Array | AsyncIterable<Uint8Array>

const tooLarge = (limit: number): PlangateError =>
  new PlangateError('ERR_INPUT_TOO_LARGE', `the plan is larger than ${limit} bytes`, { hint: 'raise `limits.bytes`' })

const unreadable = (what: string, cause: unknown): PlangateError =>
  new PlangateError('ERR_INPUT_NOT_FOUND', `cannot read ${what}`, {
    hint: 'write one with `terraform plan -out tf.plan` and `terraform show -json tf.plan > plan.json`',
    cause,
  })

/**
 * Returns the bytes of a plan, all at once or, of a stream and of a large file, as they come.
 *
 * A parsed document is serialised, so that each source is checked and hashed the same way. A `Uint8Array` comes back as it
 * is and is not changed.
 *
 * @throws PlangateError `ERR_INPUT_NOT_FOUND`, `ERR_INPUT_TOO_LARGE`, both while pieces come, too; TypeError for what JSON
 * cannot say, such as a cycle
 */
export const openPlan = async (source: PlanSource, limit: number = MAX_INPUT_BYTES): Promise<PlanBytes> => {
  if (typeof source === 'string') return openFile(source, limit)
  const opened = bytesOf(source)
  if (!(opened instanceof Uint8Array)) return checked(opened, limit)
  if (opened.byteLength > limit) throw tooLarge(limit)
  return opened
}

const bytesOf = (source: Exclude<PlanSource, string>): PlanBytes => {
  if (source instanceof Uint8Array) return source
  if (source instanceof ArrayBuffer) return new Uint8Array(source)
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
  if (source instanceof ReadableStream) return chunksOf(source)
  return isAsyncIterable(source) ? source : serialise(source)
}

// Given what a caller without types may pass, too.
const isAsyncIterable = (source: unknown): source is AsyncIterable<Uint8Array> =>
  typeof source === 'object' && source !== null && Symbol.asyncIterator in source

const serialise = (value: unknown): Uint8Array => {
  let text: string | undefined
  try {
    text = JSON.stringify(value)
  } catch (cause) {
    if (cause instanceof RangeError) {
      throw new PlangateError('ERR_INPUT_TOO_LARGE', `the plan is longer than ${MAX_STRING} characters`, {
        hint: 'give a path, bytes or a stream instead of a document',
        cause,
      })
    }
    throw cause
  }
  if (text === undefined) throw new TypeError('a plan is a path, bytes, a stream of bytes or a parsed document')
  return new TextEncoder().encode(text)
}

const openFile = async (path: string, limit: number): Promise<PlanBytes> => {
  const what = `a plan at \`${path}\``
  let file: FileHandle | undefined
  try {
    file = await open(path)
    const info = await file.stat()
    if (info.isDirectory()) throw unreadable(`${what}: it is a folder`, undefined)
    if (info.size > limit) throw tooLarge(limit)
    // A pipe has no size, so it is counted while it is read.
    if (!info.isFile() || info.size > AT_ONCE) return checked(piecesOf(file), limit, what)
    const bytes = await file.readFile()
    await file.close()
    if (bytes.byteLength > limit) throw tooLarge(limit)
    return bytes
  } catch (cause) {
    await file?.close()
    throw cause instanceof PlangateError ? cause : unreadable(what, cause)
  }
}

/** Reads one piece while the one before is looked at. */
async function* piecesOf(file: FileHandle): AsyncGenerator<Uint8Array> {
  let [piece, other] = [new Uint8Array(CHUNK), new Uint8Array(CHUNK)]
  const read = (into: Uint8Array) => {
    const reading = file.read(into)
    // It fails for whoever waits for it, and that is nobody once the rest is not wanted.
    reading.catch(() => {})
    return reading
  }
  try {
    let reading = read(piece)
    for (;;) {
      const { bytesRead } = await reading
      if (bytesRead === 0) return
      reading = read(other)
      yield piece.subarray(0, bytesRead)
      ;[piece, other] = [other, piece]
    }
  } finally {
    await file.close()
  }
}

async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader()
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
  } finally {
    await reader.cancel().catch(() => undefined)
    reader.releaseLock()
  }
}

async function* checked(
  chunks: AsyncIterable<Uint8Array>,
  limit: number,
  what = 'the stream of the plan',
): AsyncGenerator<Uint8Array> {
  let total = 0
  try {
    for await (const chunk of chunks) {
      if (!(chunk instanceof Uint8Array))
        throw new TypeError('a stream of a plan gives bytes: leave its encoding unset')
      total += chunk.byteLength
      if (total > limit) throw tooLarge(limit)
      yield chunk
    }
  } catch (cause) {
    if (cause instanceof PlangateError || cause instanceof TypeError) throw cause
    throw unreadable(what, cause)
  }
}
