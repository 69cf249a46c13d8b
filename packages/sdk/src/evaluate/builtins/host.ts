import { goSource } from '#platform/evaluate/builtins/source'
import { PlangateError } from '@plangate/bundle'
import type { BuiltinCall } from '../request.ts'
import { withoutBytes } from '../value/text.ts'
import { type Answer, ASK, FAILED, Failure, type Path, type Paths } from './answer.ts'
import type { BuiltinSource } from './custom.ts'
import { evaluationPaths } from './evaluation.ts'
import { answered, asPlangateError, type GoSource } from './go.ts'
import { grantedEnvironment, grantedNames, type Grants } from './grants.ts'
import type { Outside } from './outside.ts'
import { answerOf, directly } from './path.ts'
import { EVALUATION, GO, loadPaths, OUTSIDE } from './table.ts'
import { parseValue, writeValue } from './value.ts'

/** What is there beside OPA's own functions. */
export interface BuiltinOptions {
  /** What policies may reach outside. Nothing unless granted. */
  readonly grants?: Grants | undefined
  /** Where granted variables come from. Default: the environment of this process, as it is when a bundle is loaded. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined
  /** Functions of your own. */
  readonly builtins?: readonly BuiltinSource[] | undefined
}

/** How built-ins behave in one evaluation. */
export interface CallOptions {
  /**
   * Makes the first built-in that fails an error, as `opa eval --strict-builtin-errors` does. The message is OPA's and may
   * quote arguments.
   */
  readonly strictBuiltinErrors?: boolean | undefined
  /** Takes what policies print, where the bundle was built with `print` kept. Unless given, it goes nowhere. */
  readonly onPrint?: ((line: string) => void) | undefined
}

/** What only gates say. */
interface BeginOptions extends CallOptions {
  /** Whether errors are told without OPA's text, which may quote arguments. */
  readonly isDiscreet?: boolean
}

/** The host built-ins of one policy. */
export interface HostBuiltins {
  /**
   * Returns the answers for one evaluation, within which the time stands still and a repeated call is answered alike.
   *
   * They throw PlangateError `ERR_EVALUATION` when OPA itself would stop, `ERR_OPA_FAILED` when Go does, and
   * `ERR_BUILTIN_INVALID` when a custom built-in does what it may not. One that fails otherwise is undefined, as in OPA,
   * unless errors are strict.
   */
  readonly begin: (now: Date, options?: BeginOptions) => BuiltinCall
}

/**
 * Returns the answers to the built-ins that a module asks of its host. What policies call often is answered in
 * JavaScript. OPA's own Go code answers the others and is loaded at once if there are any; otherwise when a call comes
 * that JavaScript is not sure of.
 *
 * @throws PlangateError `ERR_BUILTIN_MISSING` with the names of those that nobody answers or that are not granted,
 * `ERR_BUILTIN_INVALID`, `ERR_OPA_MISSING`
 */
