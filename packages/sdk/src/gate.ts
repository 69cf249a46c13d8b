import { coded, evaluateOptions, gateOptions } from './arguments.ts'
import {
  badArgument,
  mergeData,
  readArgument,
  type Bundle,
  PlangateError,
  type BundleLimits,
  type PolicyEntry,
  readSets,
  type Verification,
} from '@plangate/bundle'
import { decide } from './decision/decide.ts'
import { redactor } from './decision/redact.ts'
import type { Decision } from './decision/schema.ts'
import { type BuiltinOptions, portableOptions } from './evaluate/builtins/host.ts'
import { dataDocument, lastingData } from './evaluate/data.ts'
import type { ModuleCache } from './evaluate/modules.ts'
import { namespacesOf } from './evaluate/namespaces.ts'
import { told } from './input/clock.ts'
import { type Config, parseConfig, type Waiver } from './input/config.ts'
import type { DecisionLog } from './log/log.ts'
import { each } from './pool/each.ts'
import { openEvaluator, type Task } from './pool/evaluator.ts'
import { type LoadLimits, loadModule, networkOptions } from './pool/load.ts'
import type { Pool } from './pool/pool.ts'
import { ignoresOf } from './source/ignores.ts'
import { located, type Sources } from './source/sources.ts'
import { type BundleSource, openBundle } from './read/bundle.ts'
import { MAX_INPUT_BYTES, type PlanSource } from './read/plan.ts'

/** How a gate is made. */
export interface GateOptions extends BuiltinOptions {
  /** Merged into the bundle's `data`, for every evaluation, as it is when the gate is loaded. */
  readonly data?: Readonly<Record<string, unknown>>
  /** The namespaces that decide, such as `plangate.main` or `main`. Unless given, all that the bundle has. */
  readonly namespaces?: readonly string[]
  /** How much the bundle may hold, and its WebAssembly take to start. */
  readonly limits?: BundleLimits & LoadLimits
  /**
   * Where plans are evaluated: in this many threads, or with `none` in the caller's. Unless given, in the caller's, and
   * where a time limit, a signal or `evaluateAll` asks for threads, in as many as the system runs at once.
   */
  readonly workers?: number | 'none'
  /** Milliseconds after which a thread without work gives its memory back. Default 30,000; `Infinity` for never. */
  readonly idleMs?: number
  /** Whether only what the bundle reads of a plan is evaluated, which changes no decision. Default true. */
  readonly select?: boolean
  /**
   * Whether sets and objects are gone through in the order of OPA's interpreter wherever somebody could tell; where nobody
   * can, it is that of their hashes, which is faster, in any case. Default true; no decision changes without it where
   * policies do not depend on that order, as the library does not.
   */
  readonly ordered?: boolean
  /** Where modules are kept that were made ready to run, so that another process need not do it again. Default: nowhere. */
  readonly modules?: ModuleCache | undefined
  /**
   * Makes the first built-in function that fails an error, as `opa eval --strict-builtin-errors` does, rather than undefined.
   * All of them are then answered by OPA's Go code, which is slow. The error names the function, and no value. Default: false.
   */
  readonly strictBuiltinErrors?: boolean
  /** What the bundle's signature has to prove; a bundle without one is then refused. Unless given, none is asked for. */
  readonly verification?: Verification | undefined
  /** Where each decision is noted, and why there is none. The gate does not close it. */
  readonly log?: DecisionLog
}

/** How one plan is decided. */
export interface EvaluateOptions {
  /** How strict to be. Its keys come before those of `data.plangate.config`. */
  readonly config?: Config
  /** Merged into `data`, for this evaluation. */
  readonly data?: Readonly<Record<string, unknown>>
  readonly limits?: {
    /** Bytes of the plan. Default 8 GiB; what is read of it has to fit into the memory, at 4 to 20 bytes for each of its own. */
    readonly bytes?: number
    /** Bytes of the policy's memory, and in a thread also of its heap, there 64 MiB at least. Default and most: 4 GiB. */
    readonly memoryBytes?: number
    /** Milliseconds that reading and evaluating may take, from the moment a thread is free for it. Default: none. */
    readonly milliseconds?: number
  }
  /** Ends the evaluation wherever it is, waiting included. */
  readonly signal?: AbortSignal
  /** Tells the day on which waivers are judged, and the time to policies that ask. */
  readonly clock?: () => Date
  /**
   * Takes what policies print about a plan once it is evaluated, a line at a time and masked, where the bundle was built with
   * `print` kept. Unless given, it goes nowhere.
   */
  readonly onPrint?: (line: string, plan: PlanSource) => void
  /** The sources of the plan, as `loadSources` gives them: findings then have a `location`. */
  readonly sources?: Sources | undefined
  /** For the decision log, beside its own. */
  readonly labels?: Readonly<Record<string, string>>
}

