import { constants, createGunzip, gunzipSync } from 'node:zlib'
import { brokenArchive } from './paths.ts'

/**
 * Yields the unpacked bytes of a gzip stream, piece by piece.
 *
 * @throws PlangateError `ERR_BUNDLE_INVALID`, with what was wrong as its cause
 */
export async function* gunzip(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  const stream = createGunzip({ finishFlush: constants.Z_FINISH })
  stream.end(bytes)
  try {
    for await (const chunk of stream) yield chunk
  } catch (cause) {
    throw brokenArchive('not a gzip stream, or a damaged or truncated one', cause)
  } finally {
    stream.destroy()
  }
  // Node stops at whatever follows the last gzip member without a word; Go's reader, and so OPA's, refuses it.
  if (stream.bytesWritten !== bytes.length) {
    throw brokenArchive('a gzip stream with other bytes after its end', undefined)
  }
}

/**
 * Returns the same bytes at once, with no more than `limit` of them in memory; undefined where {@link gunzip} has to say what
 * is wrong.
 */
export const gunzipNow = (bytes: Uint8Array, limit: number): Uint8Array | undefined => {
  // What the trailer says is a hint only: the size that the output begins with.
  const said =
    bytes.length < 18 ? 0 : new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4).getUint32(0, true)
  const chunkSize = Math.max(64, Math.min(said + 1, limit, 16 * 1024 * 1024))
  try {
    // `as`: with `info` it returns both, which its types do not know
    const { buffer, engine } = gunzipSync(bytes, { maxOutputLength: limit, chunkSize, info: true }) as unknown as {
      readonly buffer: Uint8Array
      readonly engine: { readonly bytesWritten: number }
    }
    return engine.bytesWritten === bytes.length ? buffer : undefined
  } catch {
    return undefined
  }
}
