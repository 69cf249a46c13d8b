import type { Compiled } from './instance.ts'

/**
 * Where mended modules are kept between processes, by the digest of their bundle and how they are mended. What is read must
 * be what was written: whoever can put something else there decides about plans. Nor may it outlive the version of the code.
 */
export interface ModuleCache {
  readonly read: (key: string) => Uint8Array | undefined
  readonly write: (key: string, bytes: Uint8Array) => void
}

/** A module that was mended and is not compiled yet. */
export type Mended = Omit<Compiled, 'module'> & { readonly mended: Uint8Array }

/** Returns the bytes of a mended module: the length of what is known of it in 4 bytes, that as JSON, the module. */
export const packedModule = ({ mended, functions, ...known }: Mended): Uint8Array => {
  // Typed, so that what JSON cannot hold does not get lost here.
  const plain: Readonly<Record<string, boolean | readonly string[]>> = { ...known, functions: [...functions] }
  const head = new TextEncoder().encode(JSON.stringify(plain))
  const bytes = new Uint8Array(4 + head.length + mended.length)
  new DataView(bytes.buffer).setUint32(0, head.length)
  bytes.set(head, 4)
  bytes.set(mended, 4 + head.length)
  return bytes
}

/** Returns the mended module in what {@link packedModule} has made. */
export const moduleOf = (bytes: Uint8Array): Mended => {
  const end = 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0)
  // `as`: the cache gives what it was given
  const { functions, ...known } = JSON.parse(new TextDecoder().decode(bytes.subarray(4, end))) as Omit<
    Mended,
    'mended' | 'functions'
  > & { readonly functions: readonly string[] }
  return { ...known, functions: new Set(functions), mended: bytes.subarray(end) }
}
