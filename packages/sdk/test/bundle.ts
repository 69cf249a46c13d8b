import { loadOpa } from '@plangate/opa'

/** Returns a bundle of Rego sources, compiled by OPA with the given entrypoints. */
export const bundleOf = async (
  sources: Readonly<Record<string, string>>,
  entrypoints: readonly string[],
): Promise<Uint8Array> => {
  const files = Object.entries(sources).map(([path, text]) => ({ path, contents: new TextEncoder().encode(text) }))
  const { bundle, diagnostics } = (await loadOpa()).build(files, {
    entrypoints,
    target: 'wasm',
    fallback: 'test',
    regoVersion: 1,
  })
  if (bundle === undefined) throw new Error(JSON.stringify(diagnostics))
  return bundle
}

/** Returns what a promise rejects with, as code and message, or what it resolves to. */
export const outcome = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.catch((error: unknown) =>
    error instanceof Error && 'code' in error ? { code: error.code, message: error.message } : error,
  )

/** A plan that is as small as a plan can be, with `more` in it. */
export const planWith = (more: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> => ({
  format_version: '1.2',
  terraform_version: '1.11.4',
  planned_values: { root_module: {} },
  resource_changes: [],
  ...more,
})

/** The path of a real plan. */
export const stack = (path: string): string => new URL(`../../../test-plans/stacks/${path}`, import.meta.url).pathname
