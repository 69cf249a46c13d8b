import { readFile, stat } from 'node:fs/promises'
import { createReadStream } from 'node:fs'
import { PlangateError } from '@plangate/bundle'

/** Bytes that a JavaScript string can always hold, V8's limit: what is longer cannot be checked before it is evaluated. */
export const MAX_INPUT_BYTES = 512 * 1024 * 1024 - 24

/** A plan as a caller may give it: the path of a file, bytes, a stream of bytes, or the parsed document. */
export type PlanSource =
  | string
  | Uint8Array
  | ArrayBuffer
  | AsyncIterable<Uint8Array>
  | ReadableStream<Uint8Array>
  | Readonly<Record<string, unknown>>

const tooLarge = (limit: number): PlangateError =>
  new PlangateError('ERR_INPUT_TOO_LARGE', `the plan is larger than ${limit} bytes`, {
    hint:
      limit < MAX_INPUT_BYTES
        ? 'raise `limits.bytes`'
        : 'split the configuration into several states, or plan with `-target`',
  })

const unreadable = (what: string, cause: unknown): PlangateError =>
  new PlangateError('ERR_INPUT_NOT_FOUND', `cannot read ${what}`, {
    hint: 'write one with `terraform plan -out tf.plan` and `terraform show -json tf.plan > plan.json`',
    cause,
  })

/**
 * Returns the bytes of a plan.
 *
 * A parsed document is serialised, so that each source is checked and hashed the same way. A `Uint8Array` comes back as it
 * is and is not changed.
 *
 * @throws PlangateError `ERR_INPUT_NOT_FOUND`, `ERR_INPUT_TOO_LARGE`; TypeError for what JSON cannot say, such as a cycle
 */
export const readPlan = async (source: PlanSource, limitBytes: number = MAX_INPUT_BYTES): Promise<Uint8Array> => {
  const limit = Math.min(limitBytes, MAX_INPUT_BYTES)
  const bytes = await bytesOf(source, limit)
  if (bytes.byteLength > limit) throw tooLarge(limit)
  return bytes
}

const bytesOf = async (source: PlanSource, limit: number): Promise<Uint8Array> => {
  if (typeof source === 'string') return fromFile(source, limit)
  if (source instanceof Uint8Array) return source
  if (source instanceof ArrayBuffer) return new Uint8Array(source)
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
  if (source instanceof ReadableStream) return collect(chunksOf(source), limit)
  if (isAsyncIterable(source)) return collect(source, limit)
  return serialise(source)
}

// Given what a caller without types may pass, too.
const isAsyncIterable = (source: unknown): source is AsyncIterable<Uint8Array> =>
  typeof source === 'object' && source !== null && Symbol.asyncIterator in source

const serialise = (value: unknown): Uint8Array => {
  let text: string | undefined
  try {
    text = JSON.stringify(value)
  } catch (cause) {
    if (cause instanceof RangeError) throw tooLarge(MAX_INPUT_BYTES)
    throw cause
  }
  if (text === undefined) throw new TypeError('a plan is a path, bytes, a stream of bytes or a parsed document')
  return new TextEncoder().encode(text)
}

const fromFile = async (path: string, limit: number): Promise<Uint8Array> => {
  const what = `a plan at \`${path}\``
  try {
    const info = await stat(path)
    if (info.isDirectory()) throw unreadable(`${what}: it is a folder`, undefined)
    if (info.size > limit) throw tooLarge(limit)
    // A pipe has no size, so it is counted while it is read.
    return info.isFile() ? await readFile(path) : await collect(createReadStream(path), limit)
  } catch (cause) {
    throw cause instanceof PlangateError ? cause : unreadable(what, cause)
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

const collect = async (chunks: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array> => {
  const parts: Uint8Array[] = []
  let total = 0
  try {
    for await (const chunk of chunks) {
      if (!(chunk instanceof Uint8Array))
        throw new TypeError('a stream of a plan gives bytes: leave its encoding unset')
      total += chunk.byteLength
      if (total > limit) throw tooLarge(limit)
      parts.push(chunk)
    }
  } catch (cause) {
    if (cause instanceof PlangateError || cause instanceof TypeError) throw cause
    throw unreadable('the stream of the plan', cause)
  }
  const only = parts[0]
  if (only !== undefined && parts.length === 1) return only
  const bytes = new Uint8Array(total)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.byteLength
  }
  return bytes
}
