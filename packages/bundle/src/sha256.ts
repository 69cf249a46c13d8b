import { createHash } from 'node:crypto'

/** A sha256 of parts that come one after the other; texts count as their UTF-8. */
export interface Sha256 {
  update(part: Uint8Array | string): Sha256
  digest(encoding: 'hex'): string
}

/** Returns the sha256 of nothing yet. */
export const sha256 = (): Sha256 => createHash('sha256')
