import { normalize } from 'node:path'
import { fileDigest, HASHES, type HashName, type YamlToJson } from './digest.ts'
import { PlangateError } from './errors.ts'
import { pathMatcher } from './glob.ts'
import { type KeyText, type SignatureAlgorithm, signatureKey } from './keys.ts'
import { bundlePath } from './paths.ts'
import { notHolding, type Payload, readPayload, readToken, SIGNATURES_FILE, type Token } from './signature.ts'

/** A key that is trusted. */
export interface VerificationKey {
  /** A public key, a certificate or a private key as PEM, or a secret. Not a path. */
  readonly key: KeyText
  /** What the key's kind says unless given; a secret needs one. The signature's own word counts for nothing. */
  readonly algorithm?: SignatureAlgorithm
  /** The scope that its signatures must have. */
  readonly scope?: string
}

/** What a bundle's signature has to prove. */
export interface Verification {
  /** The keys that are trusted, by id. */
  readonly keys: Readonly<Record<string, VerificationKey>>
  /** The key to use, whatever the signature names. Unless given, the one it names; the only one if it names none. */
  readonly keyId?: string
  /** The scope that the signature must have, before that of the key. Unless either is given, it must have none. */
  readonly scope?: string
  /** Patterns of files that the signature need not cover, as `docs/*`; `*` stays within one folder. */
  readonly exclude?: readonly string[]
  /** Tells the time at which the signature must hold. */
  readonly clock?: () => Date
}

/** What a signature that holds has proven. */
export interface Signature {
  readonly algorithm: SignatureAlgorithm
  /** The id under which the key was trusted. */
  readonly keyId: string
  readonly scope: string
  /** How many files are proven. */
  readonly files: number
  /** The files that no signature covers, because they are excluded. */
  readonly excluded: readonly string[]
  /** All that the signature says beside its files, such as `iat` and `iss`. */
  readonly claims: Readonly<Record<string, unknown>>
}

/** The files of a bundle, and where they lie if that is a folder, whose path OPA puts before their names. */
export interface SignedFiles {
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly folder?: string
}

/**
 * Returns what the signature among the files proves about exactly these files.
 *
 * As OPA judges it (v1/bundle/verify.go), and stricter where OPA looks away: the algorithm that the signature names has
 * to be the key's, `exp` and `nbf` have to hold, and no file may be listed twice.
 *
 * @throws PlangateError `ERR_BUNDLE_SIGNATURE_MISSING`, `ERR_BUNDLE_SIGNATURE_INVALID`, `ERR_BUNDLE_SIGNATURE_UNTRUSTED`,
 * `ERR_BUNDLE_SIGNATURE_EXPIRED`, `ERR_BUNDLE_SIGNATURE_MISMATCH`, `ERR_KEY_INVALID`, `ERR_CONFIG_INVALID`
 */
export const verifyFiles = async (
  signed: SignedFiles,
  { keys, keyId: wanted, scope, exclude = [], clock = () => new Date() }: Verification,
  yamlToJson?: YamlToJson,
): Promise<Signature> => {
  const excludes = exclude.map(pathMatcher)
  // A key that is no good is told before anything else: it is the caller's to mend.
  const trusted = new Map(
    Object.entries(keys).map(([id, { key, algorithm, scope: itsScope = '' }]) => [
      id,
      { ...signatureKey('verify', `the verification key \`${id}\``, key, algorithm), scope: itsScope },
    ]),
  )
  const bytes = signed.files.get(SIGNATURES_FILE)
  if (bytes === undefined) {
    throw new PlangateError('ERR_BUNDLE_SIGNATURE_MISSING', 'the bundle is not signed', {
      hint: 'sign it with `plangate bundle sign`, or take a signed one from its source',
    })
  }
  const token = readToken(bytes)
  const keyId = wanted ?? named(token, [...trusted.keys()])
  const key = trusted.get(keyId)
  if (key === undefined) throw untrusted(`no key is given for the id ${shown(keyId)}`)
  if (token.algorithm !== key.algorithm) {
    throw notHolding(
      `the signature says ${shown(token.algorithm)} for its algorithm, the key is for \`${key.algorithm}\``,
      'give the key and the algorithm that whoever signs the bundle has told you',
    )
  }
  // Loaded only where there is something to verify: most bundles are read without.
  const { compactVerify } = await import('jose')
  const payload = await compactVerify(token.text, key.key, { algorithms: [key.algorithm] }).then(
    (verified) => readPayload(verified.payload),
    () => Promise.reject(notHolding('the signature was not made with the given key, or was changed since')),
  )
  const { files, ...claims } = payload
  const { scope: itsScope = '' } = payload
  if (itsScope !== (scope ?? key.scope)) {
    throw untrusted(`the signature is for ${itsScope === '' ? 'no scope' : `the scope ${shown(itsScope)}`}`)
  }
  holdsAt(payload, clock())
  const covers = (path: string) => !excludes.some((matches) => matches(path))
  await compareFiles(signed, files, covers, yamlToJson)
  const excluded = [...signed.files.keys()].filter((path) => path !== SIGNATURES_FILE && !covers(path))
  return { algorithm: key.algorithm, keyId, scope: itsScope, files: files.length, excluded, claims }
}

