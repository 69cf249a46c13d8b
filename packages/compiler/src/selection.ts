import { PlangateError, type Verification } from '@plangate/bundle'
import { ignoring } from './ignore.ts'

/** Which files are taken of the sources. */
export interface Selection {
  /** Whether `*_test.rego` are taken too. Default false; of a bundle they always are. */
  readonly tests?: boolean
  /** Globs of names of files and folders that are left out, at any depth below a source. */
  readonly ignore?: readonly string[]
  /** Whether links are followed that lead out of a folder, or to a folder. Default false: they are refused. */
  readonly followSymlinks?: boolean
  /** Which sources are bundles: archives and folders with a manifest (`detect`), or every one. Default `none`. */
  readonly bundles?: 'none' | 'detect' | 'all'
  /** What the signature of each source has to prove. What is no bundle has none, and is refused then. */
  readonly verification?: Verification | undefined
}

/** A file with its path below its source. */
export interface Found {
  readonly path: string
  readonly file: string
  readonly contents: Uint8Array
}

/** What was found: the files of no bundle, and those of each bundle. */
export interface Loaded {
  readonly loose: readonly Found[]
  readonly bundles: readonly (readonly Found[])[]
}

/** What of a source is wanted, by the names of files, and of files and folders. */
export interface Filter {
  readonly isSource: (name: string) => boolean
  readonly isSkipped: (name: string) => boolean
}

/** The names of data. */
export const dataFiles: ReadonlySet<string> = new Set(['data.json', 'data.yaml', 'data.yml'])
/** The files at the top of a bundle that make a folder one. */
export const manifests = ['.manifest', '.manifest.pb']
const bundleFiles: ReadonlySet<string> = new Set([
  ...manifests,
  ...dataFiles,
  '.signatures.json',
  'patch.json',
  'plan.json',
  'plan.pb',
  'policy.wasm',
])

/** Of what is no bundle, Rego and data are taken. */
export const looseFilter = ({ tests = false, ignore = [] }: Selection): Filter => {
  const isIgnored = ignoring(ignore)
  return {
    isSource: (name) => dataFiles.has(name) || (name.endsWith('.rego') && (tests || !name.endsWith('_test.rego'))),
    isSkipped: (name) => name.startsWith('.') || name === 'node_modules' || isIgnored(name),
  }
}

/** Of a bundle all is taken that OPA takes. */
export const bundleFilter = ({ ignore = [] }: Selection): Filter => ({
  isSource: (name) => bundleFiles.has(name) || name.endsWith('.rego'),
  isSkipped: ignoring(ignore),
})

/** How many bytes of Rego there may be. OPA takes about 350 for each, and a WebAssembly can have four billion. */
export const mostRego = 8 * 1024 * 1024

/** Returns the error for more than {@link mostRego}. */
export const tooMuch = (what: string, bytes: number): PlangateError =>
  new PlangateError('ERR_SOURCE_TOO_LARGE', `${what} ${bytes} bytes of Rego, and ${mostRego} is the most`, {
    hint: 'put what is a table into `data.json`, or build several bundles',
  })
