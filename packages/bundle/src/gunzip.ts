import { constants, createGunzip } from 'node:zlib'
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
