/** A section of a WebAssembly module: its contents lie from `start` to `end`. */
export interface Section {
  readonly id: number
  /** Where the section begins, with its id. */
  readonly from: number
  readonly start: number
  readonly end: number
}

/** Reads numbers and names of the binary format (https://webassembly.github.io/spec/core/binary/values.html). */
export const cursor = (bytes: Uint8Array, start: number) => {
  let at = start
  const byte = (): number => {
    const value = bytes[at]
    if (value === undefined) throw new RangeError('the module ends early')
    at += 1
    return value
  }
  const u32 = (): number => {
    let value = 0
    for (let shift = 0; shift < 35; shift += 7) {
      const next = byte()
      value |= (next & 0x7f) << shift
      if (next < 0x80) break
    }
    return value >>> 0
  }
  const name = (): string => {
    const length = u32()
    at += length
    return new TextDecoder().decode(bytes.subarray(at - length, at))
  }
  const skip = (length: number): void => {
    at += length
  }
  return { byte, u32, name, skip, at: () => at }
}

/** Returns the sections of a module, in order. */
export const sectionsOf = (bytes: Uint8Array): readonly Section[] => {
  const read = cursor(bytes, 8)
  const sections: Section[] = []
  while (read.at() < bytes.length) {
    const from = read.at()
    const id = read.byte()
    const size = read.u32()
    sections.push({ id, from, start: read.at(), end: read.at() + size })
    read.skip(size)
  }
  return sections
}

/** Returns an unsigned number as it is written. */
export const unsigned = (value: number): readonly number[] =>
  value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)]

/** Returns a signed number of 32 bits as it is written. */
export const signed = (value: number): readonly number[] =>
  value >= -0x40 && value < 0x40 ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)]

/** Returns a signed number of 64 bits as it is written. */
export const signedWide = (value: bigint): readonly number[] =>
  value >= -0x40n && value < 0x40n
    ? [Number(value & 0x7fn)]
    : [Number(value & 0x7fn) | 0x80, ...signedWide(value >> 7n)]

/** What a function takes and returns. */
export interface Shape {
  /** The index of the type. */
  readonly type: number
  readonly parameters: number
  readonly results: number
  /** Whether all of it is i32. */
  readonly plain: boolean
}

/** Returns the shapes of all functions of a module, imported ones first, and the indices of imported ones by name. */
export const functionsOf = (bytes: Uint8Array, sections: readonly Section[]) => {
  const types: Shape[] = []
  const functions: (Shape | undefined)[] = []
  const imported = new Map<string, number>()
  for (const { id, start } of sections) {
    if (id < 1 || id > 3) continue
    const read = cursor(bytes, start)
    for (let count = read.u32(); count > 0; count -= 1) {
      if (id === 1) types.push(shapeOf(read, types.length))
      else if (id === 3) functions.push(types[read.u32()])
      else {
        read.name()
        const name = read.name()
        const kind = read.byte()
        if (kind === FUNCTION) {
          imported.set(name, functions.length)
          functions.push(types[read.u32()])
        } else if (kind === MEMORY) {
          const limited = read.byte()
          read.u32()
          if (limited === 1) read.u32()
        } else throw new RangeError(`unknown import of kind ${kind}`)
      }
    }
  }
  return { functions, imported }
}

const FUNCTION = 0
const MEMORY = 2
const I32 = 0x7f

const shapeOf = (read: ReturnType<typeof cursor>, type: number): Shape => {
  read.byte()
  const list = (): readonly number[] => Array.from({ length: read.u32() }, () => read.byte())
  const [parameters, results] = [list(), list()]
  const plain = [...parameters, ...results].every((each) => each === I32)
  return { type, parameters: parameters.length, results: results.length, plain }
}

/** Returns the indices of functions by their names, as far as the module says them. */
export const namesOf = (bytes: Uint8Array, sections: readonly Section[]): ReadonlyMap<string, number> => {
  const names = new Map<string, number>()
  for (const { id, start, end } of sections) {
    const read = cursor(bytes, start)
    if (id !== 0 || read.name() !== 'name') continue
    const from = read.at()
    // Decoded as a whole, a character for a byte, because there are thousands; a name that is not ASCII is read again.
    const text = new TextDecoder('latin1').decode(bytes.subarray(from, end))
    while (read.at() < end) {
      const kind = read.byte()
      const size = read.u32()
      if (kind !== 1) {
        read.skip(size)
        continue
      }
      for (let count = read.u32(); count > 0; count -= 1) {
        const index = read.u32()
        const length = read.u32()
        const at = read.at()
        const name = text.slice(at - from, at - from + length)
        read.skip(length)
        names.set(/[^\0-\x7f]/.test(name) ? new TextDecoder().decode(bytes.subarray(at, at + length)) : name, index)
      }
    }
  }
  return names
}
