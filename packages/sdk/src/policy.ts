import { coded, policyOptions, questionOf } from './arguments.ts'
import {
  badArgument,
  type BundleLimits,
  mergeData,
  PlangateError,
  readArgument,
  type Verification,
} from '@plangate/bundle'
import { grantedNames } from './evaluate/builtins/grants.ts'
import { type BuiltinOptions, type CallOptions, hostBuiltins } from './evaluate/builtins/host.ts'
import { OUTSIDE } from './evaluate/builtins/table.ts'
import { dataDocument } from './evaluate/data.ts'
import type { DataDocument } from './evaluate/request.ts'
import { textOfValue, MAX_VALUE_DEPTH, tooDeep } from './evaluate/value/format.ts'
import { type ExactValue, parseValue } from './evaluate/value/parse.ts'
import { compilePolicyNow, type Policy } from './evaluate/wasm.ts'
import { flawOf } from './input/prove.ts'
import { type LoadLimits, loadModule, networkOptions } from './pool/load.ts'
import { told } from './input/clock.ts'
import { type BundleSource, openBundle } from './read/bundle.ts'

/** How a policy is loaded. */
export interface PolicyOptions extends BuiltinOptions {
  /** Merged into the bundle's `data`, for every evaluation until `setData`. */
  readonly data?: Readonly<Record<string, unknown>>
  /** How much the bundle may hold, and its WebAssembly take to start. */
  readonly limits?: BundleLimits & LoadLimits
  /** What the bundle's signature has to prove; a bundle without one is then refused. Unless given, none is asked for. */
  readonly verification?: Verification | undefined
  /** Bytes of the policy's memory, unless an evaluation says otherwise. Default and most: 4 GiB. */
  readonly memoryBytes?: number
}

/** What to evaluate. */
export interface Question extends CallOptions {
  /** One of the policy's entrypoints, such as `authz/allow`. */
  readonly entrypoint: string
  /**
   * What the policy sees as `input`: a JavaScript value, with `Set` for sets, `Map` for objects with any keys, bigint and
   * `Decimal` for exact numbers; or the bytes of a JSON document. Without it, `input` is undefined.
   */
  readonly input?: unknown
  /** The input as OPA value text instead, such as `{"a": {1, 2}}`. */
  readonly inputText?: string
  /** Merged into `data`, for this evaluation. */
  readonly data?: Readonly<Record<string, unknown>>
  /** `exact` gives a bigint or a `Decimal` where a JavaScript number would lose digits. Default: JavaScript numbers. */
  readonly numbers?: 'double' | 'exact'
  /**
   * Makes the first built-in function that fails an error, as `opa eval --strict-builtin-errors` does, rather than undefined.
   * All of them are then answered by OPA's Go code, which is slow, and the message is OPA's and may quote values. Default:
   * false.
   */
  readonly strictBuiltinErrors?: boolean
  readonly memoryBytes?: number
  /** Tells the time to policies that ask. */
  readonly clock?: () => Date
}

/** The value of an entrypoint, as OPA's interpreter gives it as JSON: sets are sorted arrays, keys are strings. */
export type Answer =
  | {
      readonly defined: true
      readonly value: ExactValue
      /** The JSON of the value, without white space: keys sorted, numbers with all their digits. */
      readonly text: string
    }
  | { readonly defined: false; readonly value?: undefined; readonly text?: undefined }

/** A bundle whose entrypoints are evaluated on any input, and not for a decision about a plan. */
export interface LoadedPolicy {
  readonly entrypoints: readonly string[]
  /** The built-in functions that the module asks of its host. */
  readonly builtins: readonly string[]
  /**
   * Functions of OPA's WebAssembly that answer otherwise than its interpreter and could not be mended in this bundle, such
   * as one whose names were stripped. Empty for what `plangate build` and `opa build` write.
   */
  readonly unrepaired: readonly string[]
  readonly bundle: { readonly revision: string; readonly sha256: string }
  /**
   * Returns the value of an entrypoint.
   *
   * @throws PlangateError `ERR_ENTRYPOINT_UNKNOWN`, `ERR_INPUT_NOT_JSON`, `ERR_INPUT_ENCODING`, `ERR_INPUT_TOO_DEEP`,
   * `ERR_DATA_INVALID`, `ERR_EVALUATION`, `ERR_MEMORY_LIMIT`, `ERR_OPA_FAILED`, `ERR_REENTRANT`, and
   * `ERR_BUILTIN_MISSING` where a built-in that reaches out is called
   */
  readonly evaluate: (question: Question) => Promise<Answer>
  /** Returns the same at once, for callers that cannot wait. */
  readonly evaluateSync: (question: Question) => Answer
  /**
   * Replaces the `data` that was given when the policy was loaded. Where it throws, the old data stays.
   *
   * @throws PlangateError `ERR_DATA_INVALID`, `ERR_INPUT_NOT_JSON`, `ERR_MEMORY_LIMIT`, `ERR_REENTRANT`
   */
  readonly setData: (data: Readonly<Record<string, unknown>>) => void
}

/**
 * Returns a policy from a bundle with a WebAssembly module: the path of a `.tar.gz` or a folder, or the bytes.
 *
 * Built-ins that reach out and are not granted are an error where one is called, so that policies that replace them by
 * `with` have their answer.
 *
 * @throws PlangateError each of the `ERR_BUNDLE_*` codes, `ERR_BUILTIN_INVALID`, `ERR_BUILTIN_MISSING`, `ERR_DATA_INVALID`,
 * `ERR_OPA_MISSING`, `ERR_TIME_LIMIT`, `ERR_MEMORY_LIMIT`
 *
 * @example
 * const policy = await loadPolicy('authz.tar.gz')
 * const { defined, value } = await policy.evaluate({ entrypoint: 'authz/allow', input: { role: 'admin' } })
 */
