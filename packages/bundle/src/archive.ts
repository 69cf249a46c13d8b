import { gunzip, gunzipNow } from '#platform/gunzip'
import type { ParsedTarEntryWithData, TarHeader } from 'modern-tar'
import { type BundleLimits, tooLarge, unpackedLimit } from './limits.ts'
import { brokenArchive, bundlePath, duplicate, notAFile } from './paths.ts'
import { plainEntries } from './plain.ts'

/** Yields the unpacked bytes of a gzip stream, and stops with an error as soon as there are more than `limit`. */
async function* unpacked(bytes: Uint8Array, limit: number): AsyncGenerator<Uint8Array> {
  let total = 0
  for await (const chunk of gunzip(bytes)) {
    total += chunk.length
    if (total > limit) throw tooLarge('unpacked bytes', limit)
    yield chunk
  }
}

type Judged = Pick<TarHeader, 'name' | 'type' | 'size'>

/** Returns the judge of an archive's entries, which throws for what is neither a file nor a folder, and for too much. */
const entryJudge = (limits: Required<BundleLimits>, limit: number): ((header: Judged) => void) => {
  const seen = new Set<string>()
  let entries = 0
  let declared = 0
  return ({ name, type = 'file', size }) => {
    entries += 1
    declared += size
    if (entries > limits.entries) throw tooLarge('entries', limits.entries)
    if (!Number.isSafeInteger(size) || size < 0 || declared > limit) throw tooLarge('unpacked bytes', limit)
    if (type !== 'file' && type !== 'directory') throw notAFile(name, type)
    const path = bundlePath(name)
    if (type === 'directory' || path === '') return
    if (seen.has(path)) throw duplicate(path)
    seen.add(path)
  }
}

/**
 * Returns the files of a `.tar.gz`, by path from the root of the bundle.
 *
 * @throws PlangateError as {@link readEntries}
 */
export const readArchive = async (
  bytes: Uint8Array,
  limits: Required<BundleLimits>,
): Promise<Map<string, Uint8Array>> =>
  new Map(
    (readPlain(bytes, limits) ?? (await readEntries(bytes, limits)))
      .filter(isFile)
      .map(({ header, data }) => [bundlePath(header.name), data ?? new Uint8Array()]),
  )

/** Packed bytes that are unpacked at once, while nothing else is done. */
const MOST_AT_ONCE = 4 * 1024 * 1024

/** Returns the entries of a plain archive that is not large, or undefined where {@link readEntries} has to read it. */
const readPlain = (bytes: Uint8Array, limits: Required<BundleLimits>) => {
  if (bytes.length > MOST_AT_ONCE) return undefined
  const limit = unpackedLimit(bytes.length, limits)
  const tar = gunzipNow(bytes, limit)
  const entries = tar === undefined ? undefined : plainEntries(tar)
  const judge = entryJudge(limits, limit)
  try {
    for (const { header } of entries ?? []) judge(header)
    return entries
  } catch {
    // Of two faults, the one is told that comes first in the archive.
    return undefined
  }
}

/** Tells a file of an archive from a folder. */
export const isFile = ({ header }: { readonly header: Pick<TarHeader, 'name' | 'type'> }): boolean =>
  header.type !== 'directory' && bundlePath(header.name) !== ''

/**
 * Returns the bytes of a `.tar.gz` with these entries. They depend on nothing else: the deflate is JavaScript's own, as
 * that of Node differs between processors.
 */
export const writeArchive = async (entries: readonly ParsedTarEntryWithData[]): Promise<Uint8Array> => {
  const [{ gzipSync }, { packTar }] = await Promise.all([import('fflate'), import('modern-tar')])
  return gzipSync(await packTar(entries), { level: 9, mtime: 0 })
}

/**
 * Returns the entries of a `.tar.gz`, files and folders, in their order.
 *
 * Counts while it unpacks: no limit is found out only after the memory is gone.
 *
 * @throws PlangateError `ERR_BUNDLE_INVALID`, `ERR_BUNDLE_UNSAFE_PATH`, `ERR_BUNDLE_LINK`, `ERR_BUNDLE_DUPLICATE`,
 * `ERR_BUNDLE_TOO_LARGE`
 */
export const readEntries = async (
  bytes: Uint8Array,
  limits: Required<BundleLimits>,
): Promise<ParsedTarEntryWithData[]> => {
  const { unpackTar } = await import('modern-tar')
  const limit = unpackedLimit(bytes.length, limits)
  const judge = entryJudge(limits, limit)
  const chunks = unpacked(bytes, limit)
  // What the two ends throw may come out of the tar reader as something else, depending on where its streams stood.
  let refusal: unknown
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const next = await chunks.next()
        if (next.done === true) controller.close()
        else controller.enqueue(next.value)
      } catch (error) {
        refusal ??= error
        throw error
      }
    },
    async cancel() {
      await chunks.return(undefined)
    },
  })
  const filter = (header: TarHeader): boolean => {
    try {
      judge(header)
      return true
    } catch (error) {
      refusal ??= error
      throw error
    }
  }
  try {
    return await unpackTar(stream, { strict: true, filter })
  } catch (cause) {
    throw refusal ?? brokenArchive('not a tar archive, or a damaged or truncated one', cause)
  }
}
