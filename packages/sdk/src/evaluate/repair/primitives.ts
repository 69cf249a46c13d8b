import { bytes } from './bytes.ts'
import { install } from './install.ts'
import { lookup } from './lookup.ts'
import { membership } from './membership.ts'
import { patternsOf } from './patterns.ts'

/** What is known of a module that is to become faster. */
export interface FasterOptions {
  /** Whether all built-in functions are answered by the host, so that none is replaced here. */
  readonly strict: boolean
  /** How many regular expressions the module keeps. */
  readonly expressions: number
}

/** Returns a module whose most used functions have faster bodies, with the same answers, as far as they are known. */
export const faster = (wasm: Uint8Array, { strict, expressions }: FasterOptions): Uint8Array =>
  install(wasm, [bytes, lookup, ...(strict ? [] : [membership, patternsOf(expressions)])])
