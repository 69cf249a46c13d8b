import { readFile } from 'node:fs/promises'
import { OpaError } from './errors.ts'
import { decodeFrame, encodeFrame } from './frame.ts'
import { compileModule, type Host, startHost, type WasmModule } from './host.ts'
import type {
  AnnotationsRequest,
  AnnotationsResponse,
  BuildRequest,
  BuildResponse,
  BuiltinInfo,
  BuiltinRequest,
  BuiltinResponse,
  File,
  InfoResponse,
  Request,
  Response,
} from './protocol.ts'

/**
 * Sources by their path in the bundle: Rego, and `data.json`, `data.yaml` or `data.yml` in the folder they fill. `bundle`
 * and `name` are of files that were a bundle already.
 */
export type Files = readonly (Omit<File, 'size'> & { readonly contents: Uint8Array })[]

/** A build's outcome; the bundle is missing when a diagnostic says why. */
export type BuildResult = BuildResponse & { readonly bundle?: Uint8Array }

/**
 * OPA's own Go code. Every call is synchronous and runs to its end.
 *
 * Each method throws OpaError `ERR_OPA_FAILED` when Go stops without an answer, out of stack for instance; the next
 * call then runs on a fresh instance.
 */
export interface Opa {
  /** OPA's version, such as `1.22.0`. */
  readonly version: string
  /** Every function that OPA declares, by name. */
  readonly builtins: readonly BuiltinInfo[]
  /** Returns the bundle of the sources, or what is wrong with them. The same sources give the same bytes. */
  readonly build: (files: Files, request: BuildRequest) => BuildResult
  /** Returns the packages, rules and METADATA of the sources. */
  readonly annotations: (files: Files, request?: AnnotationsRequest) => AnnotationsResponse
  /** Returns OPA's answer to a call of a built-in function, digit for digit. */
  readonly builtin: (request: BuiltinRequest) => BuiltinResponse
}

const location = new URL('../wasm/opa.wasm', import.meta.url)
let loaded: Promise<Opa> | undefined

/**
 * Returns OPA, compiled and started on the first call and kept for the process.
 *
 * @throws OpaError `ERR_OPA_MISSING` when the WebAssembly has not been built
 */
export const loadOpa = (): Promise<Opa> => {
  loaded ??= readModule(location).then(openOpa)
  // A failure is not kept: what was missing may be there the next time.
  loaded.catch(() => {
    loaded = undefined
  })
  return loaded
}

/** Returns the module in the file at `url`, for {@link openOpa}. */
export const readModule = async (url: URL): Promise<WasmModule> => {
  try {
    return await compileModule(await readFile(url))
  } catch (cause) {
    const hint = 'in a clone of the repository, `npm start` builds it; an installed package has it'
    throw new OpaError('ERR_OPA_MISSING', `\`${url.pathname.split('/').pop()}\` cannot be loaded`, { hint, cause })
  }
}

const listed = (files: Files): readonly File[] =>
  files.map(({ path, contents, bundle, name }) => ({
    path,
    size: contents.length,
    ...(bundle === undefined ? {} : { bundle }),
    ...(name === undefined ? {} : { name }),
  }))

/** Returns OPA on an instance of its own. */
export const openOpa = (module: WasmModule): Opa => {
  let host: Host | undefined
  const exchange = (request: Request, files: Files = []) => {
    const running = (host ??= startHost(module))
    let answer: Uint8Array
    try {
      answer = running.call(
        encodeFrame(
          request,
          files.map(({ contents }) => contents),
        ),
      )
    } catch (cause) {
      host = undefined
      throw stopped(cause, running.stderr())
    }
    return decodeFrame(answer)
  }
  const { version, builtins }: InfoResponse = answered(exchange({ op: 'info' }).response, 'info')
  return {
    version,
    builtins,
    build: (files, build) => {
      const { response, bytes } = exchange({ op: 'build', files: listed(files), build }, files)
      const result = answered(response, 'build')
      return bytes.length === 0 ? result : { ...result, bundle: bytes }
    },
    annotations: (files, annotations = { regoVersion: 1 }) =>
      answered(exchange({ op: 'annotations', files: listed(files), annotations }, files).response, 'annotations'),
    builtin: (builtin) => answered(exchange({ op: 'builtin', builtin }).response, 'builtin'),
  }
}

const answered = <K extends Exclude<keyof Response, 'error'>>(response: Response, key: K): NonNullable<Response[K]> => {
  const answer = response[key]
  if (answer === undefined) throw new OpaError('ERR_OPA_FAILED', `OPA did not answer \`${key}\``)
  return answer
}

const stopped = (cause: unknown, stderr: string): OpaError => {
  if (cause instanceof RangeError) {
    const hint = 'a source or a value nests too deeply'
    return new OpaError('ERR_OPA_FAILED', 'OPA ran out of stack', { hint, cause })
  }
  if (/out of memory|cannot allocate memory/.test(stderr)) {
    return new OpaError('ERR_OPA_FAILED', 'OPA ran out of memory', { hint: 'the sources are too large', cause })
  }
  return new OpaError('ERR_OPA_FAILED', 'OPA stopped', { cause: new Error(stderr, { cause }) })
}
