import type { PolicyEntry, Reads, Rewriting, Verification } from '@plangate/bundle'
import type { CacheOptions } from './cache/store.ts'
import type { EngineOptions } from './engine.ts'

/**
 * What {@link compileBundle} compiles, and into what: one plain object that survives `structuredClone` and, with equal
 * files behind its paths, stands for equal bytes.
 */
export interface CompileSettings {
  /**
   * A folder or file, several of them, or texts by path. Taken are `*.rego` without `*_test.rego`, and `data.json`,
   * `data.yaml` and `data.yml`, which fill the path of their folder. Skipped are `node_modules`, names that begin with
   * a dot, and all else.
   *
   * A `.tar.gz` is a bundle, and so is a folder with a `.manifest`. Of a bundle all is taken that OPA takes, tests
   * included. Several bundles, and the files that are in none, are merged as OPA merges bundles.
   */
  readonly sources: string | readonly string[] | Readonly<Record<string, string>>
  /** Takes every source as a bundle, as `opa build -b` does: without a manifest it owns all data. Default false. */
  readonly bundle?: boolean
  /** Names of files and folders that are left out, at any depth below a source: globs of Go's `filepath.Match`. */
  readonly ignore?: readonly string[]
  /** Follows links that lead out of a folder, or to a folder. Default false: they are refused. */
  readonly followSymlinks?: boolean
  /** A JSON object to be merged with the data of the sources. */
  readonly data?: Readonly<Record<string, unknown>>
  /** What the bundle holds beside Rego and data: a WebAssembly module (default), nothing, or a plan in OPA's IR. */
  readonly target?: 'wasm' | 'rego' | 'plan'
  /** Rules or packages to compile, such as `a/b/deny`, beside those whose METADATA says `entrypoint: true`. */
  readonly entrypoints?: readonly string[]
  /** Packages, such as `main` or `a.b`, whose `deny`, `violation` and `warn` rules (`deny_…` too) are entrypoints. */
  readonly namespaces?: readonly string[]
  /** Default: the one that a single bundle among the sources has, or else a hash of all that goes into the bundle. */
  readonly revision?: string
  /** Paths below `data` that the bundle owns. Default: what it contains, and never `plangate/config`. */
  readonly roots?: readonly string[]
  /** What `metadata` of the manifest holds beside `plangate`. */
  readonly metadata?: Readonly<Record<string, unknown>>
  /** The version of Rego of the sources that do not say theirs in a manifest. Default 1. */
  readonly regoVersion?: 0 | 1
  /**
   * What policies may use: a version of OPA such as `v1.0.0`, the path of a file that `opa capabilities` wrote, or what
   * such a file holds. Default: all that OPA has.
   */
  readonly capabilities?: string | Readonly<Record<string, unknown>>
  /** How much of the policies OPA evaluates beforehand. Default 0, and 0 only for WebAssembly. */
  readonly optimize?: 0 | 1 | 2
  /** The package below which optimized rules lie. Default `partial`. */
  readonly partialNamespace?: string
  /** Leaves out rules that refer to an entrypoint and are none. Default false: they become entrypoints too. */
  readonly pruneUnused?: boolean
  /** Keeps `print` calls in WebAssembly; a plan always has them. Default false. */
  readonly includePrint?: boolean
  /** Leaves the Rego out of a bundle that has WebAssembly or a plan. Default false. */
  readonly stripSource?: boolean
  /** How a plan is written. Default `json`. */
  readonly planFormat?: 'json' | 'proto'
  /** What a plan holds beside what OPA needs to evaluate it. */
  readonly planAddons?: readonly 'unplanned_rules'[]
  /**
   * Whether rules that walk `input.resource_changes` and compare types are compiled to look at the resources of a type
   * alone, where that is sure to come to the same and there are enough of them to be worth it. The Rego in the bundle stays
   * as it is. Default true for WebAssembly and false for a plan; Rego has no index, and neither has what is optimized.
   */
  readonly typeIndex?: boolean
}

