/** Returns numbers from 0 to below 1, the same for the same seed (mulberry32). */
export const randomNumbers = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const numbers = '0 -0 1 1.0 1e400 -1E-400 9007199254740993 0.1 1.50 2e+2 12345678901234567890'.split(' ')
const escapes = String.raw`\/ \" \\ \b \f \n \r \t \u0000 \u001f \u003c \u00e9 \u2029 \ud83d\ude00 \uD800 \udc00 \ud800\u0041 \ufffd`
const characters = [...escapes.split(' '), ..."aZ0 <>&'/\u007fé\u2028\ufeff\ue000\uffff😀\ufffd"]

/** Returns a JSON text as nobody writes it: odd numbers, escapes of all kinds, equal keys, space everywhere. */
export const jsonDocument = (random: () => number): string => {
  const pick = <T>(from: readonly T[]): T => {
    const found = from[Math.floor(random() * from.length)]
    if (found === undefined) throw new TypeError('nothing to pick from')
    return found
  }
  const several = (make: () => string): string[] => Array.from({ length: Math.floor(random() * 5) }, make)
  const space = (): string => pick(['', '', '', ' ', '\n\t', '\r\n'])
  const text = (): string => `"${several(() => pick(characters)).join('')}"`
  const value = (depth: number): string => {
    const kind = depth > 4 ? pick(['number', 'text', 'word']) : pick(['number', 'text', 'word', 'array', 'object'])
    const inner = (): string => `${space()}${value(depth + 1)}${space()}`
    if (kind === 'number')
      return pick([...numbers, String(random() * 1e6), String(random() * 1e-9), String(random() * 1e25)])
    if (kind === 'text') return text()
    if (kind === 'word') return pick(['true', 'false', 'null', '[]', '{}', '[ ]', '{\n}'])
    if (kind === 'array') return `[${several(inner).join(',')}]`
    return `{${several(() => `${space()}${text()}${space()}:${inner()}`).join(',')}}`
  }
  return `${space()}${value(0)}${space()}`
}
