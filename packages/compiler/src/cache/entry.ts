import { createHash } from 'node:crypto'

/** Bytes that an entry has before its contents. */
export const hashBytes = 32

const digest = (key: string, bytes: Uint8Array): Buffer => createHash('sha256').update(key).update(bytes).digest()

/** Returns an entry for a key: a hash of the key and the contents, and the contents. */
export const sealed = (key: string, bytes: Uint8Array): Uint8Array => Buffer.concat([digest(key, bytes), bytes])

/** Returns the contents of an entry, or undefined for what is not one of this key, whole and unchanged. */
export const unsealed = (key: string, entry: Uint8Array): Uint8Array | undefined => {
  const bytes = entry.subarray(hashBytes)
  return digest(key, bytes).equals(entry.subarray(0, hashBytes)) ? bytes : undefined
}
