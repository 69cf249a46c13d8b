/** What of this package runs in a browser: all that a bundle in memory needs to be read. Nothing here imports Node's modules. */
export { type ArgumentKind, badArgument, readArgument, readOptions } from './argument.ts'
export { credentialMasker, MASK, maskCredentials } from './credentials.ts'
export { readBundle, type Bundle, type ReadOptions } from './read.ts'
export type { Signature, Verification, VerificationKey } from './verify.ts'
export type { KeyText, SignatureAlgorithm } from './keys.ts'
export { mergeData, mergeMounted } from './data.ts'
export { sha256 } from './browser/sha256.ts'
export type { Sha256 } from './sha256.ts'
export { base64Of, isUtf8, latin1OfBase64, textAt } from './browser/text.ts'
export { PlangateError, firstIssue, type ErrorCode, type ErrorObject } from './errors.ts'
export { type BundleLimits, bundleLimits } from './limits.ts'
export { BundleMetadata, Manifest } from './manifest.ts'
export { type ReadTree, inputSelector, readTree } from './select.ts'
export { ReadPath, ReadSet, Reads, SomeReads, readSets } from './reads.ts'
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
