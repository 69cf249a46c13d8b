import { existsSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type BundleSource, type Gate, PlangateError, loadGate } from '@plangate/sdk'
import type { CacheFlag } from './cache.ts'
import { type VerificationOptions, verificationFrom } from './keys.ts'
import { evaluationLimits, type LimitFlags } from './limits.ts'
import { moduleCache } from './modules.ts'
import { isAddress, type RemoteFlags, remoteBundles } from './remote.ts'
import { usageError } from './usage.ts'
import type { Workers } from './workers.ts'

/** The name of the built-in library among the values of `--policy`. */
const builtin = 'builtin'

/** Which policies judge a plan, and what the signatures of bundles have to prove, as the flags say it. */
export interface GateOptions extends VerificationOptions, LimitFlags, RemoteFlags {
  readonly policy?: readonly string[]
  readonly namespace?: readonly string[]
  readonly data?: readonly string[]
  /** Where compiled Rego is kept. */
  readonly cache?: CacheFlag
  readonly strictBuiltinErrors?: boolean
  /** Whether what is wrong with Rego may be printed in colours. */
  readonly color?: boolean
}

/**
 * The gates that the flags ask for: one for the library, one for each bundle, and one for all Rego taken together.
 *
 * Plans are judged in `workers` threads, which each gate starts for itself when it needs them.
 *
 * With a key every bundle has to be signed with it; the library came with the command. Throws `ERR_USAGE` for Rego then,
 * which carries no signature.
 *
 * Throws `ERR_USAGE` when nothing is said and a folder `policy` lies in the working directory: conftest would take it,
 * and silence would gate a plan with policies that nobody meant.
 */
export async function openGates(options: GateOptions, workers: Workers = 'none'): Promise<Gate[]> {
  const chosen = options.policy ?? unspoken()
  const data = options.data === undefined ? {} : (await import('./data.ts')).loadData(options.data)
  const sources = chosen.filter((path) => path !== builtin && !isAddress(path) && !isBundle(path))
  const namespaces = options.namespace === undefined ? {} : { namespaces: [...options.namespace] }
  const verification = verificationFrom(options)
  const [unsigned] = sources
  if (verification !== undefined && unsigned !== undefined) {
    throw usageError(
      `\`${unsigned}\` is Rego, which carries no signature that the key could prove`,
      'make a bundle of it with `plangate build` and `plangate bundle sign`, or leave the key out',
    )
  }
  const limits = evaluationLimits(options)
  const { strictBuiltinErrors = false } = options
  const modules = moduleCache(options.cache)
  const gates: Gate[] = []
  if (chosen.includes(builtin))
    gates.push(await loadGate(libraryPath(), { data, ordered: false, workers, strictBuiltinErrors, modules }))
  const remote = remoteBundles(chosen.filter(isAddress), options)
  for (const source of [...chosen.filter((path) => !isAddress(path) && isBundle(path)), ...remote]) {
    gates.push(
      await openBundle(source, { data, verification, limits, ...namespaces, workers, strictBuiltinErrors, modules }),
    )
  }
  if (sources.length > 0) {
    // The compiler is 40 MB: it is loaded only where there is something to compile.
    const { compilePolicies } = await import('./compile.ts')
    const { color = true, cache, timeLimit, memoryLimit } = options
    const bundle = await compilePolicies(sources, options.namespace ?? ['main'], {
      color,
      cache,
      timeLimit,
      memoryLimit,
    })
    gates.push(
      await loadGate(bundle, {
        data,
        namespaces: [...(options.namespace ?? ['main'])],
        workers,
        strictBuiltinErrors,
        modules,
      }),
    )
  }
  return gates
}

function unspoken(): readonly string[] {
  if (!existsSync('policy') || !statSync('policy').isDirectory()) return [builtin]
  throw usageError(
    'a folder `policy` lies here and nothing says which policies are meant',
    'choose with `--policy policy` or `--policy builtin`, or give both',
  )
}

function isBundle(path: string): boolean {
  return /\.(tar\.gz|tgz)$/.test(path)
}

function openBundle(source: BundleSource, options: NonNullable<Parameters<typeof loadGate>[1]>): Promise<Gate> {
  if (typeof source !== 'string' || existsSync(source)) return loadGate(source, options)
  throw usageError(`there is no bundle \`${source}\``, 'build one with `plangate build`')
}

function libraryPath(): string {
  const path = createRequire(import.meta.url).resolve('@plangate/policies/library.tar.gz')
  if (existsSync(path)) return path
  throw new PlangateError('ERR_BUNDLE_NOT_FOUND', 'the built-in library is not there', {
    hint: 'install `plangate` again; in its repository run `npm start`, which builds the library',
  })
}
