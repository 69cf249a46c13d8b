import { createHash } from 'node:crypto'
import { canonicalJson } from './canonical.ts'
import { PlangateError } from './errors.ts'

/** The hash functions of a signature's files by OPA's name, with Node's. A signature of ours uses a SHA-2 only. */
export const HASHES = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-224': 'sha224',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
  'SHA-512-224': 'sha512-224',
  'SHA-512-256': 'sha512-256',
} as const
export type HashName = keyof typeof HASHES

/** Returns the JSON of a YAML document as OPA converts it, or undefined for what is not YAML. */
export type YamlToJson = (yaml: string) => Promise<string | undefined>

/** Tells whether OPA hashes what the file says, and not its bytes: data and manifest, in any folder. */
export const isStructured = (path: string): boolean => /(^|\/)(data\.(json|yaml|yml)|\.manifest)$/.test(path)

/**
 * Returns the hex digest of a file as a signature lists it: of its bytes, or for data and manifests of its canonical
 * JSON (OPA v1/bundle/verify.go, `VerifyBundleFile`).
 *
 * @throws PlangateError `ERR_BUNDLE_INVALID` for data or a manifest that cannot be read
 */
export const fileDigest = async (
  path: string,
  bytes: Uint8Array,
  hash: HashName,
  yamlToJson: YamlToJson | undefined,
): Promise<string> => {
  const content = isStructured(path) ? await structuredText(path, bytes, yamlToJson) : bytes
  return createHash(HASHES[hash]).update(content).digest('hex')
}

const structuredText = async (path: string, bytes: Uint8Array, yamlToJson: YamlToJson | undefined): Promise<string> => {
  const isYaml = /\.ya?ml$/.test(path)
  const text = decodedText(bytes)
  const asJson = text === undefined ? undefined : canonicalText(text)
  if (asJson !== undefined) return asJson
  if (isYaml && yamlToJson === undefined) {
    throw new PlangateError('ERR_BUNDLE_INVALID', `the bundle holds its data as \`${path}\``, {
      hint: 'build it with `plangate build` or `opa build`, which write `data.json`',
    })
  }
  const json = isYaml && text !== undefined ? await yamlToJson?.(text) : undefined
  const asYaml = json === undefined ? undefined : canonicalText(json)
  if (asYaml !== undefined) return asYaml
  throw new PlangateError('ERR_BUNDLE_INVALID', `the bundle's \`${path}\` is not ${isYaml ? 'YAML' : 'JSON'}`, {
    hint: 'mend it: UTF-8, nested no deeper than 10,000 levels; data that is not right cannot be signed or verified',
  })
}

const decodedText = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

const canonicalText = (text: string): string | undefined => {
  try {
    return canonicalJson(text)
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined
    throw error
  }
}
