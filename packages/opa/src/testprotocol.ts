// This is the part of the protocol that is about tests. It is mirrored: packages/opa/go/testprotocol.go and
// packages/opa/src/testprotocol.ts say the same thing, and a change to one is a change to both.

import type { Reading, Schema, SourceDiagnostic } from './sourceprotocol.ts'

/**
 * Runs the tests of the sources at `paths`, which are loaded as `opa test` loads them: as bundles, or with every JSON
 * and YAML file as data. Paths name the labels of files or folders of them, as the caller wrote them.
 */
export interface TestRequest extends Reading {
  readonly paths: readonly string[]
  readonly bundle: boolean
  readonly ignore?: readonly string[]
  readonly schemas?: readonly Schema[]
  /** `run` is a regular expression for names, as `data.a.test_b`; `only` are names themselves. Without both, all run. */
  readonly run?: string
  readonly only?: readonly string[]
  /** Splits the packages with tests into `of` parts, of which part number `index`, from 0, is run. */
  readonly shard?: Shard
  readonly timeoutMs: number
  readonly count: number
  readonly maxErrors: number
  readonly verbose: boolean
  readonly varValues: boolean
  readonly explain?: Explain
  /** Asks for coverage; the runs are OPA's supplementary passes. */
  readonly coverage: boolean
  readonly coverageRuns?: readonly CoverageKind[]
  readonly bench?: BenchRequest
  readonly profile?: ProfileRequest
  /** Whether results come with their JSON, and with their text. */
  readonly json: boolean
  readonly pretty: boolean
}

/** Which events of a trace are shown. */
export type Explain = 'fails' | 'full' | 'notes' | 'debug'

/** Why a range was not covered: OPA's index left it out, or an early exit. */
export type CoverageKind = 'index_excluded' | 'early_exit'

/** One part of several. */
export interface Shard {
  readonly index: number
  readonly of: number
}

/** Runs each test many times. */
export interface BenchRequest {
  readonly memory: boolean
  readonly goBench: boolean
}

/** Asks what the expressions of all tests cost, sorted by `sort`; a limit of 0 is all of them. */
export interface ProfileRequest {
  readonly sort: readonly string[]
  readonly limit: number
}

/**
 * One run for each time that the tests were run; after one that failed there is no other. `error` is what `opa test`
 * prints when it cannot load or compile the sources, and the diagnostics say the same as data.
 */
export interface TestResponse {
  readonly error?: string
  readonly diagnostics: readonly SourceDiagnostic[]
  readonly runs: readonly TestRun[]
}

/** The results by file and line. */
export interface TestRun {
  readonly results: readonly TestResult[]
  readonly coverage?: TestCoverage
  readonly profile?: readonly Expression[]
}

/** OPA's report, and the JSON of it as `opa test` prints it. */
export interface TestCoverage {
  readonly report: CoverageReport
  readonly json: string
}

/** What was evaluated, by file. Coverage is in percent of lines. */
export interface CoverageReport {
  readonly files: Readonly<Record<string, FileCoverage>>
  readonly covered_lines: number
  readonly not_covered_lines: number
  readonly coverage: number
}

/** What of one file was evaluated; what is zero or empty is not there. */
export interface FileCoverage {
  readonly covered?: readonly CoverageRange[]
  readonly not_covered?: readonly CoverageRange[]
  readonly covered_lines?: number
  readonly not_covered_lines?: number
  readonly coverage?: number
}

/** From one place to another, both included. */
export interface CoverageRange {
  readonly start: { readonly row: number; readonly col?: number }
  readonly end: { readonly row: number; readonly col?: number }
  readonly kinds?: readonly CoverageKind[]
}

/** What one place cost. */
export interface Expression {
  readonly time: string
  readonly timeNs: number
  readonly numEval: number
  readonly numRedo: number
  readonly numGenExpr: number
  readonly location: string
}

/**
 * The outcome of one test. `json`, `shown` and `failure` are OPA's own words for it: an element of the array that
 * `--format json` prints, the lines that stand in the list, and those below FAILURES.
 */
export interface TestResult {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly package: string
  readonly name: string
  readonly outcome: 'pass' | 'fail' | 'skip' | 'error'
  readonly durationNs: number
  /** What the policy has printed. */
  readonly output?: string
  readonly error?: TestError
  readonly cases?: readonly TestCase[]
  readonly json?: string
  readonly shown?: string
  readonly failure?: string
}

/** Why a test has no outcome: OPA's code, if it has one, what happened, and what was being evaluated. */
export interface TestError {
  readonly code?: string
  readonly message: string
  readonly stack?: readonly string[]
}

/** One case of a test that has several: its name inside those of the cases around it. */
export interface TestCase {
  readonly name: readonly string[]
  readonly fail: boolean
  readonly leaf: boolean
}

/**
 * Goes with the bytes of a bundle, whose WebAssembly has each test as an entrypoint. It answers the operation
 * `testBundle`, which has a {@link TestRequest} too.
 */
export interface TestBundleResponse {
  readonly diagnostics: readonly SourceDiagnostic[]
  readonly tests: readonly CompiledTest[]
}

/** A test by its place, and why it cannot be compiled, if it cannot. */
export interface CompiledTest {
  readonly entrypoint: string
  readonly file: string
  readonly line: number
  readonly column: number
  readonly reason?: string
}