/** What became of one plan among many: `index` counts the inputs from 0. */
export type Outcome =
  | { readonly index: number; readonly decision: Decision; readonly error?: undefined }
  | { readonly index: number; readonly error: PlangateError; readonly decision?: undefined }

/** A bundle that decides plans. */
export interface Gate extends AsyncDisposable {
  /**
   * Returns the decision about a plan: a path, bytes, a stream of bytes, or a parsed document.
   *
   * Give bytes where you have them: numbers keep all their digits, and a large plan is not held twice.
   *
   * @throws PlangateError each of the `ERR_INPUT_*` codes, `ERR_CONFIG_INVALID`, `ERR_DATA_INVALID`, `ERR_EVALUATION`,
   * `ERR_MEMORY_LIMIT`, `ERR_TIME_LIMIT`, `ERR_ABORTED`, `ERR_OPA_FAILED`
   */
  readonly evaluate: (plan: PlanSource, options?: EvaluateOptions) => Promise<Decision>
  /**
   * Returns what becomes of each plan, in the order of the plans, which are taken only as fast as the outcomes are.
   *
   * A plan that cannot be decided is an outcome with `error` and does not hold up the others. Leaving the loop early ends
   * what runs, and so does `signal`, with which the loop then throws.
   *
   * @throws PlangateError `ERR_CONFIG_INVALID`, `ERR_DATA_INVALID`, `ERR_ABORTED`, `ERR_TIME_LIMIT`, and what `plans` throws
   *
   * @example
   * for await (const { index, decision, error } of gate.evaluateAll(paths)) {
   *   console.log(paths[index], error === undefined ? decision.verdict : error.code)
   * }
   */
  readonly evaluateAll: (
    plans: AsyncIterable<PlanSource> | Iterable<PlanSource>,
    options?: EvaluateOptions,
  ) => AsyncIterableIterator<Outcome>
  /**
   * Ends the threads, and with `ERR_ABORTED` what they evaluate; with `drain` all that runs is waited for first. A gate that is
   * closed decides nothing more. One that is not closed keeps no process alive.
   */
  readonly close: (options?: { readonly drain?: boolean }) => Promise<void>
  /** What the bundle says about its policies; empty for one that plangate's compiler did not build. */
  readonly catalogue: readonly PolicyEntry[]
  readonly bundle: { readonly revision: string; readonly sha256: string }
  /** The namespaces that decide. */
  readonly namespaces: readonly string[]
  /**
   * Functions of OPA's WebAssembly that answer otherwise than its interpreter and could not be mended in this bundle, such
   * as one whose names were stripped. Empty for what `plangate build` and `opa build` write.
   */
  readonly unrepaired: readonly string[]
}

/**
 * Returns a gate for a bundle: the path of a `.tar.gz` or a folder, an address on the network, or the bytes.
 *
 * What comes from the network needs a digest or a signature: `https://…/bundle.tar.gz#sha256:…`, or `verification`.
 *
 * @throws PlangateError each of the `ERR_BUNDLE_*` codes, `ERR_KEY_INVALID`, `ERR_CONFIG_INVALID`,
 * `ERR_BUILTIN_MISSING`, `ERR_NAMESPACE_UNKNOWN`, `ERR_DATA_INVALID`, `ERR_OPA_MISSING`, `ERR_TIME_LIMIT`, `ERR_MEMORY_LIMIT`
 *
 * @example
 * const gate = await loadGate('library.tar.gz')
 * const { verdict } = await gate.evaluate('plan.json', { config: { environment: 'dev' } })
 */
