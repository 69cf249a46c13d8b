import { PlangateError, sha256 } from '@plangate/bundle'
import { Brackets } from './brackets.ts'
import { brokenJson, checkStart, notUtf8, tooDeep } from './broken.ts'
import { isWrapped, type Plan, planOf } from './plan.ts'
import type { Place } from './place.ts'
import { type Listener, Scanner } from './scanner.ts'
import { declaredSensitive, markedSensitive } from './sensitive.ts'
import { BAD } from './token.ts'
import { Utf8 } from './utf8.ts'

/** Nesting of objects and arrays that a plan may have. Terraform's own plans stay below 40. */
export const MAX_DEPTH = 512

/** What the SDK knows about a plan, beside what policies read of it. */
export interface PlanFacts {
  readonly formatVersion: string
  /** Empty when the plan does not say. */
  readonly terraformVersion: string
  /** Entries of `resource_changes`. */
  readonly resources: number
  /** Hex sha256 of all bytes. */
  readonly sha256: string
  /** Strings that Terraform marks as sensitive, to be masked wherever they turn up. */
  readonly sensitive: ReadonlySet<string>
}

/** A plan as policies see it. */
export interface PlanInput {
  /** One JSON document: what is read of the plan. */
  readonly input: Uint8Array
  readonly facts: PlanFacts
}

const HEAD = 16
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Reads a plan, window by window, each with some bytes of the one before, at an offset that grows. */
export class Reading {
  readonly #maxSelected: number
  readonly #scanner: Scanner
  readonly #hash = sha256()
  readonly #utf8 = new Utf8()
  #brackets: Brackets | undefined
  #head = new Uint8Array(0)
  #bytes = 0
  #end: number | undefined
  #kept = 0
  /** Of the plan, and of a plan that is wrapped. */
  readonly #sensitive = [new Set<string>(), new Set<string>()] as const
  readonly #resources: [number, number] = [0, 0]

  constructor(root: Place, maxSelected: number) {
    this.#maxSelected = maxSelected
    const listener: Listener = {
      count: (elements, wrapped) => {
        this.#resources[wrapped ? 1 : 0] = elements
      },
      group: (bytes, slots, { isWrapped: wrapped, isSecret }) => {
        if (this.#utf8.isValid) collect(bytes, slots, isSecret === true, this.#sensitive[wrapped === true ? 1 : 0])
      },
    }
    this.#scanner = new Scanner(root, MAX_DEPTH, listener)
  }

  /**
   * Reads a window, of which the bytes from `fresh` on are new. Returns the offset from which on the next one has to begin.
   *
   * @throws PlangateError `ERR_INPUT_EMPTY`, `ERR_INPUT_BINARY_PLAN`, `ERR_INPUT_ENCODING`, `ERR_INPUT_TOO_DEEP`,
   * `ERR_MEMORY_LIMIT`
   */
  window(bytes: Uint8Array, fresh: number, isLast: boolean): number {
    const news = bytes.subarray(fresh)
    if (this.#bytes === 0) checkStart(news)
    this.#bytes += news.length
    this.#hash.update(news)
    this.#utf8.check(news, isLast)
    if (this.#head.length < HEAD) this.#head = headOf(this.#head, news)
    if (this.#brackets !== undefined) {
      this.#count(this.#brackets, news)
      return bytes.length
    }
    const kept = this.#scanner.scan(bytes, this.#kept, isLast)
    if (this.#end === undefined && this.#scanner.end >= 0) this.#end = this.#bytes - bytes.length + this.#scanner.end
    if (kept === BAD) {
      this.#brackets = new Brackets(this.#scanner.open)
      this.#count(this.#brackets, bytes.subarray(this.#scanner.at))
      return bytes.length
    }
    this.#kept = kept
    if (this.#scanner.output.length > this.#maxSelected) throw tooMuch(this.#maxSelected)
    return kept
  }

  #count(brackets: Brackets, bytes: Uint8Array): void {
    brackets.count(bytes)
    if (brackets.depth > MAX_DEPTH) throw tooDeep(MAX_DEPTH)
  }

  /**
   * Returns what was read, after the last window.
   *
   * @throws PlangateError each of the `ERR_INPUT_*` codes
   */
  result(): PlanInput {
    if (!this.#utf8.isValid) throw notUtf8()
    if (this.#brackets !== undefined) {
      const { isClosed, open, inString } = this.#brackets
      throw brokenJson({
        head: this.#head,
        bytes: this.#bytes,
        end: this.#end,
        isOpen: !isClosed && (open > 0 || inString),
      })
    }
    const noted: unknown = parse(this.#scanner.notes.result())
    const plan = planOf(noted)
    const at = isWrapped(noted) ? 1 : 0
    const sensitive = this.#sensitive[at]
    declaredSensitive(plan, sensitive)
    return { input: this.#scanner.output.result(), facts: this.#facts(plan, this.#resources[at], sensitive) }
  }

  #facts(plan: Plan, resources: number, sensitive: ReadonlySet<string>): PlanFacts {
    return {
      formatVersion: plan.format_version,
      terraformVersion: plan.terraform_version ?? '',
      resources: plan.resource_changes === undefined ? 0 : resources,
      sha256: this.#hash.digest('hex'),
      sensitive,
    }
  }
}

const headOf = (before: Uint8Array, bytes: Uint8Array): Uint8Array<ArrayBuffer> => {
  const from = before.length > 0 ? 0 : bytes.findIndex((byte) => !isSpace(byte))
  return new Uint8Array(from < 0 ? before : [...before, ...bytes.subarray(from, from + HEAD)])
}

const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09

/** Adds what is marked in a group: slots of a value and of its marks, twice; all values where the group itself is secret. */
const collect = (bytes: Uint8Array, slots: Float64Array, isSecret: boolean, found: Set<string>): void => {
  for (let at = 0; at < slots.length; at += 4) {
    const from = slots[at] ?? -1
    const marks = slots[at + 2] ?? -1
    // Most marks are `false` and `{}`, and then there is nothing to look at.
    if (from < 0 || (marks < 0 && !isSecret)) continue
    const value = parse(bytes.subarray(from, slots[at + 1]))
    markedSensitive(value, isSecret || parse(bytes.subarray(marks, slots[at + 3])), found)
  }
}

const parse = (bytes: Uint8Array): unknown => {
  let text: string
  try {
    text = decoder.decode(bytes)
  } catch (cause) {
    // The bytes are known to be UTF-8, so that only their number can be wrong.
    throw new PlangateError('ERR_INPUT_TOO_LARGE', `a part of the plan is larger than ${MAX_PART} bytes`, {
      hint: 'Terraform writes no such plan: check where it comes from',
      cause,
    })
  }
  return JSON.parse(text)
}

/** Bytes of one value that is looked at as a whole, V8's limit of a string. */
export const MAX_PART = 512 * 1024 * 1024 - 24

const tooMuch = (limit: number): PlangateError =>
  new PlangateError(
    'ERR_MEMORY_LIMIT',
    `policies read more than ${limit} bytes of the plan, which memory cannot hold`,
    {
      hint: 'give it more memory, at most 4 GiB, or gate with a bundle of fewer policies',
    },
  )
