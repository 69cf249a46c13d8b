import { type FileHandle, open } from 'node:fs/promises'
import { PlangateError } from '@plangate/bundle'
import { checked, tooLarge, unreadable } from './pieces.ts'

/** Bytes of a file up to which it is read at once. */
const AT_ONCE = 4 * 1024 * 1024
/** Bytes of a larger file that are read at a time. */
const CHUNK = 1024 * 1024

/**
 * Returns the bytes of a plan in a file, or of a large file and a pipe its pieces.
 *
 * @throws PlangateError `ERR_INPUT_NOT_FOUND`, `ERR_INPUT_TOO_LARGE`, both while pieces come, too
 */
export const openFile = async (path: string, limit: number): Promise<Uint8Array | AsyncIterable<Uint8Array>> => {
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
