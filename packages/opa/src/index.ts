export { type AsyncOpa, asyncOpa } from './async.ts'
export { OpaError, type OpaErrorCode } from './errors.ts'
export {
  type BuildResult,
  type Files,
  type FormatResult,
  loadOpa,
  type Opa,
  opaChecksum,
  type OpaLimits,
} from './opa.ts'
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
  Schema,
  SourceDiagnostic,
} from './protocol.ts'
export { type OpaThread, openThread } from './thread.ts'