export const loadGate = async (source: BundleSource, given?: GateOptions): Promise<Gate> => {
  const options = gateOptions(given)
  checkWorkers(options.workers)
  return coded(async () => {
    const { bundle, keep, isRemote } = await openBundle(source, options)
    const gate = await gateOf(bundle, isRemote ? networkOptions(options) : options)
    await keep()
    return gate
  })
}

/** Returns a gate for a bundle that was read; throws as {@link loadGate}. */
export const gateOf = async (bundleFiles: Bundle, givenOptions?: GateOptions): Promise<Gate> => {
  const options = gateOptions(givenOptions)
  const { workers, idleMs, ordered = true, strictBuiltinErrors = false } = options
  checkWorkers(workers)
  const { manifest, wasm, data: bundleData, files, sha256 } = bundleFiles
  if (wasm === undefined) {
    throw new PlangateError('ERR_BUNDLE_NO_WASM', 'the bundle holds no WASM', {
      hint: 'build it with `plangate build`, or `opa build -t wasm` with an entrypoint',
    })
  }
  const kept = options.modules === undefined ? undefined : { modules: options.modules, digest: sha256 }
  const policy = await loadModule(wasm, { ordered, strict: strictBuiltinErrors, kept }, options.limits)
  const { names: namespaces, library, rules } = namespacesOf(policy.entrypoints, options.namespaces)
  const entrypoints = [...(library === undefined ? [] : [library]), ...rules.map(({ entrypoint }) => entrypoint)]
  const { catalogue = [], reads: readBy } = manifest.metadata.plangate ?? {}
  const reads = options.select === false || readBy === undefined ? undefined : readSets(readBy, { entrypoints })
  const canPrint = policy.builtins.includes('internal.print')
  const bundle = { revision: manifest.revision, sha256 }
  const givenData = readArgument('options.data', () => mergeData({}, options.data ?? {}))
  const lasting = readArgument('options.data', () => lastingData(files, bundleData, givenData))
  const { base } = lasting
  const evaluateHere = await openEvaluator(policy, { base, reads, builtins: options })
  let isClosed = false
  let opening: Promise<Pool> | undefined
  /** The decisions that are being made. */
  const running = new Set<Promise<unknown>>()
  const noted = <T>(run: Promise<T>): Promise<T> => {
    running.add(run)
    const done = () => running.delete(run)
    run.then(done, done)
    return run
  }
  const open = async (builtins: BuiltinOptions): Promise<Pool> => {
    // Where no thread is asked for, the code for them is not loaded either.
    const { openPool } = await import('#platform/pool/pool')
    const parts = { compiled: policy.compiled, base, reads, builtins }
    return openPool(parts, { idleMs, workers: workers === 'none' ? 1 : workers })
  }
  const pool = () => (opening ??= open(portableOptions(options)))

  /** The task and what its decision needs besides. */
  const prepare = (plan: PlanSource, call: EvaluateOptions, ignores: readonly Waiver[] = []) => {
    const { limits: { bytes = MAX_INPUT_BYTES, memoryBytes = 2 ** 32 } = {}, clock = () => new Date() } = call
    const now = told(clock)
    const merged = readArgument('options.data', () => mergeData(givenData, call.data ?? {}))
    const { config, data } = readArgument('options.config', () =>
      configured({ data: merged, config: call.config, ignores, now }, catalogue),
    )
    const { key, mounts } = readArgument('options.data', () => dataDocument(files, bundleData, data, lasting))
    const task: Task = {
      plan,
      bytes,
      data: { key, mounts },
      entrypoints,
      now: now.getTime(),
      memoryBytes,
      prints: canPrint && call.onPrint !== undefined,
    }
    return { task, speakers: { library, rules, catalogue, bundle, config } }
  }
  const inThread = async (task: Task, { limits, signal }: EvaluateOptions, left?: AbortSignal) => {
    const { milliseconds, memoryBytes: heapBytes } = limits ?? {}
    return (await pool()).run(task, { signals: [signal, left], milliseconds, heapBytes })
  }
  const decideAbout = async (plan: PlanSource, call: EvaluateOptions, threads: boolean, left?: AbortSignal) => {
    if (isClosed) throw new PlangateError('ERR_ABORTED', 'the gate was closed', { hint: 'load it again' })
    const decideIt = async (readable: PlanSource) => {
      const { task, speakers } = prepare(readable, call, await ignored(call))
      const answer = await (threads ? inThread(task, call, left) : evaluateHere(task))
      if (answer.printed.length > 0) {
        const redact = redactor(answer.facts.sensitive)
        try {
          for (const line of answer.printed) call.onPrint?.(redact(line), plan)
        } catch (cause) {
          throw badArgument('options.onPrint', 'has thrown', cause)
        }
      }
      const decision = decide(answer, speakers)
      if (call.sources === undefined) return decision
      return located(decision, call.sources, redactor(answer.facts.sensitive))
    }
    const { labels, limits } = call
    return noted(options.log?.around({ plan, bundle, bytes: limits?.bytes, labels }, decideIt) ?? decideIt(plan))
  }
  const close: Gate['close'] = async (how) => {
    isClosed = true
    if (how?.drain === true) await Promise.allSettled(running)
    await (await opening)?.close(how)
  }

  return {
    evaluate: async (plan, given) => {
      const call = evaluateOptions(given)
      const threads = asksForThread(workers, call)
      return coded(() => decideAbout(plan, call, threads))
    },
    evaluateAll: (plans, given) => {
      const call = evaluateOptions(given)
      prepare('', call)
      const threads = asksForThread(workers, call) || workers !== 'none'
      const outcome = (plan: PlanSource, index: number, left: AbortSignal): Promise<Outcome> =>
        coded(() => decideAbout(plan, call, threads, left)).then(
          (decision) => ({ index, decision }),
          // `as`: {@link coded} throws nothing else
          (error: unknown) => ({ index, error: error as PlangateError }),
        )
      const width = async () => (threads ? 2 * (await pool()).size : 1)
      return each(plans, outcome, { width, signal: call.signal })
    },
    close,
    [Symbol.asyncDispose]: () => close(),
    catalogue,
    bundle,
    namespaces,
    unrepaired: policy.unrepaired,
  }
}

