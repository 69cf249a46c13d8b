import { OpaError } from './errors.ts'
import { decodeFrame, encodeFrame, tooDeep } from './frame.ts'
import { type Host, startHost, type WasmModule } from './host.ts'
import { defaultMemoryBytes } from './memory.ts'
import type {
  AnnotationsRequest,
  AnnotationsResponse,
  BuildRequest,
  BuildResponse,
  BuiltinInfo,
  BuiltinRequest,
  BuiltinResponse,
  CheckRequest,
  CheckResponse,
  CapabilitiesRequest,
  CapabilitiesResponse,
  DepsRequest,
  DepsResponse,
  FormatRequest,
  FormatResponse,
  File,
  InfoResponse,
  InspectRequest,
  InspectResponse,
  ReadsRequest,
  ReadsResponse,
  Request,
  Response,
} from './protocol.ts'
import type { TestBundleResponse, TestRequest, TestResponse } from './testprotocol.ts'

/**
 * Sources by their path in the bundle: Rego, and `data.json`, `data.yaml` or `data.yml` in the folder they fill. `bundle`
 * and `name` are of files that were a bundle already.
 */
export type Files = readonly (Omit<File, 'size'> & { readonly contents: Uint8Array })[]

/** A build's outcome; the bundle is missing when a diagnostic says why. */
export type BuildResult = BuildResponse & { readonly bundle?: Uint8Array }

/** A source formatted, or the difference; without diagnostics, `output` is all of it. */
export type FormatResult = FormatResponse & { readonly output: Uint8Array }

/** The bundle of tests; it is missing when a diagnostic says why, or no test can be compiled. */
export type TestBundle = TestBundleResponse & { readonly bundle?: Uint8Array }

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
  /** Returns what `opa check` says about the sources; names of files are those in messages. */
  readonly check: (files: Files, request: CheckRequest) => CheckResponse
  /** Returns the results of tests as `opa test` has them, with the durations that this run took. */
  readonly test: (files: Files, request: TestRequest) => TestResponse
  /** Returns which parts of the input and of data the sources can touch. */
  readonly reads: (files: Files, request: ReadsRequest) => ReadsResponse
  /** Returns a bundle whose WebAssembly has each test as an entrypoint. */
  readonly testBundle: (files: Files, request: TestRequest) => TestBundle
  /** Returns OPA's answer to a call of a built-in function, digit for digit. */
  readonly builtin: (request: BuiltinRequest) => BuiltinResponse
  /** Returns OPA's answers to many calls, in order, at a fraction of the cost; a panic is an error of its call only. */
  readonly builtinAll: (requests: readonly BuiltinRequest[]) => readonly BuiltinResponse[]
  /** Returns a source as `opa fmt` prints it, or the difference, or what is wrong with it. */
  readonly format: (contents: Uint8Array, request: FormatRequest) => FormatResult
  /** Returns what `opa deps` prints about the files. */
  readonly deps: (files: Files, request: DepsRequest) => DepsResponse
  /** Returns what `opa inspect --format json` prints about the files. */
  readonly inspect: (files: Files, request: InspectRequest) => InspectResponse
  /** Returns what `opa capabilities` prints. */
  readonly capabilities: (request: CapabilitiesRequest) => CapabilitiesResponse
  /** Frees the memory that calls have left, if it is much; the next call would, too, but is slower for it. */
  readonly collect: () => void
}

const listed = (files: Files): readonly File[] =>
  files.map(({ contents, ...file }) => ({ ...file, size: contents.length }))

/**
 * Returns OPA on an instance of its own; `memoryBytes` is what the module was read with.
 *
 * @param first an instance of the module that has been started, where that is so
 */
export const openOpa = (module: WasmModule, memoryBytes = defaultMemoryBytes, first?: Host): Opa => {
  let host = first
  const running = <T>(work: (host: Host) => T): T => {
    try {
      host ??= startHost(module, memoryBytes)
      return work(host)
    } catch (cause) {
      const stderr = host?.stderr()
      host = undefined
      throw stopped(cause, stderr, memoryBytes)
    }
  }
  const exchange = (request: Request, files: Files = []) => {
    const contents = files.map((file) => file.contents)
    return decodeFrame(running(({ call }) => call(encodeFrame(request, contents))))
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
    check: (files, check) => answered(exchange({ op: 'check', files: listed(files), check }, files).response, 'check'),
    testBundle: (files, test) => {
      const { response, bytes } = exchange({ op: 'testBundle', files: listed(files), test }, files)
      const result = answered(response, 'testBundle')
      return bytes.length === 0 ? result : { ...result, bundle: bytes }
    },
    test: (files, test) => answered(exchange({ op: 'test', files: listed(files), test }, files).response, 'test'),
    reads: (files, reads) => answered(exchange({ op: 'reads', files: listed(files), reads }, files).response, 'reads'),
    builtin: (builtin) => answered(exchange({ op: 'builtin', builtin }).response, 'builtin'),
    builtinAll: (requests) =>
      requests.length === 0 ? [] : answered(exchange({ op: 'builtins', builtins: requests }).response, 'builtins'),
    format: (contents, format) => {
      const files = [{ path: 'source.rego', contents }]
      const { response, bytes } = exchange({ op: 'format', files: listed(files), format }, files)
      return { ...answered(response, 'format'), output: bytes }
    },
    deps: (files, deps) => answered(exchange({ op: 'deps', files: listed(files), deps }, files).response, 'deps'),
    inspect: (files, inspect) =>
      answered(exchange({ op: 'inspect', files: listed(files), inspect }, files).response, 'inspect'),
    capabilities: (capabilities) => answered(exchange({ op: 'capabilities', capabilities }).response, 'capabilities'),
    collect: () => running(({ collect }) => collect()),
  }
}

const answered = <K extends Exclude<keyof Response, 'error'>>(response: Response, key: K): NonNullable<Response[K]> => {
  const answer = response[key]
  if (answer === undefined) throw new OpaError('ERR_OPA_FAILED', `OPA did not answer \`${key}\``)
  return answer
}

const stopped = (cause: unknown, stderr: string | undefined, memoryBytes: number): OpaError => {
  const texts = [stderr, cause instanceof Error ? cause.message : ''].join('\n')
  if (/out of memory|cannot allocate memory|allocation failed/i.test(texts)) return outOfMemory(memoryBytes, cause)
  if (cause instanceof RangeError) {
    return new OpaError('ERR_OPA_FAILED', 'OPA ran out of stack', { hint: tooDeep, cause })
  }
  return new OpaError('ERR_OPA_FAILED', 'OPA stopped', { cause: new Error(stderr, { cause }) })
}

/** Returns the error for a module that needs more memory than it may take. */
export const outOfMemory = (memoryBytes: number, cause: unknown): OpaError => {
  const hint = 'make the sources smaller, or the limit larger'
  return new OpaError('ERR_MEMORY_LIMIT', `OPA needs more than ${memoryBytes} bytes of memory`, { hint, cause })
}
