import { contains, type Network, parseAddress, parseNetwork } from '../builtins/address.ts'
import { ASK } from '../builtins/answer.ts'
import { Type } from '../value/types.ts'
import { ORIGINAL } from './rewrite.ts'
import { type Answers, type Runtime, UNDEFINED } from './runtime.ts'

// Go: v1/topdown/regex.go, glob.go, cidr.go

/** What RE2 takes otherwise than Go: NUL, `\B` within a character, `\C`, `(?<name>`, and classes that only one of them knows. */
const OTHERWISE = /\0|\\[BC]|\(\?<|\\[pP]\{\^?\w{3}/

/** A class, whose characters depend on the version of Unicode. */
const CLASS = /\\[pP]/

/** Whether an expression means the same to RE2, which OPA's WebAssembly has, as it does to Go. */
const isShared = (runtime: Runtime, pattern: number, value?: number): boolean => {
  const expression = text(runtime, pattern) ?? ''
  if (OTHERWISE.test(expression)) return false
  return value === undefined || !CLASS.test(expression) || !/[^\0-\x7f]/.test(text(runtime, value) ?? '')
}

/** Glob patterns without brackets in braces, braces that are open, or characters that are escaped. */
const PLAIN_GLOB = /^[^{}\\[\]]*(?:\{[^{}\\[\]]*\}[^{}\\[\]]*)*$/

const text = ({ reader }: Runtime, value: number): string | undefined =>
  reader.typeOf(value) === Type.string ? reader.string(value) : undefined

/** Answers for two networks, of which the second may be an address, and leaves addresses of two forms to Go. */
const ofNetworks =
  (
    builtin: string,
    parse: (text: string) => ReturnType<typeof parseNetwork>,
    holds: (a: Network, b: Network) => boolean,
  ): Answers[string] =>
  (runtime, first = 0, second = 0) => {
    const [a, b] = [text(runtime, first), text(runtime, second)]
    const outer = a === undefined ? undefined : parseNetwork(a)
    const inner = b === undefined ? undefined : parse(b)
    if (outer === ASK || inner === ASK) return runtime.ask(builtin, [first, second])
    if (outer === undefined || inner === undefined) return UNDEFINED
    return runtime.writer.text(String(holds(outer, inner)))
  }

const parseEither = (value: string): ReturnType<typeof parseNetwork> => {
  const address = parseAddress(value)
  return address === ASK || address === undefined
    ? (address ?? parseNetwork(value))
    : { ...address, ones: address.bits }
}

const isInside = (outer: Network, inner: Network): boolean => inner.ones >= outer.ones && contains(outer, inner)

/**
 * Functions that read a pattern or a network. OPA's WebAssembly has another engine for regular expressions than Go, takes
 * braces of a glob that are not closed, and compares networks by bytes, whatever follows them.
 */
export const grammars: Answers = {
  opa_regex_match: (runtime, pattern = 0, value = 0) =>
    isShared(runtime, pattern, value) ? ORIGINAL : runtime.ask('regex.match', [pattern, value]),

  opa_regex_is_valid: (runtime, pattern = 0) =>
    isShared(runtime, pattern) ? ORIGINAL : runtime.ask('regex.is_valid', [pattern]),

  opa_regex_find_all_string_submatch: (runtime, pattern = 0, value = 0, count = 0) => {
    const most = runtime.reader.integer(count)
    return most !== undefined && most >= -1 && most < 2 ** 31 && isShared(runtime, pattern, value)
      ? ORIGINAL
      : runtime.ask('regex.find_all_string_submatch_n', [pattern, value, count])
  },

  opa_glob_match: (runtime, pattern = 0, delimiters = 0, value = 0) =>
    PLAIN_GLOB.test(text(runtime, pattern) ?? '') ? ORIGINAL : runtime.ask('glob.match', [pattern, delimiters, value]),

  opa_cidr_contains: ofNetworks('net.cidr_contains', parseEither, isInside),
  opa_cidr_intersects: ofNetworks('net.cidr_intersects', parseNetwork, (a, b) => isInside(a, b) || isInside(b, a)),
}