export const loadPolicy = async (source: BundleSource, given?: PolicyOptions): Promise<LoadedPolicy> => {
  const options = policyOptions(given)
  return coded(() => policyFrom(source, options))
}

const policyFrom = async (source: BundleSource, options: PolicyOptions): Promise<LoadedPolicy> => {
  const { memoryBytes: most = 2 ** 32 } = options
  const { bundle, keep, isRemote } = await openBundle(source, options)
  const { manifest, wasm, data: own, files, sha256 } = bundle
  if (wasm === undefined) {
    throw new PlangateError('ERR_BUNDLE_NO_WASM', 'the bundle holds no WASM', {
      hint: 'build it with `plangate build`, or `opa build -t wasm` with an entrypoint',
    })
  }
  const policy = await loadModule(wasm, {}, (isRemote ? networkOptions(options) : options).limits)
  const entrypoints = new Set(policy.entrypoints)
  let strictPolicy: Policy | undefined
  const refused = OUTSIDE.filter((name) => !grantedNames(options.grants ?? {}).includes(name))
  const builtins = await hostBuiltins(
    policy.builtins.filter((name) => !refused.includes(name)),
    options,
  )
  let given = readArgument('options.data', () => mergeData({}, options.data ?? {}))
  let data = readArgument('options.data', () => dataDocument(files, own, given))
  await keep()
  const documentOf = (more: unknown): DataDocument =>
    more === undefined ? data : readArgument('question.data', () => dataDocument(files, own, mergeData(given, more)))

  const evaluateSync = (asked: Question): Answer => {
    const question = questionOf(asked)
    const { entrypoint, numbers = 'double', memoryBytes = most, clock = () => new Date() } = question
    const { strictBuiltinErrors = false, onPrint } = question
    if (!entrypoints.has(entrypoint)) throw unknownEntrypoint(entrypoint, policy.entrypoints)
    const call = builtins.begin(told(clock), { strictBuiltinErrors, onPrint })
    if (strictBuiltinErrors) strictPolicy ??= compilePolicyNow(wasm, { strict: true })
    const [text] = (strictBuiltinErrors && strictPolicy ? strictPolicy : policy).evaluateTexts({
      ...inputOf(question),
      data: documentOf(question.data),
      entrypoints: [entrypoint],
      builtin: (name, args) => (refused.includes(name) ? unanswered(name) : call(name, args)),
      memoryBytes,
    })
    if (text === undefined) return { defined: false }
    // `as`: it is JSON
    const value = numbers === 'exact' ? parseValue(text) : (JSON.parse(text) as ExactValue)
    return { defined: true, value, text }
  }
  const setData = (next: Readonly<Record<string, unknown>>): void => {
    const merged = readArgument('data', () => mergeData({}, next))
    const document = readArgument('data', () => dataDocument(files, own, merged))
    policy.evaluateTexts({ data: document, entrypoints: [], builtin: unanswered, memoryBytes: most })
    given = merged
    data = document
  }
  return {
    entrypoints: policy.entrypoints,
    builtins: policy.builtins,
    unrepaired: policy.unrepaired,
    bundle: { revision: manifest.revision, sha256 },
    evaluate: async (question) => evaluateSync(question),
    evaluateSync,
    setData,
  }
}

const inputOf = ({ input, inputText }: Question): { readonly input?: Uint8Array; readonly inputIsText?: boolean } => {
  if (input !== undefined && inputText !== undefined)
    throw badArgument('question', 'has `input` or `inputText`, not both')
  const bytes = readArgument('question.input', () => {
    if (input instanceof ArrayBuffer) return new Uint8Array(input)
    return input instanceof Uint8Array ? input : undefined
  })
  if (bytes !== undefined) return { input: proven(bytes) }
  if (inputText === undefined && input === undefined) return {}
  if (inputText !== undefined) parseValue(inputText)
  // The text as it was given, because `1.0` is printed as it is read.
  return {
    input: new TextEncoder().encode(inputText ?? readArgument('question.input', () => textOfValue(input))),
    inputIsText: true,
  }
}

/** The bytes, which are one JSON document: the WASM would take a broken one for undefined input. */
const proven = (bytes: Uint8Array): Uint8Array => {
  const flaw = flawOf(bytes, MAX_VALUE_DEPTH)
  if (flaw === 'depth') throw tooDeep()
  if (flaw === 'encoding')
    throw new PlangateError('ERR_INPUT_ENCODING', 'the input is not valid UTF-8', { hint: 'write it as UTF-8' })
  if (flaw === 'syntax') {
    throw new PlangateError('ERR_INPUT_NOT_JSON', 'the input is not one JSON document', {
      hint: 'bytes are JSON; give OPA value text as `inputText`',
    })
  }
  return bytes
}

const unknownEntrypoint = (name: string, all: readonly string[]): PlangateError =>
  new PlangateError('ERR_ENTRYPOINT_UNKNOWN', `the bundle has no entrypoint \`${name}\``, {
    hint: `it has ${all.map((each) => `\`${each}\``).join(', ')}; more are named when it is built`,
  })

const unanswered = (name: string): never => {
  throw new PlangateError('ERR_BUILTIN_MISSING', `\`${name}\` is not there when plangate evaluates`, {
    hint: 'replace it by `with`, or allow it in `grants`',
  })
}
