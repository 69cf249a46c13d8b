import type { TarHeader } from 'modern-tar'

const BLOCK = 512

/** An entry of an archive, as far as a bundle needs it. */
export interface PlainEntry {
  readonly header: Pick<TarHeader, 'name' | 'size'> & { readonly type: 'file' | 'directory' }
  readonly data: Uint8Array
}

/**
 * Returns the entries of a tar that is as plain as those that `plangate build` and `opa build` write: files and folders in
 * ustar headers (https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html), names in ASCII of at most 99
 * characters, and nothing but zeros after the last. Undefined for any other, be it broken, hostile or only of another
 * kind: then the reader for all kinds has to say what it is.
 *
 * Streams of the web, which that reader works with, cost more to load than a bundle to unpack.
 */
export const plainEntries = (tar: Uint8Array): readonly PlainEntry[] | undefined => {
  if (tar.length % BLOCK !== 0) return undefined
  const entries: PlainEntry[] = []
  let at = 0
  while (at < tar.length && tar[at] !== 0) {
    const header = headerOf(tar.subarray(at, at + BLOCK))
    if (header === undefined) return undefined
    const from = at + BLOCK
    at = from + Math.ceil(header.size / BLOCK) * BLOCK
    if (at > tar.length) return undefined
    // A copy: whoever hands one file on does not hand on all.
    entries.push({ header, data: new Uint8Array(tar.subarray(from, from + header.size)) })
  }
  // Two blocks of zeros are the end.
  return entries.length > 0 && tar.length - at >= 2 * BLOCK && isZero(tar, at) ? entries : undefined
}

/**
 * A header, a character for a byte: name; mode, uid and gid; size; mtime; checksum; type; link; magic and version; names of
 * user and group; device; prefix and padding. All but the name are as long as they are, and so it is too.
 */
const HEADER =
  // oxlint-disable-next-line no-control-regex -- fields end with NUL
  /^([\x20-\x7e]{1,99})\0+(?:[0-7]{7}\0){3}([0-7]{11})\0[0-7]{11}\0([0-7]{6})\0 ([05])\0{100}ustar\x0000[\x20-\x7e\0]{64}[0\0]{16}\0{167}$/

const latin1 = new TextDecoder('latin1')

const headerOf = (block: Uint8Array): PlainEntry['header'] | undefined => {
  const [, name = '', size = '', checksum = '', type] = HEADER.exec(latin1.decode(block)) ?? []
  if (name === '' || Number.parseInt(checksum, 8) !== checksumOf(block)) return undefined
  const header = { name, size: Number.parseInt(size, 8), type: type === '5' ? 'directory' : 'file' } as const
  // Readers differ about a file that is called as a folder is, and about what a folder holds.
  const isPlain = header.type === 'file' ? !name.endsWith('/') : header.size === 0
  return isPlain ? header : undefined
}

/** The sum of all bytes, with blanks in the place of the checksum itself. */
const checksumOf = (block: Uint8Array): number => {
  let sum = 8 * 0x20
  for (let at = 0; at < BLOCK; at++) if (at < 148 || at >= 156) sum += block[at] ?? 0
  return sum
}

const isZero = (bytes: Uint8Array, from: number): boolean => {
  for (let at = from; at < bytes.length; at++) if (bytes[at] !== 0) return false
  return true
}
