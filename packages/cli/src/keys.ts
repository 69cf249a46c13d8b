import { readFileSync, statSync } from 'node:fs'
import { type KeyText, SIGNATURE_ALGORITHMS, type SignatureAlgorithm, type Verification } from '@plangate/sdk'
import { reasonOf, usageError } from './usage.ts'

/** The most bytes of a key file: no key is as long, and a file that was named by mistake may be. */
const maxBytes = 1 << 20

/** What may only be meant as a path. Base64 holds slashes too, but does not end in this way. */
const pathLike = /^(\.{0,2}|~)\/|\.(pem|key|pub|crt|cer|txt)$/

/**
 * The key that a flag means: the variable NAME for `env:NAME`, a PEM text as it stands, the content of a file, or else
 * the text itself as a secret. A file is taken byte for byte, as `opa` takes it.
 *
 * Throws `ERR_USAGE` where there is none. What was given is in no message: it may be the key.
 */
export function readKey(given: string, flag: string): KeyText {
  // A secret that a pipeline does not hand over is often an empty variable, which must not mean that none is wanted.
  if (given === '') throw usageError(`the key of \`${flag}\` is empty`, 'check the variable that it comes from')
  if (given.startsWith('env:')) return fromEnvironment(given.slice('env:'.length), flag)
  if (given.includes('-----BEGIN ')) return given
  const info = entryAt(given)
  if (info === undefined && pathLike.test(given)) {
    throw usageError(
      `there is no file at the path that \`${flag}\` names`,
      'check the path; a secret that looks like a path can be given as `env:NAME`',
    )
  }
  if (info === undefined) return given
  if (info.isDirectory()) throw usageError(`\`${flag}\` names a folder`, 'name the file of the key')
  if (info.size > maxBytes) throw usageError(`\`${flag}\` names a file that is too large for a key`, 'check the path')
  try {
    return readFileSync(given)
  } catch (cause) {
    throw usageError(`the file that \`${flag}\` names cannot be read: ${reasonOf(cause)}`, 'check the path')
  }
}

function fromEnvironment(name: string, flag: string): string {
  if (!/^[A-Za-z_]\w*$/.test(name)) {
    throw usageError(`\`${flag}\` names no variable after \`env:\``, 'give it as `env:NAME`')
  }
  const value = process.env[name]
  if (value !== undefined && value !== '') return value
  // `env:$SECRET`, where `env:SECRET` was meant, puts the secret in the place of a name.
  const shown = /^[A-Z][A-Z0-9_]*$/.test(name) ? ` \`${name}\`` : ''
  throw usageError(`the environment variable${shown} of \`${flag}\` is not set`, 'set it to a PEM text or a secret')
}

function entryAt(path: string): ReturnType<typeof statSync> {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch {
    // Too long for a path, or with a NUL in it: a text.
    return undefined
  }
}

/** The algorithm with this name. Throws `ERR_USAGE` for another. */
export function algorithmOf(name: string, flag: string): SignatureAlgorithm {
  const algorithm = SIGNATURE_ALGORITHMS.find((each) => each === name)
  if (algorithm !== undefined) return algorithm
  throw usageError(`\`${flag}\` is not an algorithm of a signature`, `choose one of ${SIGNATURE_ALGORITHMS.join(', ')}`)
}

/** What a bundle's signature has to prove, as flags say it. */
export interface VerificationFlags {
  readonly key?: string | undefined
  readonly alg?: string | undefined
  readonly keyId?: string | undefined
  readonly scope?: string | undefined
  readonly exclude?: readonly string[] | undefined
}

/**
 * What a bundle's signature has to prove, or undefined where no key is given.
 *
 * `prefix` is what the names of the flags begin with. Throws `ERR_USAGE` where there is no key, but more to prove, or an empty one.
 *
 * With an id, a signature that names another key is refused; without, it may name any.
 */
export function verificationOf(flags: VerificationFlags, prefix: string): Verification | undefined {
  const { key: given, alg, keyId, scope, exclude } = flags
  if (given === undefined) {
    if (alg === undefined && keyId === undefined && scope === undefined && exclude === undefined) return undefined
    throw usageError('no key is given to verify with', `give one with \`${prefix}key\``)
  }
  const key = readKey(given, `${prefix}key`)
  const trusted = alg === undefined ? { key } : { key, algorithm: algorithmOf(alg, `${prefix}alg`) }
  return {
    keys: { [keyId ?? 'default']: trusted },
    ...(keyId === undefined ? { keyId: 'default' } : {}),
    ...(scope === undefined ? {} : { scope }),
    ...(exclude === undefined ? {} : { exclude }),
  }
}

/** The flags of commands that verify bundles on the way to something else. */
export interface VerificationOptions {
  readonly verificationKey?: string
  readonly verificationAlg?: string
  readonly verificationKeyId?: string
  readonly verificationScope?: string
  readonly verificationExclude?: readonly string[]
}

/** What {@link verificationOf} makes of these flags. */
export function verificationFrom(options: VerificationOptions): Verification | undefined {
  const flags = {
    key: options.verificationKey,
    alg: options.verificationAlg,
    keyId: options.verificationKeyId,
    scope: options.verificationScope,
    exclude: options.verificationExclude,
  }
  return verificationOf(flags, '--verification-')
}

/** How a bundle is signed, as flags say it. */
export interface SigningFlags {
  readonly key: string
  readonly alg?: string | undefined
  readonly keyId?: string | undefined
  readonly scope?: string | undefined
  readonly claimsFile?: string | undefined
}

/** How a bundle is signed. Throws `ERR_USAGE` for a key or claims that cannot be read. */
export function signingOf({ key, alg, keyId, scope, claimsFile }: SigningFlags, prefix: string): Signing {
  return {
    key: readKey(key, `${prefix}key`),
    ...(alg === undefined ? {} : { algorithm: algorithmOf(alg, `${prefix}alg`) }),
    ...(keyId === undefined ? {} : { keyId }),
    ...(scope === undefined ? {} : { scope }),
    ...(claimsFile === undefined ? {} : { claims: claimsIn(claimsFile) }),
  }
}

interface Signing {
  readonly key: KeyText
  readonly algorithm?: SignatureAlgorithm
  readonly keyId?: string
  readonly scope?: string
  readonly claims?: string
}

function claimsIn(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw usageError(`claims \`${path}\` cannot be read: ${reasonOf(cause)}`, 'check the path')
  }
}