const named = ({ keyId }: Token, ids: readonly string[]): string => {
  if (keyId !== '') return keyId
  const [only, ...others] = ids
  if (only !== undefined && others.length === 0) return only
  throw untrusted('the signature names no key')
}

/** Text of a signature that nobody vouches for, so that it cannot pass for a message of ours. */
const shown = (text: string): string => `\`${JSON.stringify(text.slice(0, 80)).slice(1, -1)}\``

const untrusted = (message: string): PlangateError =>
  new PlangateError('ERR_BUNDLE_SIGNATURE_UNTRUSTED', message, {
    hint: 'give the key and the scope that whoever signs the bundle has told you',
  })

const holdsAt = ({ exp, nbf }: Payload, now: Date): void => {
  const seconds = now.getTime() / 1000
  // Not `seconds >= exp`: a time that is no number must not hold.
  if ((exp === undefined || seconds < exp) && (nbf === undefined || seconds >= nbf)) return
  const message = exp !== undefined && !(seconds < exp) ? 'has expired' : 'does not hold yet'
  throw new PlangateError('ERR_BUNDLE_SIGNATURE_EXPIRED', `the signature ${message}`, {
    hint: 'take a bundle that was signed for today, and check the clock of this machine',
  })
}

const compareFiles = async (
  { files, folder }: SignedFiles,
  listed: Payload['files'],
  covers: (path: string) => boolean,
  yamlToJson: YamlToJson | undefined,
): Promise<void> => {
  const prefix = folder === undefined ? '' : folderPrefix(folder, listed)
  const expected = new Map<string, Payload['files'][number]>()
  for (const file of listed) {
    const path = signedPath(file.name, prefix)
    if (expected.has(path)) throw notHolding(`the signature lists ${shown(path)} more than once`, 'sign it again')
    expected.set(path, file)
  }
  for (const [path, bytes] of files) {
    if (path === SIGNATURES_FILE) continue
    if (path.endsWith(`/${SIGNATURES_FILE}`)) throw mismatch(`the bundle holds another signature, \`${path}\``)
    const file = expected.get(path)
    expected.delete(path)
    if (!covers(path)) continue
    if (file === undefined) throw mismatch(`the signature does not cover the bundle's \`${path}\``)
    if (!Object.hasOwn(HASHES, file.algorithm)) {
      throw notHolding(
        `the signature lists \`${path}\` with the unknown hash ${shown(file.algorithm)}`,
        'sign it again',
      )
    }
    // `as`: a key of the table, as was just seen
    const digest = await fileDigest(path, bytes, file.algorithm as HashName, yamlToJson)
    if (digest !== file.hash.toLowerCase()) throw mismatch(`the bundle's \`${path}\` is not what was signed`)
  }
  for (const path of expected.keys()) throw mismatch(`the bundle lacks ${shown(path)}, which was signed with it`)
}

const mismatch = (message: string): PlangateError =>
  new PlangateError('ERR_BUNDLE_SIGNATURE_MISMATCH', message, {
    hint: 'the bundle was changed after it was signed: take it from its source again, or sign it again',
  })

const signedPath = (name: string, prefix: string): string => {
  try {
    if (name.startsWith(prefix)) return bundlePath(name.slice(prefix.length))
  } catch {
    // told below
  }
  throw notHolding(`the signature lists ${shown(name)}, which this bundle cannot hold`, 'sign it again')
}

/**
 * Returns what stands before the names of a folder's files in its signature. `opa sign` writes the path of the folder
 * as it was given there, so that its manifest tells where the bundle begins.
 */
const folderPrefix = (folder: string, listed: Payload['files']): string => {
  const manifests = listed.map(({ name }) => name).filter((name) => /(^|\/)\.manifest$/.test(name))
  const [first] = manifests.sort((a, b) => a.length - b.length)
  if (first !== undefined) return first.slice(0, -'.manifest'.length)
  const given = signedFolder(folder)
  return listed.every(({ name }) => name.startsWith(given)) ? given : ''
}

/** Returns what `opa sign` puts before the names of the files in the folder. */
export const signedFolder = (folder: string): string => {
  const path = normalize(`${folder}/`).replaceAll('\\', '/').replace(/^\//, '')
  return path === './' ? '' : path
}
