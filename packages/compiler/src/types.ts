import type { PolicyEntry } from '@plangate/bundle'

/** What {@link compileBundle} compiles, and into what. */
export interface CompileOptions {
  /**
   * A folder or file, several of them, or texts by path. Taken are `*.rego` without `*_test.rego`, and `data.json`,
   * `data.yaml` and `data.yml`, which fill the path of their folder. Skipped are `node_modules`, names that begin with
   * a dot, and all else.
   */
  readonly sources: string | readonly string[] | Readonly<Record<string, string>>
  /** A JSON object to be merged with the data of the sources. */
  readonly data?: Readonly<Record<string, unknown>>
  /** Rules or packages to compile, such as `a/b/deny`, beside those whose METADATA says `entrypoint: true`. */
  readonly entrypoints?: readonly string[]
  /** Packages, such as `main` or `a.b`, whose `deny`, `violation` and `warn` rules (`deny_…` too) are entrypoints. */
  readonly namespaces?: readonly string[]
  /** Default: a hash of all that goes into the bundle. */
  readonly revision?: string
  /** Paths below `data` that the bundle owns. Default: what it contains, and never `plangate/config`. */
  readonly roots?: readonly string[]
  /** The version of Rego of the sources. Default 1. */
  readonly regoVersion?: 0 | 1
  /** Called at the beginning of each step. */
  readonly onProgress?: (step: CompileStep) => void
}

/** The steps of a compile, in order: files are read, OPA is started, METADATA is checked, the bundle is built. */
export type CompileStep = 'read' | 'load' | 'check' | 'build'

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
}
