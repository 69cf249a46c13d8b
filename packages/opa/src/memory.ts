/** The bytes that Go's memory may take unless something else is said. */
export const defaultMemoryBytes = 2 * 1024 ** 3

const page = 64 * 1024
const mostPages = 65536
const memorySection = 5

/**
 * Returns the WebAssembly module with `bytes` as the most that its memory may grow to, so that Go is refused what lies
 * beyond. Go declares one memory without a limit: https://webassembly.github.io/spec/core/binary/modules.html
 *
 * @throws RangeError when that is less than the module needs to start
 */
export const limitMemory = (module: Uint8Array, bytes: number): Uint8Array => {
  const most = Math.min(mostPages, Math.floor(bytes / page))
  for (let at = 8; at < module.length; ) {
    const [size, body] = readNumber(module, at + 1)
    if (module[at] === memorySection) {
      const [least] = readNumber(module, body + 2)
      if (least > most) throw new RangeError(`a memory of ${least * page} bytes is the least`)
      const limits = [1, 1, ...writeNumber(least), ...writeNumber(most)]
      const section = [memorySection, ...writeNumber(limits.length), ...limits]
      const limited = new Uint8Array(module.length - (body + size - at) + section.length)
      limited.set(module.subarray(0, at))
      limited.set(section, at)
      limited.set(module.subarray(body + size), at + section.length)
      return limited
    }
    at = body + size
  }
  throw new RangeError('the module has no memory')
}

/** An unsigned number in LEB128, and where it ends. */
const readNumber = (bytes: Uint8Array, start: number): readonly [value: number, end: number] => {
  let value = 0
  let scale = 1
  for (let at = start; ; at++, scale *= 128) {
    const byte = bytes[at] ?? 0
    value += (byte % 128) * scale
    if (byte < 128) return [value, at + 1]
  }
}

const writeNumber = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) + 128, ...writeNumber(Math.floor(value / 128))]
