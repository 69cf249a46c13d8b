import type * as node from '../gunzip.ts'
import { brokenArchive } from '../paths.ts'

/** As ../gunzip.ts. A browser checks the sum at the end and refuses what follows it, a second member included. */
export async function* gunzip(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  // `as`: a bundle is never in memory that threads share
  const packed = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream()
  const reader = packed.pipeThrough(new DecompressionStream('gzip')).getReader()
  try {
    for (;;) {
      const next = await reader.read().catch((cause: unknown) => {
        throw brokenArchive('not a gzip stream, or a damaged or truncated one, or other bytes follow its end', cause)
      })
      if (next.done) return
      yield next.value
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

/** As ../gunzip.ts; what a browser has itself answers only later. */
export const gunzipNow: typeof node.gunzipNow = () => undefined
