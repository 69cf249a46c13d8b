import { BAD, literalEnd, MORE, QUOTE, stringEnd, TRUE } from './token.ts'

/** What may come next. */
const VALUE = 0
const FIRST_VALUE = 1
const NEXT = 2
const KEY = 3
const FIRST_KEY = 4
const COLON = 5

/** Passes over a whole object or array, proving that it is JSON. It stops where bytes end, and goes on in later ones. */
export class Skipper {
  /** Where it stopped: the first byte that it has not passed over. */
  at = 0
  /** Objects and arrays that are open, those around the value with them. */
  depth = 0
  /** How often it has passed over the word `true`. */
  trues = 0
  #state = VALUE
  #floor = 0
  readonly #isObject: Uint8Array

  constructor(maxDepth: number) {
    this.#isObject = new Uint8Array(maxDepth + 1)
  }

  /** Begins with a value at which `depth` objects and arrays are open. */
  begin(at: number, depth: number): void {
    this.at = at
    this.depth = depth
    this.#floor = depth
    this.#state = VALUE
  }

  /** Returns the offset behind the value, MORE, or BAD for what is no JSON or is nested deeper than the most. */
  run(bytes: Uint8Array, end: number, last: boolean): number {
    const isObject = this.#isObject
    const floor = this.#floor
    let at = this.at
    let depth = this.depth
    let state = this.#state
    let stopped = MORE
    for (;;) {
      let byte = 0
      while (at < end) {
        byte = bytes[at] ?? 0
        if (byte > 0x20 || (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09)) break
        at += 1
      }
      if (at >= end) break
      if (state === NEXT) {
        if (byte === 0x2c) {
          at += 1
          state = isObject[depth] === 1 ? KEY : VALUE
          continue
        }
        if (byte !== (isObject[depth] === 1 ? 0x7d : 0x5d)) {
          stopped = BAD
          break
        }
        at += 1
        depth -= 1
        if (depth === floor) {
          stopped = at
          break
        }
      } else if (byte === QUOTE && state !== COLON) {
        const behind = stringEnd(bytes, at, end)
        if (behind < 0) {
          stopped = behind
          break
        }
        at = behind
        if (state < NEXT) state = NEXT
        else if (at < end && bytes[at] === 0x3a) {
          at += 1
          state = VALUE
        } else state = COLON
      } else if (state < NEXT) {
        if (byte === 0x7b || byte === 0x5b) {
          if (depth === isObject.length - 1) {
            depth += 1
            stopped = BAD
            break
          }
          at += 1
          depth += 1
          isObject[depth] = byte === 0x7b ? 1 : 0
          state = byte === 0x7b ? FIRST_KEY : FIRST_VALUE
        } else if (byte === 0x5d && state === FIRST_VALUE) {
          at += 1
          depth -= 1
          state = NEXT
          if (depth === floor) {
            stopped = at
            break
          }
        } else {
          const behind = literalEnd(bytes, at, end, last)
          if (behind < 0) {
            stopped = behind
            break
          }
          if (byte === TRUE) this.trues += 1
          at = behind
          state = NEXT
        }
      } else if (state === COLON && byte === 0x3a) {
        at += 1
        state = VALUE
      } else if (state === FIRST_KEY && byte === 0x7d) {
        at += 1
        depth -= 1
        state = NEXT
        if (depth === floor) {
          stopped = at
          break
        }
      } else {
        stopped = BAD
        break
      }
    }
    this.at = at
    this.depth = depth
    this.#state = state
    return stopped
  }
}
