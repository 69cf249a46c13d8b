import { NOTHING, PART, type Choice, type Place, type Role, WHOLE } from './place.ts'
import { Sink } from './sink.ts'
import { Skipper } from './skip.ts'
import { BAD, literalEnd, MORE, QUOTE, stringEnd, TRUE } from './token.ts'

/** What may come next. */
const VALUE = 0
const FIRST_VALUE = 1
const NEXT = 2
const KEY = 3
const FIRST_KEY = 4
const COLON = 5
const END = 6

const OPEN_OBJECT = 0x7b
const OPEN_ARRAY = 0x5b

/** Told what a document holds, while it is scanned. */
export interface Listener {
  /**
   * A group ended. `slots` has two offsets for each member, where it begins and what is behind it, -1 for a member that
   * is missing, or whose slot has an odd number and in which nothing is true.
   */
  readonly group: (bytes: Uint8Array, slots: Float64Array, role: Role) => void
  /** An array whose elements are counted ended. */
  readonly count: (elements: number, isWrapped: boolean) => void
}

/** The slots that a group may have. */
export const SLOTS = 4

/** An object of which more is read if it holds some string. */
interface Choosing {
  readonly choice: Choice
  readonly depth: number
  from: number
  readonly taken: number
  readonly noted: number
  /** Whether it is known which string it holds: this is the second time that it is looked at. */
  readonly isFinal: boolean
  /** Whether a member was placed that another string would have placed elsewhere. */
  isConcerned: boolean
  isWrong: boolean
}

/**
 * Scans one JSON document, proves that it is one, and takes the parts that places say are taken.
 *
 * It is given windows of the document, and says from which offset on it has to see bytes again: from a token that is not
 * complete, or from an object that is looked at as a whole.
 */
export class Scanner {
  readonly output: Sink
  readonly notes: Sink
  /** Offset in the window of the first byte that is not passed over. */
  at = 0
  /** Objects and arrays that are open there. */
  open = 0
  /** Offset behind the document once it has ended and only white space may follow, -1 until then. */
  end = -1

  readonly #listener: Listener
  readonly #maxDepth: number
  readonly #skipper: Skipper
  #bytes: Uint8Array = new Uint8Array(0)
  #isLast = false
  #state = VALUE
  #depth = 0
  /** The place of the value that is coming, or that is skipped. */
  #place: Place
  #isSkipping = false
  /** For each open object and array: what it is, how many elements it had, its place, and where it began. */
  readonly #isObject: Uint8Array
  readonly #index: Float64Array
  readonly #places: Place[]
  readonly #from: Float64Array
  /** Where begins what is taken whole and not given to the output, or to the notes, yet; -1 for nothing. */
  #outputFrom = -1
  #notesFrom = -1
  readonly #choosing: Choosing[] = []
  /** Whether the coming value is the string that decides what is read. */
  #isDeciding = false
  #groupDepth = -1
  readonly #slots = new Float64Array(2 * SLOTS)
  /** How often `true` had come when the last member of a group began. */
  #trues = 0

  constructor(root: Place, maxDepth: number, listener: Listener) {
    this.#listener = listener
    this.#maxDepth = maxDepth
    this.#skipper = new Skipper(maxDepth)
    this.#place = root
    this.#places = [{ ...root, take: PART, note: PART, role: undefined }]
    this.#isObject = new Uint8Array(maxDepth + 1)
    this.#index = new Float64Array(maxDepth + 1)
    this.#from = new Float64Array(maxDepth + 2)
    this.output = new Sink(maxDepth)
    this.notes = new Sink(maxDepth)
  }

