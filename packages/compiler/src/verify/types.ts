import type { CoverageKind, Explain, TestRun } from '@plangate/opa'
import type { EngineOptions } from '../engine.ts'
import type { CompileSettings, Diagnostic } from '../types.ts'

/** Which tests {@link runTests} runs, and how. */
export interface TestOptions extends Pick<CompileSettings, 'capabilities' | 'ignore' | 'regoVersion'>, EngineOptions {
  /**
   * Folders and files, or texts by path. Of a folder all `*.rego`, `*.json`, `*.yaml` and `*.yml` are taken, as by
   * `opa test`, and nothing below `node_modules`, no name that begins with a dot and no `package.json` or
   * `tsconfig.json`. A source can have a prefix for its data, as in `a.b:fixtures`.
   */
  readonly sources: string | readonly string[] | Readonly<Record<string, string>>
  /** Takes each source as a bundle, a folder or a `.tar.gz`, as `opa test --bundle` does. Default false. */
  readonly bundle?: boolean
  /** A regular expression, in Go's syntax: only tests with such a name, as `data.a.test_b`, are run. */
  readonly run?: string
  /** Names of tests: only those are run. */
  readonly only?: readonly string[]
  /** Milliseconds for each test, after which it is an error `eval_cancel_error`. Default 5000, for a benchmark 30000. */
  readonly testTimeoutMs?: number
  /** How often the tests are run, unless one fails. Default 1. */
  readonly count?: number
  /** How many threads run the tests. Default 1; coverage, benchmarks and profiles are always made in one. */
  readonly parallel?: number
  /** Errors after which a compile stops, 0 for never. Default 10. */
  readonly maxErrors?: number
  /** Schemas as `--schema` of `opa test` takes them: paths of files and folders, or `terraform`. */
  readonly schemas?: readonly string[]
  /** Whether results have a trace, and passing tests are shown. Default false. */
  readonly verbose?: boolean
  /** Whether failures come with the values of local variables. Default false. */
  readonly varValues?: boolean
  /** Which events of a trace are shown. */
  readonly explain?: Explain
  /** Whether coverage is reported; the kinds are supplementary passes that say why a range was not covered. */
  readonly coverage?: boolean | readonly CoverageKind[]
  readonly bench?: { readonly memory?: boolean; readonly goBench?: boolean }
  /** What the expressions cost; sorted by columns such as `total_time_ns`, at most `limit` of them, 0 for all. */
  readonly profile?: { readonly sort?: readonly string[]; readonly limit?: number }
  /** In which of OPA's own words results come, for {@link renderTests}. Default none. */
  readonly words?: 'json' | 'pretty'
  /** Called at the beginning of each step. */
  readonly onProgress?: (step: TestStep) => void
}

/** The steps of a test run, in order. */
export type TestStep = 'read' | 'load' | 'test'

/** What came of tests. With a diagnostic that is an error there are no runs. */
export interface TestReport {
  /** What is wrong with the sources, sorted by file and line. */
  readonly diagnostics: readonly Diagnostic[]
  /** What `opa test` would print about that. */
  readonly error?: string
  /** One for each time the tests were run. */
  readonly runs: readonly TestRun[]
}
