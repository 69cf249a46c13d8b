import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

/** What a page loads: files by name, `page.js` first, and how large they are. */
export interface Packed {
  readonly files: Readonly<Record<string, Uint8Array>>
  /** Bytes of `page.js` and of what it imports at once, minified, and each of them gzipped, and the modules inside. */
  readonly first: { readonly bytes: number; readonly gzipped: number; readonly modules: readonly string[] }
  /** Every module that is inside or stays outside. */
  readonly modules: readonly string[]
  readonly outside: readonly string[]
}

const nameOf = (path: string): string => path.replaceAll('\\', '/').split('/').at(-1) ?? ''

const folder = new URL('../..', import.meta.url).pathname

/** Bundles JavaScript for a browser as an app is bundled, from our sources. */
export const pack = async (contents: string): Promise<Packed> => {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: folder, sourcefile: 'page.js' },
    absWorkingDir: folder,
    conditions: ['@plangate/source'],
    platform: 'browser',
    target: 'es2022',
    format: 'esm',
    bundle: true,
    splitting: true,
    minify: true,
    metafile: true,
    write: false,
    outdir: 'out',
    entryNames: 'page',
    logLevel: 'silent',
  })
  const files = Object.fromEntries(outputFiles.map(({ path, contents: bytes }) => [nameOf(path), bytes]))
  const paths = [...reached('out/page.js', metafile.outputs)]
  const first = paths.map((path) => files[nameOf(path)] ?? new Uint8Array())
  return {
    files,
    first: {
      bytes: first.reduce((sum, bytes) => sum + bytes.length, 0),
      gzipped: first.reduce((sum, bytes) => sum + gzipSync(bytes, { level: 9 }).length, 0),
      modules: paths.flatMap((path) => Object.keys(metafile.outputs[path]?.inputs ?? {})),
    },
    modules: Object.keys(metafile.inputs),
    outside: Object.values(metafile.inputs).flatMap(({ imports }) =>
      imports.filter(({ external }) => external).map(({ path }) => path),
    ),
  }
}

type Outputs = Readonly<
  Record<string, { readonly imports: readonly { readonly path: string; readonly kind: string }[] }>
>

/** The files that are loaded with one. */
const reached = (path: string, outputs: Outputs, found: Set<string> = new Set()): ReadonlySet<string> => {
  if (found.has(path)) return found
  found.add(path)
  for (const { path: next, kind } of outputs[path]?.imports ?? []) {
    if (kind === 'import-statement') reached(next, outputs, found)
  }
  return found
}
