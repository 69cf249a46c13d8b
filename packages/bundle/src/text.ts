import { isUtf8 } from 'node:buffer'

/** Tells whether bytes are UTF-8. */
export { isUtf8 }

/** Returns the UTF-8 text in memory from an address to the next NUL; what is no character becomes U+FFFD. */
export const textAt = (memory: ArrayBuffer, address: number): string => {
  const from = Buffer.from(memory, address)
  return from.toString('utf8', 0, from.indexOf(0))
}

/** Returns the base64 of bytes. */
export const base64Of = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')

/** Returns what base64 of either alphabet stands for, each byte as one character. */
export const latin1OfBase64 = (text: string): string => Buffer.from(text, 'base64').toString('latin1')