  /**
   * Goes on in a window that begins `shift` bytes after the one before. Returns the offset from which on the next window
   * has to show bytes again, or BAD at what is not JSON, or nested too deeply, from `at` on.
   */
  scan(bytes: Uint8Array, shift: number, isLast: boolean): number {
    this.#enter(bytes, shift, isLast)
    for (;;) {
      const stopped = this.#isSkipping ? this.#skip() : this.#step()
      if (stopped === 0) continue
      if (stopped === BAD) return BAD
      if (isLast && this.#state !== END) return BAD
      return this.#leave()
    }
  }

  #enter(bytes: Uint8Array, shift: number, isLast: boolean): void {
    this.#bytes = bytes
    this.#isLast = isLast
    this.output.window(bytes)
    this.notes.window(bytes)
    if (shift === 0) return
    this.at -= shift
    this.#skipper.at -= shift
    // One deeper, where a value is skipped.
    for (let depth = 0; depth <= this.#depth + 1; depth++) this.#from[depth] = (this.#from[depth] ?? 0) - shift
    for (const each of this.#choosing) each.from -= shift
    if (this.#outputFrom >= 0) this.#outputFrom -= shift
    if (this.#notesFrom >= 0) this.#notesFrom -= shift
    for (let slot = 0; slot < 2 * SLOTS; slot++) {
      const offset = this.#slots[slot] ?? -1
      if (offset >= 0) this.#slots[slot] = offset - shift
    }
  }

  #leave(): number {
    if (this.#outputFrom >= 0) {
      this.output.take(this.#outputFrom, this.at)
      this.#outputFrom = this.at
    }
    if (this.#notesFrom >= 0) {
      this.notes.take(this.#notesFrom, this.at)
      this.#notesFrom = this.at
    }
    if (!this.#isLast) {
      this.output.flush()
      this.notes.flush()
    }
    const group = this.#groupDepth < 0 ? this.at : (this.#from[this.#groupDepth] ?? 0)
    return Math.min(this.at, group, this.#choosing[0]?.from ?? this.at)
  }

  #skip(): number {
    const behind = this.#skipper.run(this.#bytes, this.#bytes.length, this.#isLast)
    this.at = this.#skipper.at
    if (behind < 0) {
      this.open = this.#skipper.depth
      return behind
    }
    this.#isSkipping = false
    this.#closed(this.#place, this.#from[this.#depth + 1] ?? 0)
    return 0
  }

  /** Passes over one token. Returns 0, MORE, or BAD. */
  #step(): number {
    const bytes = this.#bytes
    const end = bytes.length
    let byte = 0
    let at = this.at
    for (; at < end; at++) {
      byte = bytes[at] ?? 0
      if (byte > 0x20 || (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09)) break
    }
    this.at = at
    this.open = this.#depth
    if (at >= end) return MORE
    switch (this.#state) {
      case NEXT:
        return this.#next(byte)
      case COLON:
        if (byte !== 0x3a) return BAD
        this.at += 1
        this.#state = VALUE
        return 0
      case END:
        return BAD
      case FIRST_VALUE:
        if (byte === 0x5d) return this.#close()
        return this.#value(byte)
      case VALUE:
        return this.#value(byte)
      default:
        if (byte === 0x7d && this.#state === FIRST_KEY) return this.#close()
        return byte === QUOTE ? this.#key() : BAD
    }
  }

  #next(byte: number): number {
    const isObject = this.#isObject[this.#depth] === 1
    if (byte === 0x2c) {
      this.at += 1
      this.#state = isObject ? KEY : VALUE
      return 0
    }
    return byte === (isObject ? 0x7d : 0x5d) ? this.#close() : BAD
  }

  #key(): number {
    const bytes = this.#bytes
    const from = this.at
    const behind = stringEnd(bytes, from, bytes.length)
    if (behind < 0) return behind
    const depth = this.#depth
    const parent = this.#placeAt(depth)
    const place = parent.member(bytes, from, behind)
    const choosing = this.#choosing.at(-1)
    if (choosing !== undefined && choosing.depth === depth && !choosing.isFinal) {
      if (choosing.choice.key.get(bytes, from, behind) === true) this.#isDeciding = true
      else if (!choosing.isConcerned) choosing.isConcerned = choosing.choice.concerns(bytes, from, behind)
    }
    if (parent.take === PART && place.take !== NOTHING) this.output.key(depth, from, behind)
    if (parent.note === PART && place.note !== NOTHING) this.notes.key(depth, from, behind)
    this.#place = place
    if (depth === this.#groupDepth) this.#trues = this.#skipper.trues
    this.at = behind
    this.#state = COLON
    return 0
  }

  #value(byte: number): number {
    const from = this.at
    const depth = this.#depth
    if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      if (depth === this.#maxDepth) {
        this.open = depth + 1
        return BAD
      }
      this.#begin()
      if (byte === OPEN_ARRAY && this.#place.choice !== undefined) this.#place = this.#place.choice.most
      this.#begun(this.#place, from, byte)
      return 0
    }
    const bytes = this.#bytes
    const behind =
      byte === QUOTE ? stringEnd(bytes, from, bytes.length) : literalEnd(bytes, from, bytes.length, this.#isLast)
    if (behind < 0) return behind
    this.#begin()
    const parent = this.#placeAt(depth)
    if (parent.take === PART && this.#place.take !== NOTHING) this.output.take(from, behind)
    if (parent.note === PART && this.#place.note !== NOTHING) this.notes.take(from, behind)
    if (this.#isDeciding) this.#decide(from, behind)
    if (byte === TRUE) this.#skipper.trues += 1
    this.at = behind
    this.#ended(this.#place, from)
    return 0
  }

  /** Finds the place of a value in an array, and begins it there. In an object its key did both. */
  #begin(): void {
    const depth = this.#depth
    if (depth === 0 || this.#isObject[depth] === 1) return
    const parent = this.#placeAt(depth)
    const index = this.#index[depth] ?? 0
    this.#place = parent.element(index)
    this.#index[depth] = index + 1
    if (parent.take === PART) this.output.element(depth, this.#place.take)
    if (parent.note === PART) this.notes.element(depth, this.#place.note)
  }

  #begun(place: Place, from: number, byte: number): void {
    const depth = this.#depth
    const parent = this.#placeAt(depth)
    if (this.#isDeciding) this.#decide(from, from)
    this.#from[depth + 1] = from
    const taken = this.output.length
    const noted = this.notes.length
    if (parent.take === PART && place.take === PART) this.output.open(depth + 1, from)
    else if (parent.take === PART && place.take === WHOLE) this.#outputFrom = from
    if (parent.note === PART && place.note === PART) this.notes.open(depth + 1, from)
    else if (parent.note === PART && place.note === WHOLE) this.#notesFrom = from
    if (place.isInert) {
      this.#skipper.begin(from, depth)
      this.#isSkipping = true
      return
    }
    this.at = from + 1
    this.#depth = depth + 1
    const isObject = byte === OPEN_OBJECT
    this.#isObject[depth + 1] = isObject ? 1 : 0
    this.#index[depth + 1] = 0
    this.#places[depth + 1] = place
    this.#state = isObject ? FIRST_KEY : FIRST_VALUE
    if (!isObject) return
    if (place.choice !== undefined) this.#choose(place.choice, { from, taken, noted, isFinal: false })
    if (place.role?.isGroup === true) {
      this.#groupDepth = depth + 1
      this.#slots.fill(-1)
    }
  }

  #choose(choice: Choice, more: Pick<Choosing, 'from' | 'taken' | 'noted' | 'isFinal'>): void {
    const depth = this.#depth
    this.#choosing.push({ choice, depth, ...more, isConcerned: false, isWrong: false })
    this.#places[depth] = choice.otherwise
  }

  /** Takes the string that an object holds, or the lack of one, for what it says is read. */
  #decide(from: number, behind: number): void {
    this.#isDeciding = false
    const choosing = this.#choosing.at(-1)
    if (choosing === undefined) return
    const { holding, otherwise } = choosing.choice
    const isString = from < behind && this.#bytes[from] === QUOTE
    const place = (isString ? holding.get(this.#bytes, from, behind) : undefined) ?? otherwise
    const before = this.#placeAt(choosing.depth)
    if (place.take === WHOLE && before.take === PART) {
      // What came before is a part of it: no need to look at that again.
      this.output.truncate(choosing.taken)
      this.#outputFrom = choosing.from
    } else if (place !== before && choosing.isConcerned) choosing.isWrong = true
    this.#places[choosing.depth] = place
    // Given a second time, the key has another string for whatever came between.
    choosing.isConcerned = true
  }

  /** Ends an object or array at its bracket. */
  #close(): number {
    const depth = this.#depth
    const place = this.#placeAt(depth)
    const choosing = this.#choosing.at(-1)
    if (choosing?.depth === depth) {
      this.#choosing.pop()
      if (choosing.isWrong) {
        this.#again(choosing, place)
        return 0
      }
    }
    if (place.role?.isCounted === true && this.#isObject[depth] === 0)
      this.#listener.count(this.#index[depth] ?? 0, place.role.isWrapped === true)
    if (this.#groupDepth === depth) {
      this.#groupDepth = -1
      if (place.role !== undefined) this.#listener.group(this.#bytes, this.#slots, place.role)
    }
    this.at += 1
    this.#depth = depth - 1
    this.#closed(place, this.#from[depth] ?? 0)
    return 0
  }

  /** Goes back to the beginning of an object, now that its place is known. */
  #again({ choice, from, taken, noted }: Choosing, place: Place): void {
    const depth = this.#depth
    this.output.truncate(taken)
    this.notes.truncate(noted)
    const parent = this.#placeAt(depth - 1)
    if (parent.take === PART) this.output.open(depth, from)
    if (parent.note === PART && place.note === PART) this.notes.open(depth, from)
    if (this.#groupDepth === depth) this.#slots.fill(-1)
    this.#choose(choice, { from, taken, noted, isFinal: true })
    this.#places[depth] = place
    this.at = from + 1
    this.#state = FIRST_KEY
  }

  #closed(place: Place, from: number): void {
    const behind = this.at
    const parent = this.#placeAt(this.#depth)
    if (parent.take === PART && place.take !== NOTHING) {
      this.output.take(place.take === WHOLE ? this.#outputFrom : behind - 1, behind)
      this.#outputFrom = -1
    }
    if (parent.note === PART && place.note !== NOTHING) {
      this.notes.take(place.note === WHOLE ? this.#notesFrom : behind - 1, behind)
      this.#notesFrom = -1
    }
    this.#ended(place, from)
  }

  #ended(place: Place, from: number): void {
    const slot = this.#groupDepth === this.#depth ? place.role?.slot : undefined
    if (slot !== undefined) {
      const isMarked = slot % 2 === 0 || this.#skipper.trues > this.#trues
      this.#slots[2 * slot] = isMarked ? from : -1
      this.#slots[2 * slot + 1] = this.at
    }
    this.#state = this.#depth === 0 ? END : NEXT
    if (this.#depth === 0) this.end = this.at
  }

  #placeAt(depth: number): Place {
    // `??`: there is one for each depth that is open
    return this.#places[depth] ?? this.#place
  }
}
