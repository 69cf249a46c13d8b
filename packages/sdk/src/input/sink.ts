import { PART, type Take } from './place.ts'

const COMMA = 0x2c
const COLON = 0x3a
const NULL = new TextEncoder().encode('null')

/**
 * Collects the parts of a document that are taken, as JSON.
 *
 * Parts that follow each other in the document are copied together; where all of it is taken nothing is copied at all.
 */
export class Sink {
  #buffer = new Uint8Array(0)
  #length = 0
  /** What was taken last and is not copied yet, as a part of the window. */
  #bytes: Uint8Array = new Uint8Array(0)
  #from = 0
  #to = 0
  /** Members that are written, and elements that are left out and still stand for their places, by depth. */
  readonly #written: Float64Array
  readonly #holes: Float64Array

  constructor(maxDepth: number) {
    this.#written = new Float64Array(maxDepth + 2)
    this.#holes = new Float64Array(maxDepth + 2)
  }

  /** Takes from another window from now on. */
  window(bytes: Uint8Array): void {
    this.flush()
    this.#bytes = bytes
    this.#from = 0
    this.#to = 0
  }

  /** How much is collected so far. */
  get length(): number {
    return this.#length + this.#to - this.#from
  }

  /** Leaves out what came after a length. */
  truncate(length: number): void {
    this.#to = Math.max(this.#from, this.#to - (this.length - length))
    this.#length = Math.min(this.#length, length)
  }

  /** Returns what is collected. */
  result(): Uint8Array {
    if (this.#length === 0) return this.#bytes.subarray(this.#from, this.#to)
    this.flush()
    return this.#buffer.subarray(0, this.#length)
  }

  take(from: number, to: number): void {
    if (from !== this.#to || this.#from === this.#to) {
      this.flush()
      this.#from = from
    }
    this.#to = to
  }

  /** Begins an object or array with the bracket at an offset. */
  open(depth: number, at: number): void {
    this.take(at, at + 1)
    this.#written[depth] = 0
    this.#holes[depth] = 0
  }

  /** Begins a member of an object with its key. */
  key(depth: number, from: number, to: number): void {
    this.#comma(depth)
    this.take(from, to)
    this.#byte(COLON)
  }

  /** Begins an element, or passes over one. */
  element(depth: number, take: Take): void {
    if (take < PART) {
      this.#holes[depth] = (this.#holes[depth] ?? 0) + 1
      return
    }
    for (let left = this.#holes[depth] ?? 0; left > 0; left--) {
      this.#comma(depth)
      for (const byte of NULL) this.#byte(byte)
    }
    this.#holes[depth] = 0
    this.#comma(depth)
  }

  /** Copies what is taken, before the window goes. */
  flush(): void {
    const size = this.#to - this.#from
    if (size === 0) return
    if (this.#length + size > this.#buffer.length) this.#grow(this.#length + size)
    if (size < 32) {
      for (let at = 0; at < size; at++) this.#buffer[this.#length + at] = this.#bytes[this.#from + at] ?? 0
    } else {
      this.#buffer.set(this.#bytes.subarray(this.#from, this.#to), this.#length)
    }
    this.#length += size
    this.#from = this.#to
  }

  #comma(depth: number): void {
    const written = this.#written[depth] ?? 0
    if (written > 0) this.#byte(COMMA)
    this.#written[depth] = written + 1
  }

  /** Writes a byte that may be the next in the document, too. */
  #byte(byte: number): void {
    if (this.#from !== this.#to && this.#bytes[this.#to] === byte) {
      this.#to += 1
      return
    }
    this.flush()
    if (this.#length === this.#buffer.length) this.#grow(this.#length + 1)
    this.#buffer[this.#length] = byte
    this.#length += 1
  }

  #grow(least: number): void {
    const grown = new Uint8Array(Math.max(least, 4 * 1024, this.#buffer.length * 2))
    grown.set(this.#buffer.subarray(0, this.#length))
    this.#buffer = grown
  }
}