export const hostBuiltins = async (
  names: readonly string[],
  { grants = {}, builtins = [], environment }: BuiltinOptions = {},
  source: () => Promise<GoSource> = goSource,
): Promise<HostBuiltins> => {
  const custom = await customPaths(builtins)
  const paths = new Map<string, Path>([...custom, ...Object.entries(await loadPaths(names))])
  const granted = grantedNames(grants).filter((name) => names.includes(name))
  const there = new Set([...paths.keys(), ...EVALUATION, ...GO, ...granted])
  const missing = names.filter((name) => !there.has(name)).toSorted()
  if (missing.length > 0) throw notAnswered(missing)
  const reach = granted.length > 0 ? await outsideFor(grants) : undefined
  const go = await source()
  const needed = names.filter((name) => GO.includes(name)).toSorted()
  const ready =
    needed.length > 0
      ? await go.load(needed).catch((cause: unknown) => Promise.reject(asPlangateError(cause)))
      : undefined
  const variables = grants.env === undefined ? undefined : grantedEnvironment(grants.env, environment ?? process.env)
  const direct = directly(paths)
  return {
    begin: (now, { strictBuiltinErrors: strict = false, onPrint: print, isDiscreet = false } = {}) => {
      evaluations += 1
      const at = { evaluation: `${evaluations}`, nowNs: `${BigInt(now.getTime()) * 1_000_000n}` }
      const askGo = (name: string, args: readonly string[]) =>
        answered(() => (ready ?? go.now(name)).builtin({ ...at, name, args }))
      const yaml: Outside['yaml'] = (text) => {
        const { value } = askGo('yaml.unmarshal', [writeValue(text)])
        return value === undefined ? undefined : parseValue(value)
      }
      const here: Paths = {
        ...evaluationPaths({ now: BigInt(at.nowNs), environment: variables, print }),
        ...reach?.(yaml),
      }
      const call = (name: string, given: readonly string[]): string | undefined => {
        const path = paths.get(name) ?? here[name]
        // Bytes that are no text are for Go only.
        const args = custom.has(name) || name in here ? given.map(withoutBytes) : given
        const answer: Answer = path === undefined ? ASK : answerOf(path, args)
        const failed = (why: Failed) =>
          fail(isDiscreet ? `\`${name}\` failed: ${why.code}` : `${why.code}: ${why.message}`)
        if (answer instanceof Failure) return strict ? failed(answer) : undefined
        if (answer === FAILED && !strict) return undefined
        if (answer !== ASK && answer !== FAILED) return writeValue(answer)
        const { value, error } = askGo(name, args)
        if (error === undefined) return value
        if (strict) failed(error)
        // Without the message: it may quote an argument.
        if (error.halt)
          throw new PlangateError('ERR_EVALUATION', `the evaluation stopped in \`${name}\`: ${error.code}`)
        return undefined
      }
      return Object.assign(call, { direct })
    },
  }
}

// What few bundles need is loaded for them only: it would make the page of everybody larger.

const customPaths = async (builtins: readonly BuiltinSource[]): Promise<ReadonlyMap<string, Path>> => {
  if (builtins.length === 0) return new Map()
  const { customBuiltins, customPath } = await import('./custom.ts')
  return new Map((await customBuiltins(builtins)).map((builtin) => [builtin.name, customPath(builtin)]))
}

const outsideFor = async (grants: Grants): Promise<(yaml: Outside['yaml']) => Paths> => {
  const [{ outsidePaths }, { askOutside }] = await Promise.all([
    import('./outside.ts'),
    import('#platform/read/outside/helper'),
  ])
  return (yaml) => outsidePaths({ grants, ask: askOutside, yaml })
}

/**
 * Returns the options for another thread, which has no environment of its own.
 *
 * @throws PlangateError `ERR_BUILTIN_INVALID` for a function that is not in a module
 */
export const portableOptions = ({ grants = {}, builtins = [], environment }: BuiltinOptions): BuiltinOptions => {
  for (const builtin of builtins) {
    if ('module' in builtin) continue
    throw new PlangateError('ERR_BUILTIN_INVALID', `\`${builtin.name}\` cannot be called in another thread`, {
      hint: "export it from a module and give `{ module: 'file:///…' }`, or evaluate without limits, signal and workers",
    })
  }
  const variables = grants.env === undefined ? [] : grantedEnvironment(grants.env, environment ?? process.env)
  return { grants, builtins, environment: Object.fromEntries(variables) }
}

// Counted for all gates: one OPA serves them, and takes equal numbers for one evaluation, with one clock.
let evaluations = 0

interface Failed {
  readonly code: string
  readonly message: string
}

const fail = (message: string): never => {
  throw new PlangateError('ERR_EVALUATION', message, {
    hint: 'a built-in function failed, which is undefined unless errors of built-ins are strict',
  })
}

const notAnswered = (names: readonly string[]): PlangateError => {
  const list = names.map((name) => `\`${name}\``).join(', ')
  const outside = names.some((name) => OUTSIDE.includes(name))
  return new PlangateError('ERR_BUILTIN_MISSING', `the bundle needs built-in functions that are not there: ${list}`, {
    hint: outside
      ? 'nothing is reached outside unless `grants` allow it; better give the answer as `data`'
      : 'rewrite the policy without them, or give them as `builtins`',
  })
}
