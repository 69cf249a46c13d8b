import { writeFileSync } from 'node:fs'
import type { DiagnosticFormat } from '@plangate/compiler'
import { type CacheFlag, cacheOf } from './cache.ts'
import { bundleOf, compile } from './compile.ts'
import { isDocument } from './diagnostics.ts'
import { exitCodes } from './main.ts'
import { usageError } from './usage.ts'
import { reasonOf } from './yaml.ts'

/** The flags of `plangate build`. */
export interface BuildOptions {
  readonly output: string
  readonly entrypoint?: readonly string[]
  readonly namespace?: readonly string[]
  readonly revision?: string
  readonly cache?: CacheFlag
  readonly format: DiagnosticFormat
  readonly color: boolean
}

/** Compiles `sources` into the bundle `options.output`, says what is inside, and returns the exit code. */
export async function build(sources: readonly string[], options: BuildOptions): Promise<number> {
  const { output, entrypoint, namespace, revision, cache } = options
  const result = await compile({
    sources,
    cache: cacheOf(cache),
    ...(entrypoint === undefined ? {} : { entrypoints: entrypoint }),
    ...(namespace === undefined ? {} : { namespaces: namespace }),
    ...(revision === undefined ? {} : { revision }),
  })
  const bundle = bundleOf(result, options)
  try {
    writeFileSync(output, bundle)
  } catch (cause) {
    throw usageError(`\`${output}\` cannot be written: ${reasonOf(cause)}`, 'name another file with `--output`')
  }
  const { catalogue, entrypoints } = result
  const policies = catalogue.length === 0 ? '' : `${catalogue.length} policies, `
  // Standard output belongs to a document alone.
  const stream = isDocument(options.format) ? process.stderr : process.stdout
  stream.write(`${output}: ${policies}${entrypoints.length} entrypoints, ${bundle.length} bytes\n`)
  return exitCodes.pass
}
