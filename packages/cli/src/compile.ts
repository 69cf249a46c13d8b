import { type CompileOptions, type CompileResult, type CompileStep, compileBundle } from '@plangate/compiler'
import { PlangateError } from '@plangate/sdk'
import { type CacheFlag, cacheOf } from './cache.ts'
import { type LimitFlags, limitsOf } from './limits.ts'
import { type PrintOptions, printDiagnostics } from './diagnostics.ts'
import { withProgress } from './terminal.ts'

/** What the steps of a compile are called on a terminal. */
export const steps: Readonly<Record<CompileStep, string>> = {
  read: 'reading policies',
  load: 'starting the compiler',
  check: 'checking policies',
  build: 'compiling policies',
}

/** The outcome of a compile, which shows its steps on a terminal. The command has nothing else to do meanwhile. */
export function compile(options: CompileOptions): Promise<CompileResult> {
  return withProgress((show) =>
    compileBundle({ thread: 'caller', ...options, onProgress: (step) => show(steps[step]) }),
  )
}

/** The bundle of Rego `sources` whose deny, violation and warn rules in `namespaces` are entrypoints. */
export async function compilePolicies(
  sources: readonly string[],
  namespaces: readonly string[],
  options: PrintOptions & LimitFlags & { readonly cache?: CacheFlag } = {},
): Promise<Uint8Array> {
  const result = await compile({
    ...limitsOf(options),
    sources,
    namespaces,
    includePrint: true,
    cache: cacheOf(options.cache),
  })
  if (result.diagnostics.some(({ code }) => code === 'entrypoint_error')) {
    const names = namespaces.map((name) => `\`${name}\``).join(', ')
    throw new PlangateError('ERR_NAMESPACE_UNKNOWN', `no \`deny\`, \`violation\` or \`warn\` in the package ${names}`, {
      hint: 'name the package of your policies with `--namespace`',
    })
  }
  return bundleOf(result, options)
}

/**
 * The bundle of a compile, with its diagnostics printed.
 *
 * Throws `ERR_POLICY_INVALID` when there is none.
 */
export function bundleOf({ bundle, diagnostics }: CompileResult, options: PrintOptions = {}): Uint8Array {
  printDiagnostics(diagnostics, options)
  if (bundle !== undefined) return bundle
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length
  throw new PlangateError(
    'ERR_POLICY_INVALID',
    `the policies do not compile: ${errors} error${errors === 1 ? '' : 's'}`,
    {
      hint: 'mend what is listed above and run it again',
    },
  )
}
