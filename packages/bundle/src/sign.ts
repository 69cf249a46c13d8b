import { badArgument } from './argument.ts'
import type { ParsedTarEntryWithData } from 'modern-tar'
import { isFile, readEntries, writeArchive } from './archive.ts'
import { canonicalMembers, objectText } from './canonical.ts'
import { fileDigest, type YamlToJson } from './digest.ts'
import { PlangateError } from './errors.ts'
import { pathMatcher } from './glob.ts'
import { type KeyText, type SignatureAlgorithm, signatureKey } from './keys.ts'
import { type BundleLimits, bundleLimits } from './limits.ts'
import { bundlePath } from './paths.ts'
import { readFiles } from './read.ts'
import { SIGNATURES_FILE } from './signature.ts'
import { signedFolder } from './verify.ts'

/** How a bundle is signed. */
export interface SigningOptions {
  /** A private key as PEM, or a secret. Not a path. */
  readonly key: KeyText
  /** What the key's kind says unless given; a secret needs one. */
  readonly algorithm?: SignatureAlgorithm
  /** The id under which others trust the key, as `kid` of the header. */
  readonly keyId?: string
  /** What the signature is for; whoever verifies it has to name the same. */
  readonly scope?: string
  /** More to say, such as `iat`, `iss` and `exp`: an object, or its JSON, of which every digit is kept. */
  readonly claims?: Readonly<Record<string, unknown>> | string
  /** Patterns of files to leave out, which whoever verifies the bundle has to exclude as well. */
  readonly exclude?: readonly string[]
  /** The hash function for the files. */
  readonly hash?: 'SHA-256' | 'SHA-384' | 'SHA-512'
  readonly limits?: BundleLimits
  /** Converts data in YAML, which cannot be signed without. */
  readonly yamlToJson?: YamlToJson
}

/**
 * Returns the `.tar.gz` with its signature in it, in place of one that was there. All other entries stay as they are.
 *
 * The same bundle and key give the same bytes, except with PS* and ES*, whose signatures are made with random numbers.
 *
 * @throws PlangateError `ERR_KEY_INVALID`, `ERR_CONFIG_INVALID` for claims and patterns, and as `readBundle` for an
 * archive that cannot be read
 *
 * @example
 * const signed = await signBundle(await readFile('bundle.tar.gz'), { key: await readFile('private.pem') })
 */
