/** The code that V8 has made of modules, by their names. */
export type Pack = ReadonlyMap<string, Buffer>

/** Returns the bytes of a pack: the length of a list in 4 bytes, the list of names and lengths as JSON, the code. */
export function packed(pack: Pack): Uint8Array {
  const list = Buffer.from(JSON.stringify([...pack].map(([name, { length }]) => [name, length])))
  const size = Buffer.alloc(4)
  size.writeUInt32LE(list.length)
  return Buffer.concat([size, list, ...pack.values()])
}

/** Returns the pack in what {@link packed} has made, without a copy; one without entries for undefined. */
export function packOf(bytes: Uint8Array | undefined): Pack {
  if (bytes === undefined) return new Map()
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 4 + all.readUInt32LE()
  // `as`: the cache has verified that `packed` has made it
  const list = JSON.parse(all.toString('utf8', 4, at)) as readonly (readonly [string, number])[]
  return new Map(
    list.map(([name, length]) => {
      at += length
      return [name, all.subarray(at - length, at)]
    }),
  )
}
