export { OpaError, type OpaErrorCode } from './errors.ts'
export { type BuildResult, type Files, loadOpa, type Opa } from './opa.ts'
export type {
  Annotation,
  AnnotationsRequest,
  AnnotationsResponse,
  BuildRequest,
  BuildResponse,
  BuiltinInfo,
  BuiltinRequest,
  BuiltinResponse,
  Failure,
  Module,
  SourceDiagnostic,
} from './protocol.ts'
