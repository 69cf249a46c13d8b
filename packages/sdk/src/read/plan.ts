import { openFile } from '#platform/read/file'
import { badArgument, PlangateError, readArgument } from '@plangate/bundle'
import { checked, tooLarge } from './pieces.ts'

/** Bytes of a plan, unless `limits.bytes` says otherwise: 8 GiB, of which only what is read has to fit into memory. */
export const MAX_INPUT_BYTES = 2 ** 33

/** Characters that a JavaScript string can always hold, V8's limit. */
const MAX_STRING = 512 * 1024 * 1024 - 24

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

/**
 * Returns the bytes of a plan, all at once or, of a stream and of a large file, as they come.
 *
 * A parsed document is serialised, so that each source is checked and hashed the same way. A `Uint8Array` comes back as it
 * is and is not changed.
 *
 * @throws PlangateError `ERR_INPUT_NOT_FOUND`, `ERR_INPUT_TOO_LARGE`, both while pieces come, too; `ERR_ARGUMENT_INVALID`
 * for what JSON cannot say, such as a cycle
 */
export const openPlan = async (source: PlanSource, limit: number = MAX_INPUT_BYTES): Promise<PlanBytes> => {
  if (typeof source === 'string') return openFile(source, limit)
  const opened = readArgument('plan', () => bytesOf(source))
  if (!(opened instanceof Uint8Array)) return checked(opened, limit)
  if (opened.byteLength > limit) throw tooLarge(limit)
  return opened
}

const bytesOf = (source: Exclude<PlanSource, string>): PlanBytes => {
  // Bytes that were transferred elsewhere are none, and cannot be looked at.
  if (source instanceof Uint8Array) return source.byteLength === 0 ? new Uint8Array() : source
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
    if (cause instanceof RangeError && /call stack/.test(cause.message)) {
      throw new PlangateError('ERR_INPUT_TOO_DEEP', 'the plan nests deeper than any that Terraform writes', { cause })
    }
    if (cause instanceof RangeError) {
      throw new PlangateError('ERR_INPUT_TOO_LARGE', `the plan is longer than ${MAX_STRING} characters`, {
        hint: 'give a path, bytes or a stream instead of a document',
        cause,
      })
    }
    throw badArgument('plan', 'cannot be written as JSON', cause)
  }
  if (text === undefined) throw badArgument('plan', 'is a path, bytes, a stream of bytes or a parsed document')
  return new TextEncoder().encode(text)
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
