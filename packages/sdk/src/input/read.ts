import { PlangateError, type ReadSet, readTree } from '@plangate/bundle'
import { type Place, placeOf } from './place.ts'
import { type PlanInput, Reading } from './reading.ts'
import { document, notes } from './roles.ts'

/** What of the input is read: the sets that `readSets` of a bundle gives for the entrypoints that are asked. */
export type InputReads = readonly Pick<ReadSet, 'input'>[]

/** How much of a plan is read. */
export interface InputLimits {
  /** Bytes of the plan. */
  readonly bytes?: number
  /** Bytes of the memory in which what is read is evaluated. */
  readonly memoryBytes?: number
}

const all: InputReads = [{ input: [['**']] }]
const noted = readTree([{ input: notes.map((path) => [...path]) }])

/** Places are found while plans are read, and kept for the next plan. */
const roots = new WeakMap<InputReads, Place>()

const rootOf = (reads: InputReads): Place => {
  const root = roots.get(reads) ?? placeOf(readTree(reads), noted, document)
  roots.set(reads, root)
  return root
}

/** Bytes of JSON that a byte of memory can hold: the text lies there, and a copy of each of its strings. */
const DENSITY = 0.5

/** Windows in which bytes that are there as a whole are read, so that offsets in them stay small. */
const WINDOW = 512 * 1024 * 1024
/** Bytes to wait for, so that what is kept of a window before it is not looked at too often. */
const LEAST = 64 * 1024
/** Bytes of an object that is looked at as a whole. */
const MOST = 1024 * 1024 * 1024

const readingOf = (reads: InputReads, { memoryBytes = 2 ** 32 }: InputLimits): Reading =>
  new Reading(rootOf(reads), Math.floor(memoryBytes * DENSITY))

/**
 * Returns what is read of a plan, and the facts about it, after proving that its bytes are one UTF-8 JSON document that is
 * a plan. Unless it is said what is read, all is.
 *
 * INVARIANT: what is returned is read by OPA's WASM as the document that the bytes are, as far as it is read. It takes
 * broken JSON for undefined input and ignores what follows the first value, and both open a gate, so nothing that fails
 * here may reach it.
 *
 * No error carries text of the plan, nor a cause that does. The input may be a part of the bytes, which are not changed.
 *
 * @throws PlangateError each of the `ERR_INPUT_*` codes, `ERR_MEMORY_LIMIT` when what is read cannot fit
 */
export const readInput = (bytes: Uint8Array, reads: InputReads = all, limits: InputLimits = {}): PlanInput => {
  const reading = readingOf(reads, limits)
  let fresh = 0
  for (let from = 0, to = 0; to < bytes.length || from === 0; ) {
    to = Math.min(bytes.length, Math.max(from + WINDOW, 2 * fresh - from))
    // Of one class, whatever the caller's is, so that the engine knows what it reads.
    const window = new Uint8Array(bytes.buffer, bytes.byteOffset + from, to - from)
    const kept = reading.window(window, fresh - from, to === bytes.length)
    if (to === bytes.length) break
    fresh = to
    from += kept
  }
  return reading.result()
}

/**
 * Returns the same for a plan that comes in pieces, holding of it no more than what is read and the largest resource.
 *
 * @throws PlangateError as `readInput`, and `ERR_INPUT_TOO_LARGE`
 */
export const readInputStream = async (
  chunks: AsyncIterable<Uint8Array>,
  reads: InputReads = all,
  limits: InputLimits = {},
): Promise<PlanInput> => {
  const { bytes: limit = Infinity } = limits
  const reading = readingOf(reads, limits)
  let window = new Uint8Array(4 * LEAST)
  let kept = 0
  let filled = 0
  let total = 0
  for await (const chunk of chunks) {
    total += chunk.byteLength
    if (total > limit) throw tooLarge(limit)
    if (filled + chunk.byteLength > window.length) window = larger(window, filled, chunk.byteLength)
    window.set(chunk, filled)
    filled += chunk.byteLength
    if (filled - kept < Math.max(LEAST, kept)) continue
    const from = reading.window(window.subarray(0, filled), kept, false)
    window.copyWithin(0, from, filled)
    filled -= from
    kept = filled
  }
  reading.window(window.subarray(0, filled), kept, true)
  return reading.result()
}

const larger = (window: Uint8Array, filled: number, more: number): Uint8Array<ArrayBuffer> => {
  if (filled + more > MOST) throw tooLarge(MOST)
  const grown = new Uint8Array(Math.max(filled + more, 2 * window.length))
  grown.set(window.subarray(0, filled))
  return grown
}

/** Returns the error for a plan that is too large. */
export const tooLarge = (limit: number): PlangateError =>
  new PlangateError('ERR_INPUT_TOO_LARGE', `the plan is larger than ${limit} bytes`, { hint: 'raise `limits.bytes`' })
