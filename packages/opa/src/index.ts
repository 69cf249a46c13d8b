export { type AsyncOpa, asyncOpa } from './async.ts'
export { opaChecksum } from './checksum.ts'
export { OpaError, type OpaErrorCode } from './errors.ts'
export { loadOpa, loadOpaNow, type OpaOptions } from './load.ts'
export type { BuildResult, Files, FormatResult, Opa } from './opa.ts'
export type {
  Annotation,
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
  Failure,
  FormatRequest,
  FormatResponse,
  InspectRequest,
  InspectResponse,
  Module,
  ReadsOfSome,
  ReadsReport,
  ReadsRequest,
  ReadsResponse,
  Rewriting,
  Shape,
} from './protocol.ts'
export type { Schema, SourceDiagnostic } from './sourceprotocol.ts'
export type {
  CompiledTest,
  CoverageKind,
  CoverageRange,
  CoverageReport,
  Explain,
  Expression,
  FileCoverage,
  TestCase,
  TestCoverage,
  TestError,
  TestRequest,
  TestResponse,
  TestResult,
  TestRun,
} from './testprotocol.ts'
export type { TestBundle } from './opa.ts'
export { type OpaThread, openThread, type WorkOptions } from './thread.ts'