/** {@link CompileSettings}, and how it is done, which shows in nothing that comes out. */
export interface CompileOptions extends CompileSettings, EngineOptions {
  /**
   * What the signature of each source has to prove; what is no bundle is refused then. The bundle that comes out is not
   * signed. Default: nothing.
   */
  readonly verification?: Verification | undefined
  /** Where bundles are kept for the next compile of the same, in this process or another. Default false: nowhere. */
  readonly cache?: false | CacheOptions
  /** Called at the beginning of each step. */
  readonly onProgress?: (step: CompileStep) => void
}

/** The steps of a compile, in order: files are read, OPA is started, METADATA is checked, the bundle is built. */
export type CompileStep = 'read' | 'load' | 'check' | 'build'

/** What {@link checkPolicies} checks, and how. The defaults are those of `opa check`. */
export interface CheckOptions extends EngineOptions {
  /** A folder or file, several of them, or texts by path. Taken are `*.rego`, and data in bundle mode. */
  readonly sources: string | readonly string[] | Readonly<Record<string, string>>
  /** Whether what OPA calls strict holds: no unused imports, variables and arguments, among others. Default false. */
  readonly strict?: boolean
  /** Whether each source is a bundle, a folder or `*.tar.gz`, whose data may not lie where a rule is. Default false. */
  readonly bundle?: boolean
  /** After how many errors OPA stops; 0 is never. Default 10. */
  readonly maxErrors?: number
  /** Globs of names of files and folders that are left out. */
  readonly ignore?: readonly string[]
  /** What policies may use: a version of OPA such as `v1.0.0`, the path of a file that OPA wrote, or its JSON. */
  readonly capabilities?: CompileSettings['capabilities']
  /**
   * JSON Schemas of what policies read: a file is that of `input`, a folder holds those that annotations name, and
   * `terraform` is the one of a Terraform plan that ships with this package.
   */
  readonly schemas?: readonly string[]
  /**
   * Files that `terraform providers schema -json` wrote: an attribute that a policy reads of a resource, and that the
   * schema of its type does not have, is then an error.
   */
  readonly providerSchemas?: readonly string[]
  /** The version of Rego of the sources; `both` is what compiles as either. Default 1. */
  readonly regoVersion?: 0 | 1 | 'both'
  /** Called at the beginning of each step. */
  readonly onProgress?: (step: CompileStep) => void
}

/** The outcome of a check. */
export interface CheckResult {
  /** Sorted by file, line and column. Without one, all is well. */
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Something that the author of a policy should know. Line and column count from 1 and are 0 where there is no place;
 * the end is the place after the last character that it is about.
 */
export interface Diagnostic {
  /** OPA's code, such as `rego_parse_error`, or one of ours, such as `metadata_error`. */
  readonly code: string
  readonly severity: 'error' | 'warning'
  readonly message: string
  /** The file as the caller named it; empty when it is about no file. */
  readonly file: string
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
  /** OPA's own explanation, line by line, such as what a type error has and wants. */
  readonly details?: readonly string[]
  /** What to do next. */
  readonly hint?: string
}

/** The outcome of a compile. Without a bundle, at least one diagnostic is an error. */
export interface CompileResult {
  /** The bytes of the `.tar.gz`. */
  readonly bundle?: Uint8Array
  /** Sorted by file, line and column. */
  readonly diagnostics: readonly Diagnostic[]
  /** The entrypoints of the bundle, such as `plangate/main/deny`, sorted. */
  readonly entrypoints: readonly string[]
  /** The policies of the sources, sorted by id. */
  readonly catalogue: readonly PolicyEntry[]
  /** The built-in functions that the WASM calls and does not hold: the host has to bring them. Sorted. */
  readonly builtins: readonly string[]
  /** What of the input and of data entrypoints and policies can touch, as the manifest says it. */
  readonly reads?: Reads
  /** The walks of resources that look into the type index, as the manifest says them; missing where there is none. */
  readonly typeIndex?: readonly Rewriting[]
}
