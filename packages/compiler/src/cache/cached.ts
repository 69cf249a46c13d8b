import type { CompileResult } from '../types.ts'
import { openStore, type CacheOptions } from './store.ts'

/**
 * Returns the outcome that the cache has for a key, or else that of `make`, of which bundles are kept.
 *
 * @throws what `openStore` and `make` throw
 */
export const cached = async (
  options: false | CacheOptions,
  keyOf: () => Promise<string>,
  make: () => Promise<CompileResult>,
): Promise<CompileResult> => {
  if (options === false) return make()
  const store = await openStore(options)
  const key = await keyOf()
  const entry = await store.read(key)
  if (entry !== undefined) return decode(entry)
  const result = await make()
  if (result.bundle !== undefined) await store.write(key, encode(result, result.bundle))
  return result
}

/** The length of the JSON in 4 bytes, the JSON of all but the bundle, the bundle. */
const encode = (result: CompileResult, bundle: Uint8Array): Uint8Array => {
  const json = Buffer.from(JSON.stringify({ ...result, bundle: undefined }))
  const size = Buffer.alloc(4)
  size.writeUInt32LE(json.length)
  return Buffer.concat([size, json, bundle])
}

const decode = (entry: Uint8Array): CompileResult => {
  const bytes = Buffer.from(entry.buffer, entry.byteOffset, entry.byteLength)
  const end = 4 + bytes.readUInt32LE()
  // `as`: the store has verified that this is what `encode` has made, and the key that the code was this
  const rest = JSON.parse(bytes.toString('utf8', 4, end)) as Omit<CompileResult, 'bundle'>
  return { ...rest, bundle: Uint8Array.from(bytes.subarray(end)) }
}
