export { type ArgumentKind, badArgument, readArgument, readOptions } from './argument.ts'
export { credentialMasker, MASK, maskCredentials } from './credentials.ts'
export { readArchive } from './archive.ts'
export {
  readBundle,
  readFiles,
  readSigned,
  verifyBundle,
  type Bundle,
  type ReadOptions,
  type VerifyOptions,
} from './read.ts'
export { signBundle, signFolder, type SigningOptions } from './sign.ts'
export type { Signature, Verification, VerificationKey } from './verify.ts'
export { readToken, SIGNATURES_FILE, type Token } from './signature.ts'
export { SIGNATURE_ALGORITHMS, type KeyText, type SignatureAlgorithm } from './keys.ts'
export type { YamlToJson } from './digest.ts'
export { pathMatcher } from './glob.ts'
export { mergeData, mergeMounted } from './data.ts'
export { sha256, type Sha256 } from './sha256.ts'
export { base64Of, isUtf8, latin1OfBase64, textAt } from './text.ts'
export { isOwnFolder, openOwnFolder } from './own-folder.ts'
export { PlangateError, firstIssue, type ErrorCode, type ErrorObject } from './errors.ts'
export { type BundleLimits, bundleLimits } from './limits.ts'
export { BundleMetadata, Manifest, Rewriting } from './manifest.ts'
export { type ReadTree, inputSelector, readTree } from './select.ts'
export { ReadPath, ReadSet, Reads, SomeReads, readSets } from './reads.ts'
export {
  Environment,
  Frameworks,
  Parameter,
  PolicyEntry,
  PolicyMetadata,
  SEVERITIES,
  frameworkIds,
  Severity,
  policyEntry,
  type FrameworkId,
} from './metadata.ts'
