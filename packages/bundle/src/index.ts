export { readBundle, type Bundle } from './read.ts'
export { MASK, maskCredentials } from './credentials.ts'
export { mergeData } from './data.ts'
export { PlangateError, firstIssue, type ErrorCode, type ErrorObject } from './errors.ts'
export type { BundleLimits } from './limits.ts'
export { BundleMetadata, Manifest } from './manifest.ts'
export {
  Environment,
  Frameworks,
  Parameter,
  PolicyEntry,
  PolicyMetadata,
  SEVERITIES,
  Severity,
  policyEntry,
  type FrameworkId,
} from './metadata.ts'
