import {
  badArgument,
  type BundleLimits,
  readOptions,
  type Signature,
  type SigningOptions,
  type Verification,
  signBundle as sign,
  signFolder as signFiles,
  verifyBundle as verify,
} from '@plangate/bundle'
import { bytesArgument, textArgument } from './arguments.ts'
import { yamlToJson } from './yaml.ts'

/** Returns the `.tar.gz` with its signature in it, as `signBundle` of `@plangate/bundle`, data in YAML included. */
export const signBundle = async (bytes: Uint8Array, options: Omit<SigningOptions, 'yamlToJson'>): Promise<Uint8Array> =>
  sign(bytesArgument('bytes', bytes), { ...signingOptions(options), yamlToJson })

/** Returns the text of a folder's `.signatures.json`, as `signFolder` of `@plangate/bundle`, data in YAML included. */
export const signFolder = async (folder: string, options: Omit<SigningOptions, 'yamlToJson'>): Promise<string> =>
  signFiles(textArgument('folder', folder), { ...signingOptions(options), yamlToJson })

/** Returns what a bundle's signature proves, as `verifyBundle` of `@plangate/bundle`, data in YAML included. */
export const verifyBundle = async (
  source: string | Uint8Array,
  verification: Verification,
  limits: BundleLimits = {},
): Promise<Signature> => {
  const subject = typeof source === 'string' ? source : bytesArgument('source', source)
  const given = readOptions('limits', limits, { bytes: 'number', entries: 'number', ratio: 'number' })
  return verify(subject, verification, { ...given, yamlToJson })
}

const signingOptions = (given: Omit<SigningOptions, 'yamlToJson'>): Omit<SigningOptions, 'yamlToJson'> => {
  const { key, ...options } = readOptions('options', given)
  if (key === undefined) throw badArgument('options.key', 'is a key')
  return { key, ...options }
}