export const signBundle = async (bytes: Uint8Array, options: SigningOptions): Promise<Uint8Array> => {
  const entries = await readEntries(bytes, bundleLimits(options.limits))
  const others = entries.filter(({ header }) => bundlePath(header.name) !== SIGNATURES_FILE)
  // OPA compares names as the archive has them, but for one leading slash.
  const files = others
    .filter(isFile)
    .map(({ header, data }) => ({ name: header.name.replace(/^\//, ''), bytes: data ?? new Uint8Array() }))
  const text = new TextEncoder().encode(await signatureText(files, options))
  const [root = '/'] = /^(\.?\/)?/.exec(others.find(isFile)?.header.name ?? '/') ?? []
  const header = { name: `${root}${SIGNATURES_FILE}`, size: text.length, mtime: new Date(0), mode: 0o600 }
  const entry: ParsedTarEntryWithData = { header: { ...header, uid: 0, gid: 0, type: 'file' }, data: text }
  return writeArchive([...others, entry])
}

/**
 * Returns the text of the `.signatures.json` for a folder. Nothing is written.
 *
 * The names in it begin with the path of the folder, as those of `opa sign` do: `opa` takes them where it is given the
 * folder by the same path, and plangate wherever the folder lies.
 *
 * @throws PlangateError as {@link signBundle}, and `ERR_BUNDLE_NOT_FOUND`
 */
export const signFolder = async (folder: string, options: SigningOptions): Promise<string> => {
  const { files, folder: found } = await readFiles(folder, bundleLimits(options.limits))
  if (found === undefined) throw badArgument('folder', 'is a folder; an archive is signed by `signBundle`')
  const prefix = signedFolder(folder)
  const names = [...files.keys()].filter((path) => path !== SIGNATURES_FILE).sort(asWalked)
  return signatureText(
    names.map((path) => ({ name: `${prefix}${path}`, bytes: files.get(path) ?? new Uint8Array() })),
    options,
    prefix,
  )
}

/** Compares paths by the names in them, which is the order in which Go walks a folder. */
const asWalked = (a: string, b: string): number => (a.replaceAll('/', '\0') < b.replaceAll('/', '\0') ? -1 : 1)

interface NamedFile {
  readonly name: string
  readonly bytes: Uint8Array
}

const signatureText = async (
  files: readonly NamedFile[],
  { key, algorithm, keyId = '', scope, claims = {}, exclude = [], hash = 'SHA-256', yamlToJson }: SigningOptions,
  prefix = '',
): Promise<string> => {
  const signer = signatureKey('sign', 'the signing key', key, algorithm)
  const said = claimTexts(claims, scope)
  const excludes = exclude.map(pathMatcher)
  const listed: { name: string; hash: string; algorithm: string }[] = []
  for (const { name, bytes } of files) {
    const path = bundlePath(name.slice(prefix.length))
    if (path.endsWith(`/${SIGNATURES_FILE}`)) {
      throw new PlangateError('ERR_BUNDLE_INVALID', `the bundle holds another signature, \`${path}\``, {
        hint: 'a bundle has one signature, at its root: remove the other one',
      })
    }
    if (excludes.some((matches) => matches(path))) continue
    listed.push({ name, hash: await fileDigest(path, bytes, hash, yamlToJson), algorithm: hash })
  }
  const { CompactSign } = await import('jose')
  const kid = keyId === '' ? {} : { kid: keyId }
  const token = await new CompactSign(new TextEncoder().encode(payloadText(said, listed, keyId)))
    .setProtectedHeader({ alg: signer.algorithm, ...kid, typ: 'JWT' })
    .sign(signer.key)
  return JSON.stringify({ signatures: [token] }, null, 1)
}

/** Returns the canonical texts of the claims, by name. */
const claimTexts = (
  claims: Readonly<Record<string, unknown>> | string,
  scope: string | undefined,
): ReadonlyMap<string, string> => {
  let texts: ReadonlyMap<string, string> | undefined
  try {
    texts = canonicalMembers(typeof claims === 'string' ? claims : JSON.stringify(claims))
  } catch {
    throw invalidClaims('are not JSON')
  }
  if (texts === undefined) throw invalidClaims('are not an object')
  if (texts.has('files')) throw invalidClaims('name `files`, which the bundle does')
  for (const claim of ['exp', 'nbf', 'iat']) {
    if (!/^[-\d]|^$/.test(texts.get(claim) ?? '')) throw invalidClaims(`give \`${claim}\` no number of seconds`)
  }
  for (const claim of ['scope', 'keyid']) {
    if (!/^"|^$/.test(texts.get(claim) ?? '')) throw invalidClaims(`give \`${claim}\` no text`)
  }
  return scope === undefined ? texts : new Map([...texts, ['scope', JSON.stringify(scope)]])
}

const invalidClaims = (what: string): PlangateError =>
  new PlangateError('ERR_CONFIG_INVALID', `the claims ${what}`, {
    hint: 'claims are a JSON object such as `{"scope": "write", "iat": 1760000000, "iss": "release"}`',
  })

/** Returns the payload as Go writes it: keys in order, and `<`, `>` and `&` escaped, which stand in strings only. */
const payloadText = (claims: ReadonlyMap<string, string>, files: readonly unknown[], keyId: string): string => {
  // OPA names the key among the claims too, for older readers, unless there are claims.
  const named = claims.size === 0 && keyId !== '' ? new Map([['keyid', JSON.stringify(keyId)]]) : claims
  const text = objectText(new Map([...named, ['files', JSON.stringify(files)]]))
  return text.replaceAll(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`)
}
