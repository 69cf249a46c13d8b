import { signed, signedWide, unsigned } from './binary.ts'

type Operand = 'signed' | 'wide' | 'unsigned' | 'offset'

// https://webassembly.github.io/spec/core/binary/instructions.html
const instructions: Readonly<Record<string, readonly [readonly number[], Operand?]>> = {
  block: [[0x02, 0x40]],
  loop: [[0x03, 0x40]],
  if: [[0x04, 0x40]],
  'if-value': [[0x04, 0x7f]],
  else: [[0x05]],
  end: [[0x0b]],
  br: [[0x0c], 'unsigned'],
  'br-if': [[0x0d], 'unsigned'],
  return: [[0x0f]],
  call: [[0x10], 'unsigned'],
  drop: [[0x1a]],
  select: [[0x1b]],
  get: [[0x20], 'unsigned'],
  set: [[0x21], 'unsigned'],
  tee: [[0x22], 'unsigned'],
  global: [[0x23], 'unsigned'],
  'set-global': [[0x24], 'unsigned'],
  load: [[0x28], 'offset'],
  'load-wide': [[0x29], 'offset'],
  'load-byte': [[0x2d], 'offset'],
  'load-half': [[0x2f], 'offset'],
  store: [[0x36], 'offset'],
  'store-wide': [[0x37], 'offset'],
  'store-byte': [[0x3a], 'offset'],
  'store-half': [[0x3b], 'offset'],
  'memory-size': [[0x3f, 0]],
  const: [[0x41], 'signed'],
  'const-wide': [[0x42], 'wide'],
  'is-zero': [[0x45]],
  equal: [[0x46]],
  'not-equal': [[0x47]],
  'less-signed': [[0x48]],
  less: [[0x49]],
  greater: [[0x4b]],
  'at-most': [[0x4d]],
  'at-least': [[0x4f]],
  'not-equal-wide': [[0x52]],
  clz: [[0x67]],
  add: [[0x6a]],
  subtract: [[0x6b]],
  multiply: [[0x6c]],
  remainder: [[0x70]],
  and: [[0x71]],
  or: [[0x72]],
  xor: [[0x73]],
  left: [[0x74]],
  right: [[0x76]],
  'rotate-left': [[0x77]],
  'multiply-wide': [[0x7e]],
  'or-wide': [[0x84]],
  'xor-wide': [[0x85]],
  'left-wide': [[0x86]],
  'right-wide': [[0x88]],
  narrow: [[0xa7]],
  widen: [[0xad]],
  copy: [[0xfc, 0x0a, 0, 0]],
  fill: [[0xfc, 0x0b, 0]],
}

/**
 * Returns the instructions in a text, one word each, in the order in which a stack machine takes them, with numbers or
 * names for operands. What follows `;` in a line is a comment. All values are i32 and unsigned unless a word says otherwise:
 * those of a `wide` one are i64.
 *
 * @throws RangeError for a word that is none
 */
export const assemble = (text: string, names: Readonly<Record<string, number>> = {}): readonly number[] => {
  const words = text.replaceAll(/;.*/g, '').split(/\s+/)
  const bytes: number[] = []
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ''
    if (word === '') continue
    const instruction = instructions[word]
    if (instruction === undefined) throw new RangeError(`no instruction \`${word}\``)
    const [code, operand] = instruction
    // One by one: this runs once for each word, before the engine knows it, when a module is loaded.
    for (const byte of code) bytes.push(byte)
    if (operand === undefined) continue
    at += 1
    const value = words[at] ?? ''
    if (operand === 'wide') bytes.push(...signedWide(BigInt(value)))
    else write(bytes, operand, valueOf(value, names))
  }
  return bytes
}

const write = (bytes: number[], operand: Exclude<Operand, 'wide'>, value: number): void => {
  // The alignment that is promised, none, comes before an offset.
  if (operand === 'offset') bytes.push(0)
  if (value >= 0 && value < 0x40) bytes.push(value)
  else bytes.push(...(operand === 'signed' ? signed(value) : unsigned(value)))
}

const valueOf = (word: string, names: Readonly<Record<string, number>>): number => {
  const value = names[word] ?? (word === '' ? Number.NaN : Number(word))
  if (!Number.isInteger(value)) throw new RangeError(`nothing is called \`${word}\``)
  return value
}
