import { sha256 as begin } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type * as node from '../sha256.ts'

/** As ../sha256.ts; what a browser has itself answers only later, and policies and plans are hashed at once. */
export const sha256: typeof node.sha256 = () => {
  const hash = begin.create()
  const growing = {
    update: (part: Uint8Array | string) => {
      hash.update(typeof part === 'string' ? new TextEncoder().encode(part) : part)
      return growing
    },
    digest: () => bytesToHex(hash.digest()),
  }
  return growing
}
