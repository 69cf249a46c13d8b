// This is the protocol between TypeScript and OPA's Go code. It is mirrored: packages/opa/go/protocol.go and
// packages/opa/src/protocol.ts say the same thing, and a change to one is a change to both.
//
// A message is a frame: the length of its JSON in 4 bytes, little-endian, the JSON itself, then bytes. A request's
// bytes are the contents of its `files`, one after the other; the bytes of the answer to `build` are the bundle.

import type { Reading, Schema, SourceDiagnostic } from './sourceprotocol.ts'
import type { TestBundleResponse, TestRequest, TestResponse } from './testprotocol.ts'

/** Asks for one operation. The field that `op` names is there, the others are not. */
export type Request =
  | { readonly op: 'info' }
  | { readonly op: 'build'; readonly files: readonly File[]; readonly build: BuildRequest }
  | { readonly op: 'annotations'; readonly files: readonly File[]; readonly annotations: AnnotationsRequest }
  | { readonly op: 'reads'; readonly files: readonly File[]; readonly reads: ReadsRequest }
  | { readonly op: 'builtin'; readonly builtin: BuiltinRequest }
  | { readonly op: 'builtins'; readonly builtins: readonly BuiltinRequest[] }
  | { readonly op: 'check'; readonly files: readonly File[]; readonly check: CheckRequest }
  | { readonly op: 'format'; readonly files: readonly File[]; readonly format: FormatRequest }
  | { readonly op: 'deps'; readonly files: readonly File[]; readonly deps: DepsRequest }
  | { readonly op: 'inspect'; readonly files: readonly File[]; readonly inspect: InspectRequest }
  | { readonly op: 'capabilities'; readonly capabilities: CapabilitiesRequest }
  | { readonly op: 'test' | 'testBundle'; readonly files: readonly File[]; readonly test: TestRequest }

/**
 * A source: its path, with `/`, and how many of the request's bytes are its contents. Files that were a bundle of their
 * own share its number, from 1, and each has a path that no file of another bundle has; where that is not the one it has
 * inside its bundle, `name` is. `label` is what messages call it, the path unless said.
 */
export interface File {
  readonly path: string
  readonly size: number
  readonly bundle?: number
  readonly name?: string
  readonly label?: string
}

/**
 * The answer to the operation or an error. An error means that no answer could be made: what is wrong with the sources
 * is in diagnostics, and what a built-in refuses is in {@link BuiltinResponse}.
 */
export interface Response {
  readonly info?: InfoResponse
  readonly build?: BuildResponse
  readonly annotations?: AnnotationsResponse
  readonly builtin?: BuiltinResponse
  readonly builtins?: readonly BuiltinResponse[]
  readonly check?: CheckResponse
  readonly format?: FormatResponse
  readonly deps?: DepsResponse
  readonly inspect?: InspectResponse
  readonly capabilities?: CapabilitiesResponse
  readonly test?: TestResponse
  readonly reads?: ReadsResponse
  readonly testBundle?: TestBundleResponse
  readonly error?: Failure
}

/** Why an operation or a built-in gave no answer. `halt`: an evaluation must stop, whatever the policy says. */
export interface Failure {
  readonly code: string
  readonly message: string
  readonly halt?: boolean
}

/**
 * Asks for a bundle. Roots are of the files that are no bundle; without roots they own what they contain. The fallback
 * is the revision where none is asked for and none is kept. Metadata is added to what the sources have. With policies, what
 * these and the entrypoints read becomes `plangate.reads` of the metadata. With a type index, so do the walks that look
 * into it, as `plangate.typeIndex`.
 */
export interface BuildRequest extends Reading {
  readonly target: 'wasm' | 'rego' | 'plan'
  readonly entrypoints: readonly string[]
  readonly roots?: readonly string[]
  readonly revision?: string
  readonly fallback: string
  readonly metadata?: Readonly<Record<string, unknown>>
  readonly optimize?: 0 | 1 | 2
  readonly partialNamespace?: string
  readonly pruneUnused?: boolean
  readonly includePrint?: boolean
  readonly stripSource?: boolean
  readonly planFormat?: 'json' | 'proto'
  readonly planAddons?: readonly string[]
  readonly policies?: Readonly<Record<string, readonly string[]>>
  readonly typeIndex?: boolean
}

/** Goes with the bytes of the bundle, unless diagnostics say why there are none. */
export interface BuildResponse {
  readonly diagnostics: readonly SourceDiagnostic[]
  readonly entrypoints: readonly string[]
  readonly roots: readonly string[]
  readonly reads?: ReadsReport
  readonly typeIndex?: readonly Rewriting[]
}

/**
 * A walk of resources that looks into the type index: where it stands, what it was and is, as Rego, and the types that it
 * compares with; none where the type is in a variable.
 */
export interface Rewriting {
  readonly file: string
  readonly line: number
  readonly before: string
  readonly after: string
  readonly types: readonly string[]
}

/** Asks what entrypoints read, beside those that METADATA names, and what policies read: documents, by name. */
export interface ReadsRequest extends Reading {
  readonly entrypoints: readonly string[]
  readonly policies: Readonly<Record<string, readonly string[]>>
}

/** Says what is read, unless diagnostics say why that cannot be known. */
export interface ReadsResponse {
  readonly diagnostics: readonly SourceDiagnostic[]
  readonly reads?: ReadsReport
}