const checkWorkers = (workers: GateOptions['workers']): void => {
  if (workers === undefined || workers === 'none' || (Number.isSafeInteger(workers) && workers > 0)) return
  throw badArgument('options.workers', 'is a number of threads, or `none`')
}

const asksForThread = (workers: GateOptions['workers'], { signal, limits }: EvaluateOptions): boolean => {
  const milliseconds = limits?.milliseconds
  const asks = signal !== undefined || milliseconds !== undefined
  if (asks && workers === 'none')
    throw badArgument(
      'options.workers',
      "is something else than 'none' where `signal` or `limits.milliseconds` is given",
    )
  return asks || typeof workers === 'number'
}

/** What a configuration is made of. */
interface ConfigParts {
  readonly data: unknown
  readonly config: Config | undefined
  /** What comments of the sources say, after the waivers of the configuration. */
  readonly ignores: readonly Waiver[]
  readonly now: Date
}

/** The data with the configuration at `plangate.config`, where policies read it, and the day filled in. */
const configured = ({ data, config: given, ignores, now }: ConfigParts, catalogue: readonly PolicyEntry[]) => {
  const { plangate, ...others } = asObject(data)
  const { config: inData, ...ours } = asObject(plangate)
  const { waivers, ...said } = { ...asObject(inData), ...given }
  const all = ignores.length === 0 ? waivers : [...(Array.isArray(waivers) ? waivers : []), ...ignores]
  const parsed = parseConfig({ ...said, ...(all === undefined ? {} : { waivers: all }) }, catalogue)
  const config = { today: now.toISOString().slice(0, 10), ...parsed }
  return { config, data: { ...others, plangate: { ...ours, config } } }
}

/** What the sources waive, where the configuration lets them. */
const ignored = async ({ sources, config }: EvaluateOptions): Promise<readonly Waiver[]> =>
  sources === undefined || config?.inline_waivers === false ? [] : ignoresOf(sources)

const asObject = (value: unknown): Readonly<Record<string, unknown>> =>
  // `as`: what is not an object reads as one without keys
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
