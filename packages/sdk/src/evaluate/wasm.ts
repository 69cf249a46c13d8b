import { PlangateError } from '@plangate/bundle'
import { checkDeclarations } from './declarations.ts'
import { bounded } from './builtins/size.ts'
import { isDeclared, OUTSIDE } from './builtins/table.ts'
import { engine, type Memory } from './engine.ts'
import { cleared, type Compiled, type Instance, instantiate, textOf } from './instance.ts'
import { proveLayout } from './layout.ts'
import { allocate, pagesOf } from './memory.ts'
import { type Mended, type ModuleCache, moduleOf, packedModule } from './modules.ts'
import { allocating } from './repair/allocator.ts'
import { FEW, MANY, remembering } from './repair/expressions.ts'
import { faster } from './repair/primitives.ts'
import { repaired } from './repair/repair.ts'
import type { BuiltinCall, EvaluateRequest } from './request.ts'
import { FIRST_BYTES, type Read, readPlain, readText, type Run, run, SHARE } from './run.ts'

/** A compiled policy. Holds one WASM instance at a time and replaces it whenever an evaluation did not end well. */
export interface Policy {
  /** What another thread can be given for {@link openPolicy}. */
  readonly compiled: Compiled
  readonly entrypoints: readonly string[]
  /** The built-in functions that the module asks of its host. */
  readonly builtins: readonly string[]
  /**
   * Functions of OPA's runtime whose answers differ from its interpreter's and could not be repaired in this module; all of
   * them where it has lost its names.
   */
  readonly unrepaired: readonly string[]
  /**
   * Returns the value of each entrypoint, in order; undefined where it is undefined. Sets come as arrays in no order
   * to rely on, numbers as JavaScript numbers.
   *
   * @throws PlangateError `ERR_EVALUATION`, `ERR_MEMORY_LIMIT`, `ERR_INPUT_ENCODING`, `ERR_REENTRANT`
   */
  readonly evaluate: (request: EvaluateRequest) => readonly unknown[]
  /**
   * Returns the value of each entrypoint as the JSON that OPA's interpreter gives: keys sorted, sets as sorted arrays,
   * numbers with all their digits. Throws what `evaluate` throws.
   */
  readonly evaluateTexts: (request: EvaluateRequest) => readonly (string | undefined)[]
}

/** Memory of which more is in use than this is given back after an evaluation rather than kept for the next one. */
const KEEP_BYTES = 256 * 1024 * 1024

/** How a module is compiled. */
export interface CompileOptions {
  /** Hands all built-in functions to the host, those that OPA's WASM holds too: they do not say that they failed. */
  readonly strict?: boolean
  /**
   * Goes through sets and objects in the order of OPA's interpreter rather than of their hashes wherever somebody could
   * tell. Default: true. Without it evaluation is right for policies whose answers do not depend on that order.
   */
  readonly ordered?: boolean
  /** Where the mended module is kept, and the digest of the bundle that it is in. */
  readonly kept?: { readonly modules: ModuleCache; readonly digest: string } | undefined
}

/**
 * Returns the policy in a WASM module that OPA compiled.
 *
 * @throws PlangateError `ERR_BUNDLE_INVALID` when it is no such module
 */
export const compilePolicy = async (wasm: Uint8Array, options: CompileOptions = {}): Promise<Policy> =>
  openPolicy(await compileModule(wasm, options))

/**
 * Returns the compiled module, of which no code has run.
 *
 * @throws PlangateError as {@link compilePolicy}
 */
export const compileModule = async (wasm: Uint8Array, options: CompileOptions = {}): Promise<Compiled> => {
  try {
    const { mended, ...found } = mendOnce(wasm, options)
    return { module: await engine.compile(mended), ...found }
  } catch (cause) {
    throw noPolicy(cause)
  }
}

/**
 * Returns the same at once, and holds the thread meanwhile.
 *
 * @throws PlangateError as {@link compilePolicy}
 */
export const compilePolicyNow = (wasm: Uint8Array, options: CompileOptions = {}): Policy => {
  try {
    const { mended, ...found } = mend(wasm, options)
    return policyOf({ module: new engine.Module(mended), ...found })
  } catch (cause) {
    throw noPolicy(cause)
  }
}

/**
 * Returns the policy in what {@link compilePolicy} compiled, on an instance of its own.
 *
 * @throws PlangateError as {@link compilePolicy}
 */
export const openPolicy = (compiled: Compiled): Policy => {
  try {
    return policyOf(compiled)
  } catch (cause) {
    throw noPolicy(cause)
  }
}

