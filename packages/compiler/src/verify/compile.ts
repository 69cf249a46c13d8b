import type { CompiledTest } from '@plangate/opa'
import { testOptions } from '../arguments.ts'
import { withOpa } from '../engine.ts'
import type { Diagnostic } from '../types.ts'
import { loadTests } from './load.ts'
import { diagnosed, requestOf } from './run.ts'
import type { TestOptions } from './types.ts'

/** Tests compiled to WebAssembly. Without a bundle, diagnostics or the reasons of all tests say why. */
export interface CompiledTests {
  readonly bundle?: Uint8Array
  /** The tests by file and line, those that cannot be compiled with the reason. `todo_` tests are left out. */
  readonly tests: readonly CompiledTest[]
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Returns a bundle whose entrypoints are the tests, so that they can be run by what evaluates policies.
 *
 * @throws PlangateError what {@link runTests} throws
 */
export const compileTests = async (asked: TestOptions): Promise<CompiledTests> => {
  const options = testOptions(asked)
  const sources = await loadTests(options)
  const request = await requestOf(options, sources)
  const { diagnostics, ...compiled } = await withOpa(options, (opa) => opa.testBundle(sources.files, request))
  return { ...compiled, diagnostics: diagnosed(diagnostics, sources) }
}
