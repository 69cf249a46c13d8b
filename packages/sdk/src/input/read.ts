import { PlangateError, type ReadSet, readTree } from '@plangate/bundle'
import { type Place, placeOf } from './place.ts'
import { openPlan, type PlanSource } from '../read/plan.ts'
import { type PlanInput, Reading } from './reading.ts'
import { document, notes } from './roles.ts'

/** What of the input is read: the sets that `readSets` of a bundle gives for the entrypoints that are asked. */
export type InputReads = readonly Pick<ReadSet, 'input'>[]

/** What a plan is read for. */
export interface InputLimits {
  /** Bytes of the memory in which what is read is evaluated. Default 4 GiB. */
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
 * A piece is not looked at any more when the next one is asked for.
 *
 * @throws PlangateError as `readInput`, and whatever the pieces throw
 */
export const readInputStream = async (
  chunks: AsyncIterable<Uint8Array>,
  reads: InputReads = all,
  limits: InputLimits = {},
): Promise<PlanInput> => {
  const reading = readingOf(reads, limits)
  let window = new Uint8Array(LEAST)
  let kept = 0
  let filled = 0
  for await (const chunk of chunks) {
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
  if (filled + more > MOST) {
    throw new PlangateError('ERR_INPUT_TOO_LARGE', `one resource or text of the plan is larger than ${MOST} bytes`, {
      hint: 'Terraform writes no such plan: check where it comes from',
    })
  }
  const grown = new Uint8Array(Math.min(MOST, Math.max(filled + more, 2 * window.length)))
  grown.set(window.subarray(0, filled))
  return grown
}

/**
 * Returns the same for whatever a plan is given as.
 *
 * @param bytes most bytes of the plan
 * @throws PlangateError as `readInput`, `ERR_INPUT_NOT_FOUND`, `ERR_INPUT_TOO_LARGE`, `ERR_ARGUMENT_INVALID` for what is no plan
 */
export const readPlanInput = async (
  source: PlanSource,
  bytes: number,
  reads?: InputReads,
  limits?: InputLimits,
): Promise<PlanInput> => {
  const opened = await openPlan(source, bytes)
  return opened instanceof Uint8Array ? readInput(opened, reads, limits) : readInputStream(opened, reads, limits)
}