/** The same as {@link mend}, from where it is kept, or put there. */
const mendOnce = (wasm: Uint8Array, options: CompileOptions): Mended => {
  const { kept, ...how } = options
  if (kept === undefined) return mend(wasm, options)
  const key = JSON.stringify([kept.digest, how])
  const found = kept.modules.read(key)
  if (found !== undefined) return moduleOf(found)
  const made = mend(wasm, options)
  kept.modules.write(key, packedModule(made))
  return made
}

/** The module as it is to be compiled, and what is known of it. */
const mend = (wasm: Uint8Array, { strict = false, ordered = true }: CompileOptions): Mended => {
  checkDeclarations(wasm)
  const { wasm: remembered, keeps } = remembering(wasm)
  const { wasm: repairedWasm, ...found } = repaired(allocating(remembered), { strict, ordered })
  const mended = faster(repairedWasm, { strict, expressions: keeps ? MANY : FEW })
  return { mended, strict, keeps, ...found }
}

const noPolicy = (cause: unknown): PlangateError =>
  cause instanceof PlangateError
    ? cause
    : new PlangateError('ERR_BUNDLE_INVALID', "the bundle's WASM is not a policy that OPA compiled", {
        hint: 'build it with `plangate build`, or `opa build -t wasm`',
        cause,
      })

const noBuiltin: BuiltinCall = () => undefined

const policyOf = (compiled: Compiled): Policy => {
  let builtin = noBuiltin
  const names = new Map<number, string>()
  const start = (memory: Memory) =>
    instantiate(
      compiled,
      memory,
      (id) => names.get(id) ?? `${id}`,
      () => builtin,
    )
  const firstPages = pagesOf(FIRST_BYTES)
  let pages = firstPages
  let current: Instance | undefined = start(allocate(pages))
  proveLayout(current)
  const numbers = JSON.parse(textOf(current.memory, current.abi.opa_json_dump(current.abi.builtins())))
  for (const [name, id] of Object.entries(numbers)) if (typeof id === 'number') names.set(id, name)
  const { entrypoints: ids } = current.loaded
  // Who is asked outside, functions of the caller's, and who reads what is printed, can tell in which order calls come.
  const tellers = [...OUTSIDE, 'internal.print', 'trace']
  const free = compiled.free && [...names.values()].every((name) => isDeclared(name) && !tellers.includes(name))
  let running = false

  /**
   * In the first memory where that may do and is still there, and where it has not done, or was not empty, again from the
   * start; built-ins are then asked again.
   */
  const evaluate = <T>(request: EvaluateRequest, read: Read<T>): readonly T[] => {
    if (running) throw reentrant()
    const most = pagesOf(request.memoryBytes)
    const isSmall = (request.input?.length ?? 0) * SHARE < FIRST_BYTES
    const isDirty = compiled.keeps && current !== undefined && current.kept > 0
    const begins = pages === firstPages && most > firstPages && isSmall ? firstPages : most
    try {
      return attempt(request, read, begins)
    } catch (error) {
      if (isMemory(error) && (begins < most || isDirty)) return attempt(request, read, most)
      throw error
    }
  }
  /** In OPA's order only where that may make a difference: which of several errors comes first is one, too. */
  const attempt = <T>(request: EvaluateRequest, read: Read<T>, wanted: number): readonly T[] => {
    try {
      const values = free ? once(request, { ids, read, ordered: false }, wanted) : undefined
      if (values !== undefined) return values
    } catch (error) {
      if (isMemory(error)) throw error
    }
    return once(request, { ids, read, ordered: true }, wanted) ?? []
  }
  const once = <T>(request: EvaluateRequest, how: Run<T>, wanted: number): readonly T[] | undefined => {
    const instance = current !== undefined && pages === wanted ? current : start(allocate(wanted))
    pages = wanted
    // Whatever happens below, an instance comes back only from the end of an evaluation: an abort leaves its stack and
    // heap as they were, and after some hundred of them every answer would be wrong.
    current = undefined
    builtin = bounded(request.builtin, request.memoryBytes)
    running = true
    let ended = false
    try {
      const values = run(instance, request, how)
      ended = true
      return values
    } finally {
      running = false
      builtin = noBuiltin
      const small = instance.abi.opa_heap_ptr_get() >>> 0 < KEEP_BYTES
      if (small) current = ended ? instance : start(cleared(instance))
    }
  }
  return {
    compiled,
    entrypoints: Object.keys(ids),
    builtins: [...names.values()],
    unrepaired: compiled.unrepaired,
    evaluate: (request) => evaluate(request, readPlain),
    evaluateTexts: (request) => evaluate(request, readText),
  }
}

const isMemory = (error: unknown): boolean => error instanceof PlangateError && error.code === 'ERR_MEMORY_LIMIT'

const reentrant = (): PlangateError =>
  new PlangateError('ERR_REENTRANT', 'the policy is evaluated already, further up the stack', {
    hint: 'do not evaluate a policy inside one of its own built-in functions: load it a second time',
  })
