import type { CompileResult, CompileSettings, DiagnosticFormat } from '@plangate/compiler'
import { type CacheFlag, cacheOf } from './cache.ts'
import { bundleOf, compile } from './compile.ts'
import { isDocument } from './diagnostics.ts'
import { signingOf, verificationFrom, type VerificationOptions } from './keys.ts'
import { exitCodes } from './exit.ts'
import { type LimitFlags, limitsOf } from './limits.ts'
import { usageError } from './usage.ts'
import { writeWhole } from './write.ts'

/** The flags of `plangate build`. */
export interface BuildOptions extends VerificationOptions, LimitFlags {
  readonly output: string
  readonly target: 'wasm' | 'rego' | 'plan'
  readonly entrypoint?: readonly string[]
  readonly namespace?: readonly string[]
  readonly revision?: string
  readonly cache?: CacheFlag
  readonly root?: readonly string[]
  readonly bundle?: boolean
  readonly ignore?: readonly string[]
  readonly followSymlinks?: boolean
  readonly capabilities?: string
  readonly v0Compatible?: boolean
  readonly optimize: '0' | '1' | '2'
  readonly partialNamespace?: string
  readonly pruneUnused?: boolean
  readonly stripSource?: boolean
  readonly typeIndex?: boolean
  readonly wasmIncludePrint?: boolean
  readonly planFormat?: 'json' | 'proto'
  readonly planAddons?: readonly string[]
  readonly signingKey?: string
  readonly signingAlg?: string
  readonly signingKeyId?: string
  readonly signingScope?: string
  readonly claimsFile?: string
  readonly format: DiagnosticFormat
  readonly color: boolean
}

/** Compiles `sources` into the bundle `options.output`, says what is inside, and returns the exit code. */
export async function build(sources: readonly string[], options: BuildOptions): Promise<number> {
  // A key that cannot be read is told before minutes of work and not after them.
  const signing = signingFrom(options)
  const verification = verificationFrom(options)
  const settings = { ...settingsOf(sources, options), ...limitsOf(options) }
  const result = await compile({ ...settings, cache: cacheOf(options.cache), verification })
  const unsigned = bundleOf(result, options)
  const bundle =
    signing === undefined ? unsigned : await (await import('@plangate/compiler')).signBundle(unsigned, signing)
  writeWhole(options.output, bundle)
  // Standard output belongs to a document alone.
  const stream = isDocument(options.format) ? process.stderr : process.stdout
  const signed = signing === undefined ? '' : ', signed'
  stream.write(`${options.output}: ${contents(result)}, ${bundle.length} bytes${signed}\n`)
  return exitCodes.pass
}

function signingFrom(options: BuildOptions): ReturnType<typeof signingOf> | undefined {
  const { signingKey: key, signingAlg: alg, signingKeyId: keyId, signingScope: scope, claimsFile } = options
  return key === undefined ? undefined : signingOf({ key, alg, keyId, scope, claimsFile }, '--signing-')
}

/** Of v0 and v1 the former wins, as with `opa build`. */
function settingsOf(sources: readonly string[], options: BuildOptions): CompileSettings {
  const { entrypoint, namespace, root, v0Compatible, optimize, wasmIncludePrint, planAddons = [] } = options
  const { target, revision, bundle, ignore, followSymlinks, capabilities } = options
  const { partialNamespace, pruneUnused, stripSource, typeIndex, planFormat } = options
  for (const name of planAddons) {
    if (name !== 'unplanned_rules') throw usageError(`there is no plan addon \`${name}\``, 'there is `unplanned_rules`')
  }
  return defined({
    sources,
    target,
    entrypoints: entrypoint,
    namespaces: namespace,
    revision,
    roots: root,
    bundle,
    ignore,
    followSymlinks,
    capabilities,
    regoVersion: v0Compatible ? 0 : 1,
    // `as`: commander has let no other digit through
    optimize: Number(optimize) as 0 | 1 | 2,
    partialNamespace,
    pruneUnused,
    stripSource,
    // What is not refused is what the target has.
    typeIndex: typeIndex === false ? false : undefined,
    includePrint: wasmIncludePrint,
    planFormat,
    planAddons: planAddons.length === 0 ? undefined : ['unplanned_rules'],
  })
}

type Optional<T> = { [K in keyof T]: T[K] | undefined }

function defined(settings: Optional<CompileSettings> & Pick<CompileSettings, 'sources'>): CompileSettings {
  // `as`: what is undefined is not there any more
  return Object.fromEntries(
    Object.entries(settings).filter(([, value]) => value !== undefined),
  ) as unknown as CompileSettings
}

function contents({ catalogue, entrypoints }: CompileResult): string {
  const policies = catalogue.length === 0 ? '' : `${counted(catalogue.length, 'policy', 'policies')}, `
  return `${policies}${counted(entrypoints.length, 'entrypoint', 'entrypoints')}`
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`
}