/** Says who reads what: sets of paths, and for each user the numbers of its sets. */
export interface ReadsReport {
  readonly sets: readonly {
    readonly input: readonly (readonly string[] | ReadsOfSome)[]
    readonly data: readonly (readonly string[])[]
  }[]
  readonly entrypoints: Readonly<Record<string, readonly number[]>>
  readonly policies: Readonly<Record<string, readonly number[]>>
}

/** Paths below those elements at a path that have, at a key, one of some strings. */
export interface ReadsOfSome {
  readonly at: readonly string[]
  readonly key: readonly string[]
  readonly in: readonly string[]
  readonly read: readonly (readonly string[])[]
}

/** Asks what the sources say about themselves. */
export type AnnotationsRequest = Reading

/** The modules and all METADATA blocks, each sorted by path. */
export interface AnnotationsResponse {
  readonly diagnostics: readonly SourceDiagnostic[]
  readonly modules: readonly Module[]
  readonly annotations: readonly Annotation[]
}

/** One Rego file: the path of its package below `data`, where that is said, and the rules in it. */
export interface Module {
  readonly file: string
  readonly line: number
  readonly package: readonly string[]
  readonly rules: readonly string[]
}

/** One METADATA block: what it is about, below `data`, where it stands, and OPA's JSON of it. */
export interface Annotation {
  readonly path: readonly string[]
  readonly scope: 'package' | 'subpackages' | 'document' | 'rule'
  readonly file: string
  readonly line: number
  readonly annotation: Readonly<Record<string, unknown>>
}

/**
 * Calls a built-in function with arguments as OPA value text: JSON, and `{1, 2}` or `set()`. Calls with the same
 * evaluation share a clock and what must not change between two calls, such as `uuid.rfc4122`.
 */
export interface BuiltinRequest {
  readonly name: string
  readonly args: readonly string[]
  readonly evaluation: string
  readonly nowNs: string
}

/** The value as OPA value text, or why there is none; with neither, the call is undefined. */
export interface BuiltinResponse {
  readonly value?: string
  readonly error?: Failure
}

/**
 * Asks for the one file of the request as `opa fmt` prints it. `name` is what errors call it. `diff`: the difference
 * instead. `failFast`: only whether there is one. `regoV1`: a v0 source that v1 reads as well.
 */
export interface FormatRequest {
  readonly name: string
  readonly regoV1?: boolean
  readonly v0Compatible?: boolean
  readonly v1Compatible?: boolean
  readonly dropV0Imports?: boolean
  readonly checkResult?: boolean
  readonly diff?: boolean
  readonly failFast?: boolean
  readonly capabilities?: string | Readonly<Record<string, unknown>>
}

/** Goes with the bytes of the result, unless diagnostics say why there is none. */
export interface FormatResponse {
  readonly diagnostics: readonly SourceDiagnostic[]
  readonly changed: boolean
}

/**
 * Asks for what `opa deps` prints. Data and bundles are paths as OPA takes them, below which the files of the request
 * lie; a file whose path ends with a slash is an empty folder.
 */
export interface DepsRequest {
  readonly query: string
  readonly data?: readonly string[]
  readonly bundles?: readonly string[]
  readonly ignore?: readonly string[]
  readonly json?: boolean
  readonly v0Compatible?: boolean
  readonly v1Compatible?: boolean
}

/** Holds the text, unless diagnostics say why there is none. */
export interface DepsResponse {
  readonly diagnostics: readonly SourceDiagnostic[]
  readonly text: string
}

/**
 * Asks for what `opa inspect --format json` prints about the bundle, folder or file of Rego at a path, below which the
 * files of the request lie.
 */
export interface InspectRequest {
  readonly path: string
  readonly annotations?: boolean
  readonly v0Compatible?: boolean
  readonly v1Compatible?: boolean
}

/** Holds the JSON as text, unless diagnostics say why there is none. */
export interface InspectResponse {
  readonly diagnostics: readonly SourceDiagnostic[]
  readonly text: string
}

/**
 * Asks for what `opa capabilities` prints: those of a version, of a file, of this OPA, or the names of all versions.
 */
export interface CapabilitiesRequest {
  readonly version?: string
  readonly file?: unknown
  readonly current?: boolean
  readonly v0Compatible?: boolean
}

/** Holds the text, or says why there is none. */
export interface CapabilitiesResponse {
  readonly text: string
  readonly problem?: string
}

/** About OPA itself. */
export interface InfoResponse {
  readonly version: string
  readonly builtins: readonly BuiltinInfo[]
}

/** A function that OPA declares. `native`: OPA's WebAssembly holds it. `callable`: Go answers it here. */
export interface BuiltinInfo {
  readonly name: string
  readonly native: boolean
  readonly callable: boolean
}

/**
 * Asks whether the sources compile, as `opa check` does: as bundles, where they have numbers of bundles. `both` asks for
 * Rego that is v0 and v1. `maxErrors` 0 is no limit. Resources are the attributes of resources by their type, as the
 * schemas of providers have them; null is a type of which nobody asks for attributes.
 */
export interface CheckRequest extends Reading {
  readonly both?: boolean
  readonly strict?: boolean
  readonly maxErrors: number
  readonly schemas?: readonly Schema[]
  readonly resources?: Readonly<Record<string, Shape | null>>
}

/** What a provider's schema says about a value: the attributes of an object, the elements of a list or a map, or nothing. */
export interface Shape {
  readonly attributes?: Readonly<Record<string, Shape>>
  readonly list?: Shape
  readonly map?: Shape
}

/** What is wrong with the sources, in OPA's order. */
export interface CheckResponse {
  readonly diagnostics: readonly SourceDiagnostic[]
}
