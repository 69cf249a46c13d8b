/** Functions of a module by their indices, as far as they matter for what goes through collections. */
export interface Steps {
  /** Goes one element further. */
  readonly step: number
  /** Makes an array. */
  readonly make: number
  /** Puts an element behind the others of an array. */
  readonly append: number
  /** Is called instead of `step` where nobody can tell in which order elements came. */
  readonly free: number
}

/**
 * Returns the body of a function that OPA planned with its calls of `step` changed into calls of `free`, but for those in
 * loops that make an array: what is put into an array that is there before the loop shows in which order elements came.
 *
 * All else that a loop leaves behind is the same in any order: sets and objects, a value that may be assigned only once, or
 * that something was found. What two orders could tell apart is which of two errors comes first, and which of two numbers
 * that are equal, such as 1 and 1.0, stays in a set; whoever evaluates looks out for both. Bodies with instructions that
 * OPA does not write stay as they are.
 */
export const freed = (body: Uint8Array, { step, make, append, free }: Steps): Uint8Array => {
  /** The loops that are open, 0 for other blocks, by the place where they begin; the innermost loop, 0 for none. */
  const open: number[] = []
  let innermost = 0
  /** The innermost loop that is open where the array in a local was made. */
  const made = new Map<number, number>()
  const minded = new Set<number>()
  const calls: { readonly at: number; readonly loop: number }[] = []
  let at = 0
  const number = (): number => {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = body[at] ?? 0
      at += 1
      value |= (byte & 0x7f) << shift
      if (byte < 0x80) return value
    }
  }
  const mind = (until: number | undefined): void => {
    for (let index = open.length - 1; index >= 0; index -= 1) {
      const loop = open[index] ?? 0
      if (loop !== 0 && loop === until) return
      minded.add(loop)
    }
  }
  number()
  for (let groups = number(); groups > 0; groups -= 1) {
    number()
    at += 1
  }
  // Where the last two instructions begin, and where one would follow the last array that was made.
  let [last, before, makes] = [0, 0, 0]
  while (at < body.length) {
    const from = at
    const code = body[at] ?? 0
    at += 1
    switch (KINDS[code]) {
      case Kind.number:
        while ((body[at] ?? 0) >= 0x80) at += 1
        at += 1
        break
      case Kind.plain:
        break
      case Kind.call: {
        const called = number()
        if (called === step) calls.push({ at: from + 1, loop: innermost })
        else if (called === make) makes = at
        else if (called === append) {
          const given = body[last] === GET || body[last] === CONST ? localAt(body, before) : undefined
          mind(given === undefined ? undefined : made.get(given))
        }
        break
      }
      case Kind.set: {
        const local = number()
        if (from === makes) made.set(local, innermost)
        else if (made.size > 0) made.delete(local)
        break
      }
      case Kind.block:
        at += 1
        open.push(code === LOOP ? from : 0)
        if (code === LOOP) innermost = from
        break
      case Kind.end:
        if (open.pop() === innermost) innermost = open.findLast((loop) => loop !== 0) ?? 0
        break
      case Kind.numbers:
        number()
        number()
        break
      default:
        return body
    }
    before = last
    last = from
  }
  return patched(
    body,
    calls.filter(({ loop }) => loop !== 0 && !minded.has(loop)),
    free,
  )
}

/** The local that an instruction reads, if it reads one. */
const localAt = (body: Uint8Array, at: number): number | undefined => {
  if (body[at] !== GET) return undefined
  const [low = 0, high = 0] = [body[at + 1], body[at + 2]]
  if (low < 0x80) return low
  return high < 0x80 ? (low & 0x7f) | (high << 7) : undefined
}

const patched = (body: Uint8Array, calls: readonly { readonly at: number }[], free: number): Uint8Array => {
  if (calls.length === 0) return body
  const bytes = body.slice()
  for (const { at } of calls) {
    let length = 1
    while ((body[at + length - 1] ?? 0) >= 0x80) length += 1
    // Of as many bytes as there are: the size of nothing changes.
    if (free >= 2 ** (7 * length)) return body
    for (let index = 0; index < length; index += 1) {
      bytes[at + index] = ((free >>> (7 * index)) & 0x7f) | (index < length - 1 ? 0x80 : 0)
    }
  }
  return bytes
}

// https://webassembly.github.io/spec/core/binary/instructions.html
const LOOP = 0x03
const GET = 0x20
const CONST = 0x41

/** What of an instruction matters, or what follows it. */
const Kind = { other: 0, plain: 1, number: 2, numbers: 3, block: 4, end: 5, call: 6, set: 7 } as const

const KINDS = new Uint8Array(256)
const kinds: readonly (readonly [kind: number, ...codes: (readonly [from: number, to: number])[]])[] = [
  // unreachable and nop, else, return, drop and select, and all that only calculates
  [Kind.plain, [0x00, 0x01], [0x05, 0x05], [0x0f, 0x0f], [0x1a, 0x1b], [0x45, 0xc4]],
  // br and br_if, local.get, local.tee and globals, i32.const and i64.const
  [Kind.number, [0x0c, 0x0d], [GET, GET], [0x22, 0x24], [CONST, 0x42]],
  // call_indirect, and loads and stores
  [Kind.numbers, [0x11, 0x11], [0x28, 0x3e]],
  [Kind.block, [0x02, 0x04]],
  [Kind.end, [0x0b, 0x0b]],
  [Kind.call, [0x10, 0x10]],
  [Kind.set, [0x21, 0x21]],
]
for (const [kind, ...codes] of kinds) for (const [from, to] of codes) KINDS.fill(kind, from, to + 1)
